import type {
  Choice,
  ChoiceResult,
  Comparison,
  Instance,
  Message,
  Outcome,
  SlotView,
} from "./description.ts";
import { memoryFree } from "./limits.ts";

/** What becomes of a chunk that an input makes, once it is known what could be evicted for it. */
export interface Admission {
  /** Whether the chunk is written, refused, or ends the process. */
  readonly ends: "written" | "refused" | "exit";
  readonly action: string;
  readonly tells: string;
  readonly cFunction: string;
}

/**
 * The points at which rules let mechanisms in: what a mechanism changes in another's rule, it changes here. Off, a
 * mechanism fills none, and the rules are as if there were none.
 */
export interface Points {
  /** When a chunk that no flush has failed yet may take a place in memory; a retry takes any that is free. */
  readonly memoryForNew: Comparison;
  /** Events for the slot in which an input makes a chunk. */
  readonly made: (instance: Instance) => readonly Message[];
  /** Events for the slot once the chunk is written: what it is charged to, and what asks whether the input pauses. */
  readonly written: (instance: Instance) => readonly Message[];
  /** Events for the input before it makes a chunk: a paused one refuses. */
  readonly asksInput: (input: number) => readonly Message[];
  /** Events for the slot when its chunk goes, besides those for chunk, task and deliveries. */
  readonly gone: (slot: SlotView) => readonly Message[];
  /** Whether dispatch flushes an idle chunk to an output of its mask. */
  readonly isFlushedTo: (slot: SlotView, output: number) => boolean;
  /** Events for the slot whose chunk an output has taken. */
  readonly delivered: (output: number, slot: SlotView) => readonly Message[];
  /** The ways in which a delivery is given up: what else happens with it. */
  readonly givenUp: (outcome: Outcome) => readonly Outcome[];
  /** Ways in which a retry that fires does not come to a flush, given how one does. */
  readonly besideFire: (fires: Outcome) => readonly Outcome[];
  /** Inputs whose chunks are put down over `mem_buf_limit` when a flush fails, and when an append fills them. */
  readonly buffered: readonly number[];
  readonly fillsChunks: boolean;
  /** Inputs that keep their chunks in memory. */
  readonly inMemory: readonly number[];
  /** Slots that are evicted for a new chunk; null where storage has no limit. */
  readonly room: {
    readonly choices: (instance: Instance, points: Points) => readonly Choice[];
    readonly admits: (result: ChoiceResult, plain: Omit<Admission, "ends">) => Admission;
  } | null;
  /** Events for the slot of a live chunk when the process is killed. */
  readonly crashed: (slot: SlotView) => readonly Message[];
  /** The event for the storage of a chunk when the process is killed. */
  readonly crashEvent: "crash" | "leaveOnDisk";
}

/** Rules without any mechanism. */
export const noPoints: Points = {
  memoryForNew: memoryFree,
  made: () => [],
  written: () => [],
  asksInput: () => [],
  gone: () => [],
  isFlushedTo: () => true,
  delivered: () => [],
  givenUp: (outcome) => [outcome],
  besideFire: () => [],
  buffered: [],
  fillsChunks: false,
  inMemory: [],
  room: null,
  crashed: () => [],
  crashEvent: "crash",
};

/** What one mechanism and another fill, together. */
export function bothPoints(left: Points, right: Partial<Points>): Points {
  const one = { ...noPoints, ...right };
  return {
    memoryForNew: right.memoryForNew ?? left.memoryForNew,
    made: (instance) => [...left.made(instance), ...one.made(instance)],
    written: (instance) => [...left.written(instance), ...one.written(instance)],
    asksInput: (input) => [...left.asksInput(input), ...one.asksInput(input)],
    gone: (slot) => [...left.gone(slot), ...one.gone(slot)],
    isFlushedTo: (slot, output) => left.isFlushedTo(slot, output) && one.isFlushedTo(slot, output),
    delivered: (output, slot) => [...left.delivered(output, slot), ...one.delivered(output, slot)],
    givenUp: (outcome) => left.givenUp(outcome).flatMap((way) => one.givenUp(way)),
    besideFire: (fires) => [...left.besideFire(fires), ...one.besideFire(fires)],
    buffered: [...left.buffered, ...one.buffered],
    fillsChunks: left.fillsChunks || one.fillsChunks,
    inMemory: [...left.inMemory, ...one.inMemory],
    room: one.room ?? left.room,
    crashed: (slot) => [...left.crashed(slot), ...one.crashed(slot)],
    crashEvent: one.crashEvent === "crash" ? left.crashEvent : one.crashEvent,
  };
}
