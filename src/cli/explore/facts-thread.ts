import { parentPort } from "node:worker_threads";
import type { SystemState } from "../../compile/stepper.ts";
import type { NeighbourhoodFacts } from "../../inspect/state-facts.ts";
import { GivenUp } from "./graph-walk.ts";
import type { KnownLoop } from "../../analysis/known-loops.ts";
import { unpackGraph, type PackedGraph } from "./packed-graph.ts";
import { StateSpace } from "./state-space.ts";

/** What the thread is told: first the state space, then states to judge, one at a time. */
export type FactsTask =
  | {
      readonly kind: "space";
      readonly graph: PackedGraph;
      readonly loops: readonly KnownLoop[];
      /** One shared number: that of the question whose answer is wanted. */
      readonly wanted: Int32Array;
    }
  | { readonly kind: "judge"; readonly question: number; readonly state: SystemState };

/** What the thread says to a question: the facts, or in a sentence why there are none; null if it was given up. */
export interface FactsAnswer {
  readonly question: number;
  readonly facts: NeighbourhoodFacts | null;
  readonly refused: string | null;
}

function answerTo(
  space: StateSpace,
  wanted: Int32Array,
  question: number,
  state: SystemState,
): FactsAnswer {
  try {
    const facts = space.factsOf(state, () => Atomics.load(wanted, 0) === question);
    return { question, facts, refused: null };
  } catch (error) {
    if (error instanceof GivenUp) return { question, facts: null, refused: null };
    const refused = error instanceof Error ? error.message : String(error);
    return { question, facts: null, refused };
  }
}

/** Judges states, so that the server can answer other requests meanwhile. */
function serve(): void {
  if (parentPort === null) return;
  const port = parentPort;
  let space: StateSpace | null = null;
  let wanted: Int32Array = new Int32Array(1);
  port.on("message", (task: FactsTask) => {
    if (task.kind === "space") {
      space = new StateSpace(unpackGraph(task.graph), task.loops);
      wanted = task.wanted;
    } else if (space !== null) {
      port.postMessage(answerTo(space, wanted, task.question, task.state));
    }
  });
}

serve();
