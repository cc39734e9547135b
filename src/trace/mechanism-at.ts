import type { Mechanism } from "./mechanism.ts";
import type { RecordedEngine } from "./recorded-engine.ts";
import type { RecordedStorage } from "./recorded-storage.ts";
import type { TraceEvent } from "./trace-event.ts";
import type { TraceStep } from "./trace-step.ts";

/** Something that the model has no rules for yet, and what shows it. */
export interface NotModelled {
  readonly mechanism: Mechanism;
  readonly sentence: string;
}

/**
 * The mechanism that a step belongs to, and the model does not have yet; null where it has. Nothing of the step was taken
 * yet.
 *
 * @param isStopped whether the engine is shutting down: what is deleted then is no eviction
 */
export function mechanismAt(
  { events, meaning }: TraceStep,
  recorded: RecordedEngine,
  isStopped: boolean,
): NotModelled | null {
  const [first] = events;
  if (first === undefined) return null;
  if (meaning.kind === "notModelled") return meaning;
  const { chunk } = first;
  const { storage, tasks } = recorded;
  if (meaning.kind === "append" && isInMemory(first, storage)) {
    return { mechanism: "memoryInput", sentence: "records are added to a chunk without a file" };
  }
  if (meaning.kind === "forcedUp" && recorded.isFound(chunk) && !recorded.isBeingScanned(chunk)) {
    return {
      mechanism: "backlog",
      sentence: "a chunk of an earlier process is loaded, to be queued",
    };
  }
  if (meaning.kind === "putDown" && storage.isUp(chunk) && tasks.isFlushing(chunk)) {
    return {
      mechanism: "flushOnShutdown",
      sentence: "the chunk is put down while an output is working on it",
    };
  }
  const isEvicted =
    meaning.kind === "closing" && !isStopped && isDeleted(events) && !tasks.isFlushing(chunk);
  return isEvicted && storage.has(chunk)
    ? { mechanism: "totalLimit", sentence: "the file is deleted, and nothing delivered the chunk" }
    : null;
}

/** The first records of a chunk that was never opened, which changes nothing of what is up. */
function isInMemory(
  { kind, chunk, isNew, isUp, up }: TraceEvent,
  storage: RecordedStorage,
): boolean {
  const isFirst = kind === "append" && isNew === 1 && isUp === 1;
  return isFirst && up === storage.up && !storage.has(chunk);
}

function isDeleted(events: readonly TraceEvent[]): boolean {
  return events.some(({ kind, deletes }) => kind === "close" && deletes === 1);
}
