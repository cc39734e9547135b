import type { Step } from "../engine/lockstep/step.ts";
import { releases } from "../engine/releases/catalogue.ts";
import type { ActionCall } from "./action-call.ts";

/** The actions that the engine has in every release. */
const commonActions: readonly Exclude<Step["type"], "own">[] = [
  "ingest",
  "append",
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

/** Every action that the reference engine can take in some release. */
export const engineActions: readonly string[] = [
  ...new Set([...commonActions, ...releases.flatMap(({ ownSteps }) => Object.keys(ownSteps))]),
];

/** A call as a step of the reference engine; undefined where the engine has no such step. */
export function stepOf(call: ActionCall): Step | undefined {
  const { slot = -1, output = -1, mask = [] } = call;
  const type = commonActions.find((known) => known === call.action);
  switch (type) {
    case undefined:
      return engineActions.includes(call.action)
        ? { type: "own", action: call.action, slot, output: call.output }
        : undefined;
    case "ingest":
      return { type, slot, routes: mask };
    case "append":
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
