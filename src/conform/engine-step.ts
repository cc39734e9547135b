import type { Step } from "../engine/lockstep/step.ts";
import type { ActionCall } from "./action-call.ts";

/** Every action that the reference engine can take. */
export const engineActions: readonly Step["type"][] = [
  "ingest",
  "dispatch",
  "dispatchWithoutTask",
  "evict",
  "flushOk",
  "flushRetry",
  "flushDrop",
  "retryFire",
  "retryFireOverLimit",
  "reschedule",
  "scheduleFail",
  "outputDown",
  "outputUp",
  "crash",
  "shutdown",
];

/** A call as a step of the reference engine; undefined where the engine has no such step. */
export function stepOf(call: ActionCall): Step | undefined {
  const { slot = -1, output = -1, mask = [] } = call;
  const type = engineActions.find((known) => known === call.action);
  switch (type) {
    case undefined:
      return undefined;
    case "ingest":
      return { type, slot, routes: mask };
    case "dispatch":
    case "dispatchWithoutTask":
    case "evict":
      return { type, slot };
    case "outputDown":
    case "outputUp":
      return { type, output };
    case "crash":
    case "shutdown":
      return { type };
    case "flushOk":
    case "flushRetry":
    case "flushDrop":
    case "retryFire":
    case "retryFireOverLimit":
    case "reschedule":
    case "scheduleFail":
      return { type, slot, output };
  }
}
