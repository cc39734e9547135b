import type { CandidateParameters } from "./parameters.ts";
import type { StateProperty } from "./property.ts";
import type { Label, Observation, Step } from "./rules.ts";
import { upTo } from "./rules.ts";

/** A delivery that a parked chunk still owes. */
interface OwedOutput {
  readonly output: number;
  /** Failures so far, counted only under a retry limit; else 0. */
  readonly failures: number;
}

/** What every candidate that parks knows of a chunk; the age, `new` or `old`, is that of a chunk in the queue. */
export interface ParkedChunk {
  readonly phase: "new" | "old" | "aside" | "task";
  readonly storage: "down" | "up";
  readonly owed: readonly OwedOutput[];
  /** Empty unless in a task. */
  readonly flushing: readonly number[];
}

export interface ParkedState<C extends ParkedChunk> {
  readonly online: readonly boolean[];
  readonly slots: readonly (C | null)[];
}

/** The chunks in the slots that are not free. */
export function chunksOf<C extends ParkedChunk>({ slots }: ParkedState<C>): C[] {
  return slots.filter((chunk) => chunk !== null);
}

/** What a mask owes at first, and again after a crash. */
export function owedAnew(outputs: readonly number[]): OwedOutput[] {
  return outputs.map((output) => ({ output, failures: 0 }));
}

/** The outputs that a chunk owes, without their failures. */
export function outputsOwed({ owed }: ParkedChunk): number[] {
  return owed.map(({ output }) => output);
}

interface FlushEnd {
  readonly action: "flushOk" | "flushRetry" | "flushDrop";
  readonly output: number;
  /** The chunk's fields after the flush, before it settles. */
  readonly after: Pick<ParkedChunk, "owed" | "flushing">;
}

/** How each flush of a chunk ends, given which outputs are online. */
export function flushEnds(
  chunk: ParkedChunk,
  online: readonly boolean[],
  { retryLimit: limit = "unlimited" }: CandidateParameters,
): FlushEnd[] {
  return chunk.owed
    .filter(({ output }) => chunk.flushing.includes(output))
    .map(({ output, failures }) => {
      const flushing = chunk.flushing.filter((other) => other !== output);
      const rest = chunk.owed.filter((other) => other.output !== output);
      if (online[output] === true) {
        return { action: "flushOk", output, after: { flushing, owed: rest } };
      }
      if (failures === limit) {
        return { action: "flushDrop", output, after: { flushing, owed: rest } };
      }
      const failed = { output, failures: limit === "unlimited" ? 0 : failures + 1 };
      const owed = chunk.owed.map((other) => (other.output === output ? failed : other));
      return { action: "flushRetry", output, after: { flushing, owed } };
    });
}

/** An action and the state after it, before the gate. */
export interface Move<S> {
  readonly label: Label;
  readonly next: S;
}

/** `outputDown` and `outputUp` of every output. */
export function outputMoves<C extends ParkedChunk, S extends ParkedState<C>>(state: S): Move<S>[] {
  return state.online.map((online, output) => ({
    label: { action: online ? "outputDown" : "outputUp", output },
    next: { ...state, online: state.online.with(output, !online) },
  }));
}

/** The transitions that the moves out of a state are, with the gate at the end of each. */
export function gatedSteps<C extends ParkedChunk, S extends ParkedState<C>>(
  parameters: CandidateParameters,
  state: S,
  moves: Iterable<Move<S>>,
): Step<S>[] {
  return Array.from(moves, ({ label, next: ungated }) => {
    const next = { ...ungated, slots: gate(ungated.slots) };
    return { label, next, breaks: loses(parameters, label, state, next) ? ["noLoss"] : [] };
  });
}

/** If no chunk is old, every new one becomes old. */
function gate<C extends ParkedChunk>(slots: readonly (C | null)[]): readonly (C | null)[] {
  return slots.some((chunk) => chunk?.phase === "old")
    ? slots
    : slots.map((chunk) => (chunk?.phase === "new" ? { ...chunk, phase: "old" } : chunk));
}

/** Whether an output leaves some chunk's `owed` otherwise than by its own `flushOk` or `flushDrop`. */
function loses<C extends ParkedChunk>(
  { retryLimit: limit = "unlimited" }: CandidateParameters,
  { action, slot: actor, output: flushed }: Label,
  before: ParkedState<C>,
  after: ParkedState<C>,
): boolean {
  const mayEnd = action === "flushOk" || (action === "flushDrop" && limit !== "unlimited");
  return before.slots.some((chunk, slot) =>
    chunk?.owed.some(({ output }) => {
      const stillOwed = after.slots[slot]?.owed.some((other) => other.output === output) ?? false;
      return !stillOwed && !(mayEnd && slot === actor && output === flushed);
    }),
  );
}

/** The observation of a state of a candidate that parks. */
export function observeParked<C extends ParkedChunk>(
  parameters: CandidateParameters,
  state: ParkedState<C>,
  holdsTask: (chunk: C) => boolean,
): Observation {
  const chunks = chunksOf(state);
  const up = chunks.filter(({ storage }) => storage === "up").length;
  const unsafe: StateProperty[] = [];
  if (up > (parameters.maxChunksUp ?? 1)) {
    unsafe.push("memoryBound");
  }
  if (chunks.some(({ storage, flushing }) => storage === "down" && flushing.length > 0)) {
    unsafe.push("flushingIsMapped");
  }
  if (chunks.filter(holdsTask).length > (parameters.taskMapSize ?? 1)) {
    unsafe.push("taskMapBound");
  }
  return {
    phase: "running",
    outputs: state.online.map((online) => (online ? "online" : "offline")),
    up,
    live: upTo(state.slots.length).filter((slot) => state.slots[slot] !== null),
    owed: state.slots.flatMap((chunk, slot) =>
      (chunk?.owed ?? []).map(({ output }) => ({ slot, output })),
    ),
    paused: [],
    unsafe,
  };
}
