import type { Scope } from "../../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../../compile/stepper.ts";
import type { CheckOptions } from "../../explore/check-scope.ts";
import { defaultLimits, explore } from "../../explore/explore.ts";
import { ProgressJudge } from "../../explore/progress-judge.ts";
import { agentBits } from "../../explore/move-kinds.ts";
import { isTakenBy, slotMoveOf, systemMoveOf, type StateGraph } from "../../explore/state-graph.ts";
import { StateReader } from "../../explore/state-reader.ts";
import { actionKey } from "../../inspect/action-key.ts";
import type { LoopFacts, NeighbourhoodFacts, StateFacts } from "../../inspect/state-facts.ts";
import { GraphWalk, type Way } from "./graph-walk.ts";
import { roundFrom, type KnownLoop } from "../../analysis/known-loops.ts";
import { LimitError } from "../../errors/limit-error.ts";

const mostStates = 300_000;

/**
 * Explores a scope whole.
 *
 * @throws LimitError if it has more than 300,000 states up to permutation
 */
export function wholeGraph(scope: Scope, onProgress?: CheckOptions["onProgress"]): StateGraph {
  const graph = explore(scope, {
    ...defaultLimits,
    maxStates: mostStates,
    symmetry: true,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (graph.complete) return graph;
  throw new LimitError(`the scope has more than ${mostStates} states; choose a smaller one`);
}

/** All states of a scope, to be asked what lies behind any of them. */
export class StateSpace {
  readonly #graph: StateGraph;
  readonly #reader: StateReader;
  readonly #walk: GraphWalk;
  readonly #index = new Map<string, number>();
  readonly #judge: ProgressJudge;
  readonly #recoverable: Uint8Array;
  /** What is known of states of the graph already, by their indices. */
  readonly #nearestOf = new Map<number, Way | null>();
  readonly #violationOf = new Map<number, string | null>();
  /** The loops with their states in the graph. */
  readonly #loops: readonly { readonly loop: KnownLoop; readonly states: ReadonlySet<number> }[];

  /**
   * @param graph all states of the scope, up to permutation
   * @param loops what can be repeated for ever in it
   */
  constructor(graph: StateGraph, loops: readonly KnownLoop[]) {
    this.#graph = graph;
    this.#reader = new StateReader(graph);
    this.#walk = new GraphWalk(graph);
    this.#judge = new ProgressJudge(graph);
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
   * @param isWanted asked now and then; once it says no, the question is given up
   * @throws RangeError if no run of the scope leads to the state
   * @throws GivenUp if the answer is not wanted any more
   */
  factsOf(state: SystemState, isWanted: () => boolean = () => true): NeighbourhoodFacts {
    const { scope } = this.#graph;
    this.#walk.whileWanted(isWanted);
    const here = this.#facts(state);
    const loops = this.#loopsFrom(state);
    const after: Record<string, StateFacts> = {};
    for (const action of new Stepper(scope, state).enabled()) {
      const stepper = new Stepper(scope, state);
      stepper.take(action);
      const facts = this.#facts(stepper.state());
      const broken = "violates" in action.move ? action.move.violates[0] : undefined;
      // The step itself is the violation, wherever it leads.
      after[actionKey(action)] =
        broken === undefined ? facts : { ...facts, nearest: { property: broken, keys: [] } };
    }
    return { states: this.#graph.states, here, after, loops };
  }

  #facts(state: SystemState): StateFacts {
    const start = this.#find(state);
    return {
      behind: this.#walk.countBehind(start),
      canRecover: this.#recoverable[start] === 1,
      nearest: this.#nearest(start, state),
    };
  }

  #find(state: SystemState): number {
    const { layout, scope } = this.#graph;
    const words = layout.wordsOf(state, scope.system.counters);
    const found = words === undefined ? undefined : this.#index.get(words.join());
    if (found === undefined) throw new RangeError("no run leads to that state");
    return found;
  }

  /** The property that a state, or the transition into it, violates; null if none. */
  #violated(state: number, edge: number): string | null {
    const broken = edge < 0 ? undefined : this.#brokenBy(edge);
    if (broken !== undefined) return broken;
    const known = this.#violationOf.get(state);
    if (known !== undefined) return known;
    const found = this.#violatedIn(state);
    this.#violationOf.set(state, found);
    return found;
  }

  #violatedIn(state: number): string | null {
    this.#reader.read(state);
    const { stateProperties } = this.#graph.scope.system;
    const broken = stateProperties.find((property) => !this.#reader.satisfies(property));
    if (broken !== undefined) return broken.name;
    return this.#judge.violatedIn(state);
  }

  #nearest(start: number, labelled: SystemState): StateFacts["nearest"] {
    const known = this.#nearestOf.get(start);
    const found = known === undefined ? this.#wayToViolation(start) : known;
    this.#nearestOf.set(start, found);
    if (found === null) return null;
    const property = this.#violated(found.end, found.edges.at(-1) ?? -1) ?? "";
    return { property, keys: this.#take(found.edges, new Stepper(this.#graph.scope, labelled)) };
  }

  #wayToViolation(start: number): Way | null {
    return this.#walk.wayTo(
      start,
      (state, edge) => this.#violated(state, edge) !== null,
      (edge) => this.#brokenBy(edge) !== undefined,
    );
  }

  /** How far the loops are from a state; those that cannot be reached are left out. */
  #loopsFrom(labelled: SystemState): readonly LoopFacts[] {
    const start = this.#find(labelled);
    return this.#loops.flatMap(({ loop, states }) => {
      const found = this.#walk.wayTo(start, (state) => states.has(state));
      if (found === null) return [];
      const stepper = new Stepper(this.#graph.scope, labelled);
      const way = this.#take(found.edges, stepper);
      const round = roundFrom(loop, stepper.state()).map(actionKey);
      return [{ property: loop.property, way, round }];
    });
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
    return this.#judge.ends.can(state, { kind: "delivery", output, quantity }, ["engine", "input"]);
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
    const others = agentBits(["engine", "input"]);
    return this.#judge.ends.reverse.reaching(goals, (source, code, target) => {
      if (isTakenBy(graph, code, others)) return true;
      if ((systemMoveOf(graph, code)?.output ?? null) === null) return false;
      const before = online[source] ?? 0;
      return (before & (online[target] ?? 0)) === before;
    });
  }
}
