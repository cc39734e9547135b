import type { Scope } from "../compile/scope.ts";
import { usefulEngineActions } from "../compile/stuck.ts";
import { Stepper, type SystemState } from "../compile/stepper.ts";
import { gaugeOf } from "../compile/gauge.ts";

/** What the model says of the engine at the end of a trace, with every output online from then on. */
export interface TraceEnding {
  /**
   * `drained`: no chunk is left. `stuck`: chunks are left, and no engine action changes anything; retries may go on
   * being re-scheduled for ever. `working`: some engine action still changes something.
   */
  readonly verdict: "drained" | "stuck" | "working";
  /** The engine actions that still change something, each once. */
  readonly actions: readonly string[];
  readonly live: number;
  readonly up: number;
  readonly tasks: number;
}

/**
 * Judges a state by the rule of the property *neverStuck*. No state is explored, so this works at any size; and as it is
 * about this very state, `working` is no promise that the engine will not get stuck later.
 */
export function endingOf(scope: Scope, state: SystemState): TraceEnding {
  const { vocabulary, systemMoves } = scope.system;
  const stepper = new Stepper(scope, state);
  for (const move of systemMoves) {
    if (move.action === "outputUp" && stepper.canMoveSystem(move)) stepper.moveSystem(move);
  }
  const changing = usefulEngineActions(stepper).map(({ move }) => move.action);
  const live = stepper.amount(vocabulary.live);
  const stuck = changing.length === 0;
  return {
    verdict: live === 0 ? "drained" : stuck ? "stuck" : "working",
    actions: [...new Set(changing)],
    live,
    up: stepper.amount(gaugeOf(scope.system, "up")),
    tasks: stepper.amount(gaugeOf(scope.system, "tasks")),
  };
}
