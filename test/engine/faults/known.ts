import type { StorageBacklog } from "../../../src/engine/core/storage-backlog.ts";
import type { OutputInstance } from "../../../src/engine/core/structures.ts";
import type { TimerLedger } from "./timer-ledger.ts";

/** What the invariants know that the engine does not say. */
export interface Known {
  /** Files on disk. */
  readonly files: ReadonlySet<string>;
  /** Descriptors of files that are held. */
  readonly descriptors: () => number;
  /** Files that an engine may leave alone: damaged, or once unreadable. */
  readonly strays: ReadonlySet<string>;
  /** Over-limit units of an output that leaked, in the release that leaks. */
  readonly leaked: (output: OutputInstance) => number;
  readonly backlog: StorageBacklog;
  /** The timers of retries. */
  readonly timers: TimerLedger;
  /** Flushes of a chunk to an output that failed in this process. */
  readonly failures: (output: OutputInstance, chunkName: string) => number;
  /** When the engine was told to stop, in milliseconds since the epoch; undefined if it was not. */
  readonly stoppingSince: () => number | undefined;
  /** Whether deliveries that wait hold a retry; not so where chunks are parked. */
  readonly waitsByRetry: boolean;
}

/** A sentence if a counter is not what it counts. */
export function differs(what: string, counter: number, counted: number): readonly string[] {
  return counter === counted ? [] : [`${what}: the counter says ${counter}, there are ${counted}`];
}
