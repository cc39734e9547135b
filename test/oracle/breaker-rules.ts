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
  /** The outputs that a probe attempts whatever their breakers say: all that it owes, but for an ablation. Else empty. */
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
    canonical: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

/** How many chunks attempt an output: those being flushed to it, and the probes in the queue that will be. */
export function attempts(state: BreakerState, output: number): number {
  return chunksOf(state).filter(
    ({ flushing, probes }) => flushing.includes(output) || probes.includes(output),
  ).length;
}

function* movesOf(
  parameters: BreakerParameters,
  masks: readonly (readonly number[])[],
  state: BreakerState,
): Iterable<Move<BreakerState>> {
  const move = (label: Label, slot: number, chunk: Chunk | null): Move<BreakerState> => ({
    label,
    next: { ...state, slots: state.slots.with(slot, chunk) },
  });

  for (const [slot, chunk] of state.slots.entries()) {
    if (chunk === null) {
      for (const mask of masks) {
        const storage = hasRoom(parameters, state) && !queuedDown(state) ? "up" : "down";
        const fresh: Chunk = {
          storage,
          owed: owedAnew(mask),
          phase: "new",
          flushing: [],
          probes: [],
        };
        yield move({ action: "ingest", slot }, slot, fresh);
      }
    } else if (chunk.phase === "task") {
      for (const { action, output, after } of flushEnds(chunk, state.online, parameters)) {
        const { label, next } = move(
          { action, slot, output },
          slot,
          settle({ ...chunk, ...after }),
        );
        const isOpen =
          action !== "flushOk" || (parameters.without === "closing" && state.open[output] === true);
        yield { label, next: { ...next, open: state.open.with(output, isOpen) } };
      }
    } else if (chunk.phase === "aside") {
      for (const output of outputsOwed(chunk)) {
        const label = { slot, output };
        if (state.open[output] === false) {
          if (parameters.without !== "recall") {
            yield move({ action: "recall", ...label }, slot, { ...chunk, phase: "new" });
          }
        } else if (mayProbe(parameters, state, output)) {
          const probe = probeOf(parameters, state, chunk, output);
          if (probe !== undefined) {
            yield move({ action: "probe", ...label }, slot, probe);
          }
        }
      }
    } else {
      const flushing = attempted(state, chunk);
      const isProbe = chunk.probes.length > 0;
      const ofAge = chunk.phase === "old" || (isProbe && parameters.without === "probeAge");
      if (!ofAge) {
        continue;
      }
      if (flushing.length > 0) {
        if (hasTask(parameters, state) && (chunk.storage === "up" || hasRoom(parameters, state))) {
          yield move({ action: "dispatch", slot }, slot, flush(chunk, flushing));
        }
      } else if (parameters.without !== "setAside") {
        const storage = parameters.without === "putDown" ? chunk.storage : "down";
        yield move({ action: "setAside", slot }, slot, { ...chunk, storage, phase: "aside" });
      }
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
function mayProbe({ without }: BreakerParameters, state: BreakerState, output: number): boolean {
  return without !== "probe" && (without === "oneProbe" || attempts(state, output) === 0);
}

/** The chunk as a probe, or nothing where an ablation dispatches it at once and there is no task or no room. */
function probeOf(
  parameters: BreakerParameters,
  state: BreakerState,
  chunk: Chunk,
  output: number,
): Chunk | undefined {
  if (parameters.without === "probeQueue") {
    const fits = hasTask(parameters, state) && hasRoom(parameters, state);
    return fits ? flush(chunk, outputsOwed(chunk)) : undefined;
  }
  const probes = parameters.without === "wholeProbe" ? [output] : outputsOwed(chunk);
  return { ...chunk, phase: "new", probes };
}

/** What a dispatch of this chunk is flushed to. */
function attempted({ open }: BreakerState, chunk: Chunk): number[] {
  return outputsOwed(chunk).filter(
    (output) => open[output] === false || chunk.probes.includes(output),
  );
}

function flush(chunk: Chunk, flushing: readonly number[]): Chunk {
  return { ...chunk, storage: "up", phase: "task", flushing, probes: [] };
}

function settle(chunk: Chunk): Chunk | null {
  if (chunk.flushing.length > 0) {
    return chunk;
  }
  return chunk.owed.length === 0 ? null : { ...chunk, storage: "down", phase: "aside" };
}

function kill(chunk: Chunk): Chunk {
  return {
    storage: "down",
    owed: owedAnew(outputsOwed(chunk)),
    phase: chunk.phase === "old" ? "old" : "new",
    flushing: [],
    probes: [],
  };
}
