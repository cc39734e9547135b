import type { Scope } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import type { CheckOptions } from "../explore/check-scope.ts";
import { defaultLimits, explore } from "../explore/explore.ts";
import { ReachableEnds } from "../explore/reachable-ends.ts";
import { ReverseEdges } from "../explore/reverse-edges.ts";
import {
  agentOf,
  edgeIsIdentity,
  slotMoveOf,
  systemMoveOf,
  type StateGraph,
} from "../explore/state-graph.ts";
import { StateReader } from "../explore/state-reader.ts";
import { actionKey } from "../inspect/action-key.ts";
import type { LoopFacts, NeighbourhoodFacts, StateFacts } from "../inspect/state-facts.ts";
import { roundFrom, type KnownLoop } from "./known-loops.ts";

const mostStates = 300_000;

/** A state of the graph that was reached by a transition; -1 at the start. */
interface Reached {
  readonly state: number;
  readonly before: number;
  readonly edge: number;
}

function edgesTo(reached: readonly Reached[], end: number): readonly number[] {
  const edges: number[] = [];
  for (let one = reached[end]; one !== undefined && one.before >= 0; one = reached[one.before]) {
    edges.unshift(one.edge);
  }
  return edges;
}

/**
 * Explores a scope whole.
 *
 * @throws RangeError if it has more than 300,000 states up to permutation
 */
