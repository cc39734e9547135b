import type { Step } from "../rules.ts";
import type { Change } from "./change.ts";
import { act, chunkIn, deliveryIn } from "./change.ts";
import { end, keepAsLetter, putDownToWait } from "./chunk-life.ts";
import type { Delivery, ReleaseState } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** How a flush may end. */
export function* flushSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  { output, retriesUsed, marked }: Delivery,
): Iterable<Step<ReleaseState>> {
  const drop = (change: Change): void => {
    keepAsLetter(change);
    end(change, slot, output, "dropped");
  };
  if (marked) {
    yield act(settings, state, { action: "flushEvicted", slot, output }, drop);
    return;
  }
  if (state.outputs[output] === "hung") {
    return;
  }
  if (state.outputs[output] === "online") {
    yield act(settings, state, { action: "flushOk", slot, output }, (change) => {
      deliver(change, slot, output);
    });
  } else if (retriesUsed === settings.retryLimit) {
    yield act(settings, state, { action: "flushDrop", slot, output }, drop);
  } else {
    yield act(settings, state, { action: "flushRetry", slot, output }, (change) => {
      retryLater(change, slot, output);
    });
    if (settings.schedulerFails) {
      yield act(settings, state, { action: "scheduleFail", slot, output }, (change) => {
        // The engine puts the chunk down before it asks for a timer.
        retryLater(change, slot, output);
        loseForWantOfTimer(change, slot, output);
      });
    }
  }
  if (settings.flushError) {
    yield act(settings, state, { action: "flushError", slot, output }, (change) => {
      if (settings.retryLimit === Infinity) {
        change.breaks.add("lossOnlyByLimit");
      }
      drop(change);
    });
  }
}

function deliver(change: Change, slot: number, output: number): void {
  const { settings } = change;
  if (settings.limited && settings.limitRule === "v5.0.8") {
    const chunk = chunkIn(change, slot);
    chunk.charged = chunk.charged.filter((other) => other !== output);
  }
  end(change, slot, output, "delivered");
}

function retryLater(change: Change, slot: number, output: number): void {
  const delivery = deliveryIn(change, slot, output);
  delivery.status = "retry";
  delivery.retriesUsed = change.settings.retryLimit === Infinity ? 0 : delivery.retriesUsed + 1;
  putDownToWait(change, slot);
}

/** A retry cannot be scheduled. */
export function loseForWantOfTimer(change: Change, slot: number, output: number): void {
  keepAsLetter(change);
  change.breaks.add("noLoss").add("lossOnlyByLimit");
  end(change, slot, output, "lost");
}
