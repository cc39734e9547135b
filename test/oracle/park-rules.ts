import type { ParkParameters } from "./parameters.ts";
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
  readonly phase: "new" | "old" | "task";
  /** The same as being in a task, except in the ablation where a parked chunk keeps its task. */
  readonly holdsTask: boolean;
}

interface ParkState {
  readonly online: readonly boolean[];
  readonly slots: readonly (Chunk | null)[];
}

/** The actions of the `park` candidate. */
export function parkRules(parameters: ParkParameters): Rules<ParkState> {
  const masks = masksOf(parameters.outputs ?? 1, parameters.routing ?? "all");
  return {
    initial: {
      online: upTo(parameters.outputs ?? 1).map(() => true),
      slots: upTo(parameters.chunks).map(() => null),
    },
    steps: (state) => gatedSteps(parameters, state, movesOf(parameters, masks, state)),
    observe: (state) => observeParked(parameters, state, ({ holdsTask }) => holdsTask),
    canonical: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

function* movesOf(
  parameters: ParkParameters,
  masks: readonly (readonly number[])[],
  state: ParkState,
): Iterable<Move<ParkState>> {
  const taskMapSize = parameters.taskMapSize ?? 1;
  const maxChunksUp = parameters.maxChunksUp ?? 1;
  const chunks = chunksOf(state);
  const up = chunks.filter(({ storage }) => storage === "up").length;
  const tasks = chunks.filter(({ holdsTask }) => holdsTask).length;
  const idleDown = chunks.some(({ phase, storage }) => phase !== "task" && storage === "down");

  const move = (label: Label, slot: number, chunk: Chunk | null): Move<ParkState> => ({
    label,
    next: { ...state, slots: state.slots.with(slot, chunk) },
  });

  for (const [slot, chunk] of state.slots.entries()) {
    if (chunk === null) {
      for (const mask of masks) {
        const mayBeUp = !idleDown || parameters.without === "idleDownCheck";
        yield move({ action: "ingest", slot }, slot, {
          storage: up < maxChunksUp && mayBeUp ? "up" : "down",
          owed: owedAnew(mask),
          phase: "new",
          flushing: [],
          holdsTask: false,
        });
      }
    } else if (chunk.phase !== "task") {
      const ofAge = chunk.phase === "old" || parameters.without === "ages";
      const fits = chunk.holdsTask || tasks < taskMapSize;
      if (ofAge && fits && (chunk.storage === "up" || up < maxChunksUp)) {
        yield move({ action: "dispatch", slot }, slot, {
          storage: "up",
          owed: chunk.owed,
          phase: "task",
          flushing: outputsOwed(chunk),
          holdsTask: true,
        });
      }
    } else {
      for (const { action, output, after } of flushEnds(chunk, state.online, parameters)) {
        yield move({ action, slot, output }, slot, settle(parameters, { ...chunk, ...after }));
      }
    }
  }

  yield* outputMoves(state);
  if (parameters.crash === true) {
    yield {
      label: { action: "crash" },
      next: { ...state, slots: state.slots.map((chunk) => chunk && kill(chunk)) },
    };
  }
}

function settle(parameters: ParkParameters, chunk: Chunk): Chunk | null {
  if (chunk.flushing.length > 0) {
    return chunk;
  }
  if (chunk.owed.length === 0) {
    return null;
  }
  const holdsTask = parameters.without === "taskRelease";
  return { ...chunk, storage: "down", phase: "new", holdsTask };
}

function kill(chunk: Chunk): Chunk {
  return {
    storage: "down",
    owed: owedAnew(outputsOwed(chunk)),
    phase: "new",
    flushing: [],
    holdsTask: false,
  };
}
