import type { BreakerParameters } from "./parameters.ts";
import type { Move, ParkedChunk } from "./parked.ts";
import {
  chunksOf,
  flushEnds,
  gatedSteps,
  observeParked,
  outputMoves,
  outputsOwed,
  owedAnew,
} from "./parked.ts";
import type { Label, Rules } from "./rules.ts";
import { masksOf, sortedSlots, upTo } from "./rules.ts";

interface Chunk extends ParkedChunk {
  /** The outputs that a probe attempts though they hold back: all that it owes, but for an ablation. Else empty. */
  readonly probes: readonly number[];
}

export interface BreakerState {
  readonly online: readonly boolean[];
  /** For each output, whether its breaker is open. */
  readonly open: readonly boolean[];
  readonly slots: readonly (Chunk | null)[];
}

/** The actions of the `park-breaker` candidate. */
export function breakerRules(parameters: BreakerParameters): Rules<BreakerState> {
  const outputs = upTo(parameters.outputs ?? 1);
  const masks = masksOf(outputs.length, parameters.routing ?? "all");
  return {
    initial: {
      online: outputs.map(() => true),
      open: outputs.map(() => false),
      slots: upTo(parameters.chunks).map(() => null),
    },
    steps: (state) => gatedSteps(parameters, state, movesOf(parameters, masks, state)),
    observe: (state) => observeParked(parameters, state, ({ phase }) => phase === "task"),
    sorted: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

/** How many chunks attempt an output: those being flushed to it, and the probes in the queue that owe it. */
function attempts(state: BreakerState, output: number): number {
  return chunksOf(state).filter(
    ({ flushing, probes }) => flushing.includes(output) || probes.includes(output),
  ).length;
}

/** How many chunks are being flushed to an output. */
export function flushes(state: BreakerState, output: number): number {
  return chunksOf(state).filter(({ flushing }) => flushing.includes(output)).length;
}

function* movesOf(
  parameters: BreakerParameters,
  masks: readonly (readonly number[])[],
  state: BreakerState,
): Iterable<Move<BreakerState>> {
  for (const [slot, chunk] of state.slots.entries()) {
    switch (chunk?.phase) {
      case undefined:
        for (const mask of masks) {
          yield move(state, { action: "ingest", slot }, freshChunk(parameters, state, mask));
        }
        break;
      case "task":
        yield* flushMoves(parameters, state, slot, chunk);
        break;
      case "aside":
        yield* asideMoves(parameters, state, slot, chunk);
        break;
      case "new":
        if (chunk.probes.length > 0 && parameters.without === "probeAge") {
          yield* turnMoves(parameters, state, slot, chunk);
        }
        break;
      case "old":
        yield* turnMoves(parameters, state, slot, chunk);
        break;
    }
  }

  yield* outputMoves(state);
  if (parameters.crash === true) {
    yield {
      label: { action: "crash" },
      next: {
        ...state,
        open: state.open.map(() => false),
        slots: state.slots.map((chunk) => chunk && kill(chunk)),
      },
    };
  }
}

/** The move that leaves this chunk, or nothing, in the label's slot. */
function move(
  state: BreakerState,
  label: Label & { readonly slot: number },
  chunk: Chunk | null,
): Move<BreakerState> {
  return { label, next: { ...state, slots: state.slots.with(label.slot, chunk) } };
}

function freshChunk(
  parameters: BreakerParameters,
  state: BreakerState,
  mask: readonly number[],
): Chunk {
  const storage = hasRoom(parameters, state) && !queuedDown(state) ? "up" : "down";
  return { storage, owed: owedAnew(mask), phase: "new", flushing: [], probes: [] };
}

function* flushMoves(
  parameters: BreakerParameters,
  state: BreakerState,
  slot: number,
  chunk: Chunk,
): Iterable<Move<BreakerState>> {
  for (const { action, output, after } of flushEnds(chunk, state.online, parameters)) {
    const stays = parameters.without === "closing" && state.open[output] === true;
    const open = state.open.with(output, action !== "flushOk" || stays);
    const settled = settle(parameters, { ...chunk, ...after });
    yield move({ ...state, open }, { action, slot, output }, settled);
  }
}

function* asideMoves(
  parameters: BreakerParameters,
  state: BreakerState,
  slot: number,
  chunk: Chunk,
): Iterable<Move<BreakerState>> {
  for (const output of outputsOwed(chunk)) {
    if (state.open[output] === false) {
      if (parameters.without !== "recall") {
        yield move(state, { action: "recall", slot, output }, { ...chunk, phase: "new" });
      }
    } else if (mayProbe(parameters, state, output)) {
      yield move(
        state,
        { action: "probe", slot, output },
        probeOf(parameters, state, chunk, output),
      );
    }
  }
}

/** What may happen to a chunk whose turn it is. */
function* turnMoves(
  parameters: BreakerParameters,
  state: BreakerState,
  slot: number,
  chunk: Chunk,
): Iterable<Move<BreakerState>> {
  const flushing = flushedTo(parameters, state, chunk);
  if (flushing.length > 0) {
    if (hasTask(parameters, state) && (chunk.storage === "up" || hasRoom(parameters, state))) {
      yield move(state, { action: "dispatch", slot }, flush(chunk, flushing));
    }
  } else if (parameters.without !== "setAside") {
    const storage = parameters.without === "putDown" ? chunk.storage : "down";
    yield move(
      state,
      { action: "setAside", slot },
      { ...chunk, storage, phase: "aside", probes: [] },
    );
  }
}

function hasRoom({ maxChunksUp = 1 }: BreakerParameters, state: BreakerState): boolean {
  return chunksOf(state).filter(({ storage }) => storage === "up").length < maxChunksUp;
}

function hasTask({ taskMapSize = 1 }: BreakerParameters, state: BreakerState): boolean {
  return chunksOf(state).filter(({ phase }) => phase === "task").length < taskMapSize;
}

/** Whether a chunk in the queue is down, which keeps a new one out of memory. */
function queuedDown(state: BreakerState): boolean {
  return chunksOf(state).some(
    ({ phase, storage }) => (phase === "new" || phase === "old") && storage === "down",
  );
}

/** Whether a chunk that is aside may be sent to an output that is held back. */
function mayProbe(parameters: BreakerParameters, state: BreakerState, output: number): boolean {
  const { without } = parameters;
  const fits = hasTask(parameters, state) && hasRoom(parameters, state);
  return (
    without !== "probe" &&
    (without === "oneProbe" || attempts(state, output) === 0) &&
    (without !== "probeQueue" || fits)
  );
}

/** The chunk as a probe; in a task at once, in the ablation without the queue. */
function probeOf(
  parameters: BreakerParameters,
  state: BreakerState,
  chunk: Chunk,
  output: number,
): Chunk {
  const probes = parameters.without === "wholeProbe" ? [output] : outputsOwed(chunk);
  const probe: Chunk = { ...chunk, phase: "new", probes };
  return parameters.without === "probeQueue"
    ? flush(probe, flushedTo(parameters, state, probe))
    : probe;
}

/** What a dispatch of this chunk flushes it to: what lets it through and, if it is a probe, what nobody is flushed to. */
function flushedTo({ without }: BreakerParameters, state: BreakerState, chunk: Chunk): number[] {
  const mayTry = (output: number): boolean =>
    chunk.probes.includes(output) && (without === "oneFlush" || flushes(state, output) === 0);
  return outputsOwed(chunk).filter((output) => state.open[output] === false || mayTry(output));
}

function flush(chunk: Chunk, flushing: readonly number[]): Chunk {
  return { ...chunk, storage: "up", phase: "task", flushing, probes: [] };
}

function settle({ without }: BreakerParameters, chunk: Chunk): Chunk | null {
  if (chunk.flushing.length > 0) {
    return chunk;
  }
  const phase = without === "settleAside" ? "new" : "aside";
  return chunk.owed.length === 0 ? null : { ...chunk, storage: "down", phase };
}

function kill(chunk: Chunk): Chunk {
  return {
    storage: "down",
    owed: owedAnew(outputsOwed(chunk)),
    phase: "new",
    flushing: [],
    probes: [],
  };
}
