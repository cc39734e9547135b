import { ReverseEdges } from "./reverse-edges.ts";
import { slotMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/** From which states a delivery to each output can still happen, by the engine and the input alone. */
export class Deliverability {
  readonly #byOutput: readonly Uint8Array[];

  constructor(graph: StateGraph) {
    const { system } = graph.scope;
    const frozen = new ReverseEdges(graph, (_, code) => {
      const agent = slotMoveOf(graph, code)?.agent;
      return agent === "engine" || agent === "input";
    });
    this.#byOutput = Array.from({ length: system.outputs }, (_, output) =>
      frozen.reaching(deliveringStates(graph, output)),
    );
  }

  /** Whether, from this state and with the environment frozen, something can be delivered to the output. */
  can(state: number, output: number): boolean {
    return this.#byOutput[output]?.[state] === 1;
  }
}

function* deliveringStates(graph: StateGraph, output: number): Generator<number> {
  for (let state = 0; state < graph.expanded; state++) {
    const end = graph.edgeStarts.at(state + 1);
    for (let edge = graph.edgeStarts.at(state); edge < end; edge++) {
      const move = slotMoveOf(graph, graph.edgeCodes.at(edge));
      if (move?.delivers === true && move.output === output) {
        yield state;
        break;
      }
    }
  }
}

/** A state in which an output is online, is owed something, and can never be delivered to again. */
export interface CutOff {
  readonly state: number;
  readonly output: number;
}

/**
 * Finds the first state in which an online output is cut off.
 *
 * @param concerns which states to judge, by the bit set of online outputs
 * @returns whether any state was judged, and the first violation
 */
export function firstCutOff(
  graph: StateGraph,
  deliverability: Deliverability,
  concerns: (onlineOutputs: number) => boolean,
): { readonly met: boolean; readonly found: CutOff | null } {
  const reader = new StateReader(graph);
  let met = false;
  for (let state = 0; state < graph.states; state++) {
    reader.read(state);
    if (!reader.running || !concerns(reader.onlineOutputs)) continue;
    for (let output = 0; output < graph.scope.system.outputs; output++) {
      if (!reader.isOnline(output) || reader.owed(output) === 0) continue;
      met = true;
      if (!deliverability.can(state, output)) return { met, found: { state, output } };
    }
  }
  return { met, found: null };
}
