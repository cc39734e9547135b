import type { ReleaseParameters } from "../parameters.ts";
import type { TransitionProperty } from "../property.ts";
import type { Rules, Step } from "../rules.ts";
import { sortedSlots, upTo } from "../rules.ts";
import { environmentSteps } from "./environment-rules.ts";
import { flushSteps } from "./flush-rules.ts";
import { appendSteps, ingestSteps } from "./input-rules.ts";
import { observeRelease } from "./release-observation.ts";
import type { ReleaseState } from "./release-state.ts";
import { retrySteps } from "./retry-rules.ts";
import type { Settings } from "./settings.ts";
import { settingsOf } from "./settings.ts";
import { shutdownSteps } from "./shutdown-rules.ts";
import { idleSteps } from "./task-rules.ts";

/** The actions of Fluent Bit's releases and fixes, with every mechanism of §9. */
export function releaseRules(parameters: ReleaseParameters): Rules<ReleaseState> {
  const settings = settingsOf(parameters);
  return {
    initial: {
      phase: "running",
      segregated: false,
      outputs: settings.totalLimits.map(() => "online"),
      overLimitUp: settings.totalLimits.map(() => 0),
      paused: settings.inputs.map(() => false),
      letters: 0,
      lettersUp: 0,
      slots: upTo(settings.chunks).map(() => null),
    },
    steps: (state) =>
      Array.from(stepsOf(settings, state), (step) => ({
        ...step,
        breaks: step.breaks.filter((property) => isDefined(settings, property)),
      })),
    observe: (state) => observeRelease(settings, state),
    sorted: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

function* stepsOf(settings: Settings, state: ReleaseState): Iterable<Step<ReleaseState>> {
  if (state.phase === "stopped") {
    return;
  }
  for (const [slot, chunk] of state.slots.entries()) {
    if (chunk === null) {
      yield* ingestSteps(settings, state, slot);
    } else if (chunk.task === null) {
      yield* appendSteps(settings, state, slot, chunk);
      yield* idleSteps(settings, state, slot, chunk);
    } else {
      for (const delivery of chunk.task) {
        if (delivery.status === "flushing") {
          yield* flushSteps(settings, state, slot, delivery);
        } else if (delivery.status === "retry") {
          yield* retrySteps(settings, state, slot, delivery);
        }
      }
    }
  }
  yield* environmentSteps(settings, state);
  yield* shutdownSteps(settings, state);
}

/** Whether a property of transitions has anything to say: some are only of a mechanism that is on. */
function isDefined({ limited, deadLetter }: Settings, property: TransitionProperty): boolean {
  switch (property) {
    case "noLoss":
      return true;
    case "lossOnlyByLimit":
    case "neverExits":
      return limited;
    case "keptOrDelivered":
      return deadLetter;
  }
}
