import type { Step } from "../engine/lockstep/step.ts";
import type { ActionCall } from "./action-call.ts";

/** A call as a step of the reference engine; undefined where the engine has no such step. */
export function stepOf({
  action,
  slot = -1,
  output = -1,
  mask = [],
}: ActionCall): Step | undefined {
  switch (action) {
    case "ingest":
      return { type: action, slot, routes: mask };
    case "dispatch":
    case "dispatchWithoutTask":
    case "evict":
      return { type: action, slot };
    case "flushOk":
    case "flushRetry":
    case "flushDrop":
    case "retryFire":
    case "retryFireOverLimit":
    case "reschedule":
    case "scheduleFail":
      return { type: action, slot, output };
    case "outputDown":
    case "outputUp":
      return { type: action, output };
    case "crash":
    case "shutdown":
      return { type: action };
    default:
      return undefined;
  }
}