export function wholeGraph(scope: Scope, onProgress?: CheckOptions["onProgress"]): StateGraph {
  const graph = explore(scope, {
    ...defaultLimits,
    maxStates: mostStates,
    symmetry: true,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (graph.complete) return graph;
  throw new RangeError(`the scope has more than ${mostStates} states; choose a smaller one`);
}

/** All states of a scope, to be asked what lies behind any of them. */
export class StateSpace {
  readonly #graph: StateGraph;
  readonly #reader: StateReader;
  readonly #index = new Map<string, number>();
  readonly #ends: ReachableEnds;
  readonly #recoverable: Uint8Array;
  readonly #known = new Map<number, number>();
  /** The loops with their states in the graph. */
  readonly #loops: readonly { readonly loop: KnownLoop; readonly states: ReadonlySet<number> }[];

  /**
   * @param graph all states of the scope, up to permutation
   * @param loops what can be repeated for ever in it
   */
  constructor(graph: StateGraph, loops: readonly KnownLoop[]) {
    this.#graph = graph;
    this.#reader = new StateReader(graph);
    this.#ends = new ReachableEnds(graph);
    const { words } = graph.layout;
    for (let state = 0; state < graph.states; state++) {
      this.#index.set(graph.words.subarray(state * words, (state + 1) * words).join(), state);
    }
    this.#recoverable = this.#recoverableStates();
    this.#loops = loops.map((loop) => ({
      loop,
      states: new Set(loop.states.map((state) => this.#find(state))),
    }));
  }

  /**
   * What is known of a state and of those that its actions lead to.
   *
   * @throws RangeError if no run of the scope leads to the state
   */
  factsOf(state: SystemState): NeighbourhoodFacts {
    const { scope } = this.#graph;
    const here = this.#facts(state);
    const after: Record<string, StateFacts> = {};
    for (const action of new Stepper(scope, state).enabled()) {
      const stepper = new Stepper(scope, state);
      stepper.take(action);
      after[actionKey(action)] = this.#facts(stepper.state());
    }
    return { states: this.#graph.states, here, after, loops: this.#loopsFrom(state) };
  }

  #facts(state: SystemState): StateFacts {
    const start = this.#find(state);
    return {
      behind: this.#behind(start),
      canRecover: this.#recoverable[start] === 1,
      nearest: this.#nearest(start, state),
    };
  }

  #find({ places, shared, amounts }: SystemState): number {
    const { layout, scope } = this.#graph;
    const fields = Int32Array.from([
      ...places.toSorted((a, b) => a - b),
      ...shared,
      ...scope.system.counters.map((index) => amounts[index] ?? 0),
    ]);
    const words = new Uint32Array(layout.words);
    const isState = fields.length === layout.fields && places.length === scope.parameters.chunks;
    if (isState) layout.pack(fields, words);
    const found = isState ? this.#index.get(words.join()) : undefined;
    if (found === undefined) throw new RangeError("no run leads to that state");
    return found;
  }

  #edges(state: number): readonly number[] {
    const { edgeStarts } = this.#graph;
    const from = edgeStarts.at(state);
    return Array.from({ length: edgeStarts.at(state + 1) - from }, (_, index) => from + index);
  }

  #behind(start: number): number {
    const known = this.#known.get(start);
    if (known !== undefined) return known;
    const seen = new Uint8Array(this.#graph.states);
    const waiting = [start];
    seen[start] = 1;
    let count = 0;
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      count++;
      for (const edge of this.#edges(state)) {
        const target = this.#graph.edgeTargets.at(edge);
        if (seen[target] === 1) continue;
        seen[target] = 1;
        waiting.push(target);
      }
    }
    this.#known.set(start, count);
    return count;
  }

  /** The property that a state, or the transition into it, violates; null if none. */
  #violated(state: number, edge: number): string | null {
    const graph = this.#graph;
    const reader = this.#reader;
    const { system } = graph.scope;
    if (edge >= 0) {
      const broken = this.#brokenBy(edge);
      if (broken !== undefined) return broken;
    }
    reader.read(state);
    const broken = system.stateProperties.find((property) => !reader.satisfies(property));
    if (broken !== undefined) return broken.name;
    if (!reader.running || reader.live === 0) return null;
    const outputs = Array.from({ length: system.outputs }, (_, output) => output);
    const allOnline = outputs.every((output) => reader.isOnline(output));
    const acts = this.#edges(state).some((one) => {
      const code = graph.edgeCodes.at(one);
      return agentOf(graph, code) === "engine" && !edgeIsIdentity(code);
    });
    if (allOnline && !acts) return "stalled";
    const cutOff = outputs.some(
      (output) =>
        reader.isOnline(output) && reader.owed(output) > 0 && !this.#canDeliver(state, output),
    );
    if (!cutOff) return null;
    return allOnline ? "recovery" : "isolation";
  }

  #nearest(start: number, labelled: SystemState): StateFacts["nearest"] {
    const found = this.#wayTo(
      start,
      (state, edge) => this.#violated(state, edge) !== null,
      (edge) => this.#brokenBy(edge) !== undefined,
    );
    if (found === null) return null;
    const property = this.#violated(found.end, found.edges.at(-1) ?? -1) ?? "";
    return { property, keys: this.#take(found.edges, new Stepper(this.#graph.scope, labelled)) };
  }

  /** How far the loops are from a state; those that cannot be reached are left out. */
  #loopsFrom(labelled: SystemState): readonly LoopFacts[] {
    const start = this.#find(labelled);
    return this.#loops.flatMap(({ loop, states }) => {
      const found = this.#wayTo(start, (state) => states.has(state));
      if (found === null) return [];
      const stepper = new Stepper(this.#graph.scope, labelled);
      const way = this.#take(found.edges, stepper);
      const round = roundFrom(loop, stepper.state()).map(actionKey);
      return [{ property: loop.property, way, round }];
    });
  }

  /**
   * The shortest way from a state to one that is wanted.
   *
   * @param isWanted asked of each state with the transition into it, -1 for none
   * @param matters whether a transition is of interest although its target was reached before
   */
  #wayTo(
    start: number,
    isWanted: (state: number, edge: number) => boolean,
    matters: (edge: number) => boolean = () => false,
  ): { readonly end: number; readonly edges: readonly number[] } | null {
    const reached: Reached[] = [{ state: start, before: -1, edge: -1 }];
    const seen = new Set([start]);
    for (let at = 0; at < reached.length; at++) {
      const { state, edge } = reached[at] ?? { state: start, edge: -1 };
      if (isWanted(state, edge)) return { end: state, edges: edgesTo(reached, at) };
      for (const next of this.#edges(state)) {
        const target = this.#graph.edgeTargets.at(next);
        if (seen.has(target) && !matters(next)) continue;
        seen.add(target);
        reached.push({ state: target, before: at, edge: next });
      }
    }
    return null;
  }

  /** Takes transitions with real chunks, as the states of the graph do not say which is which; returns their keys. */
  #take(edges: readonly number[], stepper: Stepper): readonly string[] {
    return edges.map((edge) => {
      const action = this.#action(this.#graph.edgeCodes.at(edge), stepper);
      stepper.take(action);
      return actionKey(action);
    });
  }

  #canDeliver(state: number, output: number): boolean {
    const quantity = this.#graph.scope.system.vocabulary.owed[output] ?? -1;
    return this.#ends.can(state, { kind: "delivery", output, quantity }, ["engine", "input"]);
  }

  #brokenBy(edge: number): string | undefined {
    return slotMoveOf(this.#graph, this.#graph.edgeCodes.at(edge))?.violates[0];
  }

  #action(code: number, stepper: Stepper): EnabledAction {
    const slotMove = slotMoveOf(this.#graph, code);
    if (slotMove !== undefined) return stepper.actionOf(slotMove);
    const systemMove = systemMoveOf(this.#graph, code);
    if (systemMove === undefined) throw new Error(`transition ${code} is no action`);
    return { move: systemMove, slot: null };
  }

  /** From where everything that is owed can be delivered again, by the engine, the input, and outputs that come back. */
  #recoverableStates(): Uint8Array {
    const graph = this.#graph;
    const reader = this.#reader;
    const { outputs } = graph.scope.system;
    const online = new Uint32Array(graph.states);
    const goals: number[] = [];
    for (let state = 0; state < graph.states; state++) {
      reader.read(state);
      online[state] = reader.onlineOutputs;
      const everyOutput = Array.from({ length: outputs }, (_, output) => output).every(
        (output) =>
          reader.isOnline(output) && (reader.owed(output) === 0 || this.#canDeliver(state, output)),
      );
      if (reader.running && everyOutput) goals.push(state);
    }
    const reverse = new ReverseEdges(graph, (source, code, target) => {
      const agent = agentOf(graph, code);
      if (agent === "engine" || agent === "input") return true;
      if ((systemMoveOf(graph, code)?.output ?? null) === null) return false;
      const before = online[source] ?? 0;
      return (before & (online[target] ?? 0)) === before;
    });
    return reverse.reaching(goals);
  }
}
