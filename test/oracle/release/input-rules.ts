import type { Step } from "../rules.ts";
import type { Change } from "./change.ts";
import { act, changeOf, chunkIn, stepOf } from "./change.ts";
import { putDown } from "./chunk-life.ts";
import { evictionsFor } from "./limit-rules.ts";
import type { Chunk, ReleaseState } from "./release-state.ts";
import { hasRoomForNew, memoryOfInput, upOf, upOfInput } from "./release-state.ts";
import type { Settings } from "./settings.ts";
import { item } from "./settings.ts";

/** `ingest(c,i)` into a free slot, in all its forms (§3.1, §9.1, §9.3, §9.6). */
export function* ingestSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
): Iterable<Step<ReleaseState>> {
  if (state.phase !== "running") {
    return;
  }
  for (const [input, { memory, masks }] of settings.inputs.entries()) {
    if (state.paused[input] === true) {
      continue;
    }
    for (const mask of masks) {
      if (memory) {
        yield act(settings, state, { action: "ingest", slot }, (change) => {
          change.state.slots[slot] = fresh(input, mask, "memory");
          protectMemory(change, input);
        });
      } else {
        yield* fileSteps(settings, state, slot, input, mask);
      }
    }
  }
}

function fresh(input: number, mask: readonly number[], storage: Chunk["storage"]): Chunk {
  return { storage, input, mask, charged: mask, restored: false, task: null };
}

function protectMemory({ state, settings }: Change, input: number): void {
  if (memoryOfInput(state, input) >= item(settings.inputs, input).bufferLimit) {
    state.paused[input] = true;
  }
}

function* fileSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  input: number,
  mask: readonly number[],
): Iterable<Step<ReleaseState>> {
  const start = changeOf(settings, state);
  const storage = hasRoomForNew(settings, state) ? "up" : "down";
  // It counts in the chunks up while others are evicted for it, but is charged last.
  start.state.slots[slot] = { ...fresh(input, mask, storage), charged: [] };
  for (const { change, evicted, failed } of evictionsFor(start, input, mask)) {
    const refused = failed && settings.limitRule !== "v3.1.4";
    if (refused) {
      change.state.slots[slot] = null;
      change.breaks.add("noLoss").add("keptOrDelivered");
      const exits = settings.limitRule === "v3.0.4";
      if (exits) {
        change.state.phase = "stopped";
        change.breaks.add("neverExits");
      }
      yield stepOf({ action: exits ? "limitExit" : "ingestRefused", slot }, change);
    } else {
      chunkIn(change, slot).charged = mask;
      putDownIfFull(change, slot, input);
      protect(change, input);
      yield stepOf({ action: evicted ? "ingestEvict" : "ingest", slot }, change);
    }
  }
}

/** With `chunksFull`, a chunk that is full is put down at once if its input has B chunks up (§9.2). */
function putDownIfFull(change: Change, slot: number, input: number): void {
  const { settings, state } = change;
  if (settings.chunksFull && upOfInput(state, input) >= item(settings.inputs, input).bufferLimit) {
    putDown(change, slot);
  }
}

/** `flb_input_chunk_protect` of a filesystem input. */
function protect({ settings, state }: Change, input: number): void {
  if (item(settings.inputs, input).pauses && upOf(state) >= settings.maxChunksUp) {
    state.paused[input] = true;
  }
}

/** `append(c)` to an idle chunk: only where it pauses the input. */
export function* appendSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  { input, restored }: Chunk,
): Iterable<Step<ReleaseState>> {
  const mayAppend = state.phase === "running" && !restored && state.paused[input] === false;
  if (mayAppend && item(settings.inputs, input).pauses && upOf(state) >= settings.maxChunksUp) {
    yield act(settings, state, { action: "append", slot }, (change) => {
      protect(change, input);
    });
  }
}
