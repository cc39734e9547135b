import type { CompiledStateProperty } from "../compile/compiled-system.ts";
import { boundValue } from "../compile/scope.ts";
import { edgeMove, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import type { Verdict, Violation } from "./verdict.ts";

/** A state property with its bounds worked out, and what was found out about it. */
interface Judged {
  readonly property: CompiledStateProperty;
  readonly bounds: readonly number[];
  met: boolean;
  violation: Violation | null;
}

function settled(
  graph: StateGraph,
  property: string,
  met: boolean,
  violation: Violation | null,
): Verdict {
  const verdict = violation !== null ? "violated" : graph.complete ? "holds" : "unknown";
  return { property, verdict, vacuous: !met, violation, clauses: [] };
}

function satisfies(amounts: Int32Array, { property: { requires }, bounds }: Judged): boolean {
  return requires.every(({ quantity, minus, relation }, index) => {
    const left = (amounts[quantity] ?? 0) - (minus < 0 ? 0 : (amounts[minus] ?? 0));
    const bound = bounds[index] ?? 0;
    return relation === "<" ? left < bound : relation === ">=" ? left >= bound : left === bound;
  });
}

/** Judges the safety properties of a graph: every state is read once. */
export class SafetyJudge {
  readonly #graph: StateGraph;
  #states: readonly Judged[] | null = null;
  /** Whether any slot moves at all, and the first transition that violates each property. */
  #transitions: {
    readonly met: boolean;
    readonly violations: ReadonlyMap<string, Violation>;
  } | null = null;

  constructor(graph: StateGraph) {
    this.#graph = graph;
  }

  /** Judges a property of states: it must hold in each of them. */
  ofStates(name: string): Verdict {
    this.#states ??= this.#judgeStates();
    const judged = this.#states.filter(({ property }) => property.name === name);
    const violations = judged.flatMap(({ violation }) => violation ?? []);
    const first = violations.reduce<Violation | null>(
      (nearest, one) => (nearest === null || one.state < nearest.state ? one : nearest),
      null,
    );
    return settled(
      this.#graph,
      name,
      judged.some(({ met }) => met),
      first,
    );
  }

  /** Judges a property of transitions: none may violate it. */
  ofTransitions(name: string): Verdict {
    this.#transitions ??= this.#judgeTransitions();
    const { met, violations } = this.#transitions;
    return settled(this.#graph, name, met, violations.get(name) ?? null);
  }

  #judgeStates(): readonly Judged[] {
    const graph = this.#graph;
    const { system } = graph.scope;
    const judged = system.stateProperties
      .filter(({ requires }) => requires.length > 0)
      .map((property): Judged => ({
        property,
        bounds: property.requires.map(({ bound }) => boundValue(bound, graph.scope)),
        met: false,
        violation: null,
      }));
    const reader = new StateReader(graph);
    for (let state = 0; state < graph.states; state++) {
      reader.read(state);
      for (const one of judged) {
        const { property } = one;
        if (one.violation !== null || !property.while.every((machine) => reader.is(machine))) {
          continue;
        }
        one.met = true;
        if (satisfies(reader.amounts, one)) continue;
        one.violation = { state, edge: null, output: property.output };
      }
    }
    return judged;
  }

  #judgeTransitions(): {
    readonly met: boolean;
    readonly violations: ReadonlyMap<string, Violation>;
  } {
    const graph = this.#graph;
    const { slotMoves, systemMoves } = graph.scope.system;
    const moves = [...slotMoves, ...systemMoves];
    const violates = Uint8Array.from(moves, (move) => Number(move.violates.length > 0));
    const violations = new Map<string, Violation>();
    let met = false;
    for (let state = 0; state < graph.expanded; state++) {
      const end = graph.edgeStarts.at(state + 1);
      for (let edge = graph.edgeStarts.at(state); edge < end; edge++) {
        const move = edgeMove(graph.edgeCodes.at(edge));
        if (move < slotMoves.length) met = true;
        if (violates[move] === 0) continue;
        const { output = null, violates: names = [] } = moves[move] ?? {};
        for (const name of names) {
          if (!violations.has(name)) violations.set(name, { state, edge, output });
        }
      }
    }
    return { met, violations };
  }
}
