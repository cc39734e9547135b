import type { Change } from "./change.ts";
import { chunkIn, deliveryIn } from "./change.ts";
import type { Delivery } from "./release-state.ts";
import { isUp, memoryOfInput, upOf, upOfInput, usersOf } from "./release-state.ts";
import { item } from "./settings.ts";

function addOverLimit({ state }: Change, output: number, by: number): void {
  state.overLimitUp[output] = item(state.overLimitUp, output) + by;
}

/** Charges a chunk to an output's over-limit counter and maps it. */
export function bringUpForOutput(change: Change, slot: number, output: number): void {
  chunkIn(change, slot).storage = { upForOutput: output };
  addOverLimit(change, output, 1);
}

/** Takes an output's mark off a chunk, which stays up. */
export function detach(change: Change, slot: number): void {
  const chunk = chunkIn(change, slot);
  if (typeof chunk.storage === "object") {
    addOverLimit(change, chunk.storage.upForOutput, -1);
    chunk.storage = "up";
  }
}

/** "put down": nothing for a chunk that is not up. */
export function putDown(change: Change, slot: number): void {
  const chunk = chunkIn(change, slot);
  if (isUp(chunk)) {
    detach(change, slot);
    chunk.storage = "down";
  }
}

/** What happens to a waiting delivery's chunk: `memBufLimit` first (§9.2), then the rule for a single route. */
export function putDownToWait(change: Change, slot: number): void {
  const chunk = chunkIn(change, slot);
  const { bufferLimit } = item(change.settings.inputs, chunk.input);
  // The delivery that failed is no longer flushing.
  if (
    usersOf(chunk) === 0 &&
    isUp(chunk) &&
    !chunk.restored &&
    upOfInput(change.state, chunk.input) >= bufferLimit
  ) {
    putDown(change, slot);
  }
  if (chunk.task?.length === 1) {
    putDown(change, slot);
  }
}

/** "close": the slot becomes free. */
export function close(change: Change, slot: number): void {
  if (change.settings.releaseOnClose) {
    detach(change, slot);
  }
  change.state.slots[slot] = null;
}

/** Destroys a task: closes its chunk, then *set_limits* of its input. */
export function destroyTask(change: Change, slot: number): void {
  const { state, settings } = change;
  const { input, restored } = chunkIn(change, slot);
  close(change, slot);
  if (restored || state.phase !== "running") {
    return;
  }
  const { memory, bufferLimit } = item(settings.inputs, input);
  const hasRoom = memory
    ? memoryOfInput(state, input) < bufferLimit
    : upOf(state) < settings.maxChunksUp;
  if (hasRoom) {
    state.paused[input] = false;
  }
}

/** A delivery ends; then *settle*. */
export function end(
  change: Change,
  slot: number,
  output: number,
  status: "delivered" | "dropped" | "lost",
): void {
  become(deliveryIn(change, slot, output), status);
  const statuses = (chunkIn(change, slot).task ?? []).map((delivery) => delivery.status);
  if (["flushing", "retry", "pinned"].some((waited) => statuses.some((s) => s === waited))) {
    return;
  }
  if (statuses.includes("orphaned") || statuses.includes("pinned")) {
    change.breaks.add("noLoss").add("lossOnlyByLimit").add("keptOrDelivered");
  }
  if (statuses.includes("dropped") && change.settings.retryLimit === Infinity) {
    change.breaks.add("noLoss");
  }
  destroyTask(change, slot);
}

/** A delivery gets a status that carries neither retries nor a mark. */
export function become(delivery: Delivery, status: Delivery["status"]): void {
  delivery.status = status;
  delivery.retriesUsed = 0;
  delivery.marked = false;
}

/** A delivery ends as other than delivered: it is copied into the dead letter queue, or it is not kept (§9.9). */
export function keepAsLetter({ settings, state, upBefore, breaks }: Change): void {
  if (!settings.deadLetter) {
    return;
  }
  if (upBefore < settings.maxChunksUp && state.lettersUp < settings.deadLetterLimit) {
    // More letters than places in memory make no difference.
    state.letters = Math.min(settings.maxChunksUp, state.letters + 1);
  } else {
    breaks.add("keptOrDelivered");
  }
}
