import type { Step } from "../rules.ts";
import type { Change } from "./change.ts";
import { act, chunkIn, deliveryIn } from "./change.ts";
import { become, bringUpForOutput, end } from "./chunk-life.ts";
import { loseForWantOfTimer } from "./flush-rules.ts";
import type { Delivery, ReleaseState } from "./release-state.ts";
import { isMapped, upOf } from "./release-state.ts";
import type { Settings } from "./settings.ts";
import { item } from "./settings.ts";

/** What may happen when the timer of a waiting delivery fires. */
export function* retrySteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  { output, retriesUsed }: Delivery,
): Iterable<Step<ReleaseState>> {
  const chunk = item(state.slots, slot);
  const fits = (chunk !== null && isMapped(chunk)) || upOf(state) < settings.maxChunksUp;
  const overLimit = !fits && item(state.overLimitUp, output) < settings.overLimitQuota;
  if (!fits && !overLimit) {
    yield act(settings, state, { action: "reschedule", slot, output }, () => undefined);
    if (settings.schedulerFails) {
      yield act(settings, state, { action: "scheduleFail", slot, output }, (change) => {
        loseForWantOfTimer(change, slot, output);
      });
    }
    return;
  }
  const fire = (change: Change): void => {
    if (overLimit) {
      bringUpForOutput(change, slot, output);
    } else if (!isMapped(chunkIn(change, slot))) {
      chunkIn(change, slot).storage = "up";
    }
  };
  yield act(
    settings,
    state,
    { action: overLimit ? "retryFireOverLimit" : "retryFire", slot, output },
    (change) => {
      fire(change);
      deliveryIn(change, slot, output).status = "flushing";
    },
  );
  yield* failures(settings, state, slot, output, retriesUsed, fire);
}

/** Beside a retry that fires: each way in which its flush does not start (§9.5). */
function* failures(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  output: number,
  retriesUsed: number,
  fire: (change: Change) => void,
): Iterable<Step<ReleaseState>> {
  const failed = (status: Delivery["status"]): Step<ReleaseState> =>
    act(settings, state, { action: "flushFails", slot, output }, (change) => {
      fire(change);
      become(deliveryIn(change, slot, output), status);
    });
  if (settings.flushFails.includes("worker")) {
    yield failed("pinned");
  }
  if (settings.flushFails.includes("retry")) {
    yield failed("orphaned");
  }
  if (!settings.flushFails.includes("read")) {
    return;
  }
  if (!settings.readCostsAttempt) {
    yield failed("orphaned");
  } else if (retriesUsed === settings.retryLimit) {
    yield act(settings, state, { action: "readDrop", slot, output }, (change) => {
      fire(change);
      change.breaks.add("keptOrDelivered");
      end(change, slot, output, "dropped");
    });
  } else {
    yield act(settings, state, { action: "readRetry", slot, output }, (change) => {
      fire(change);
      if (settings.retryLimit !== Infinity) {
        deliveryIn(change, slot, output).retriesUsed += 1;
      }
    });
  }
}
