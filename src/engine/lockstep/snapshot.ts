import { isUp } from "../chunkio/chunk.ts";
import type { Engine, Report } from "../core/engine.ts";
import type { InputChunk, TaskRoute } from "../core/structures.ts";

/** One delivery of a task. */
interface DeliverySnapshot {
  readonly output: number;
  readonly status: TaskRoute["status"];
  /** Retries used so far (where chunks are parked: failures so far). */
  readonly retriesUsed: number;
}

/** A slot that holds a chunk. */
export interface SlotSnapshot {
  readonly storage: "down" | "up" | "upForOutput";
  /** The output to which the chunk is charged. */
  readonly chargedTo: number | undefined;
  /** Ids of the chunk's outputs, ascending (where chunks are parked: those that are still owed). */
  readonly routes: readonly number[];
  /** Where the chunk waits; undefined in releases that park no chunks. */
  readonly parkedAs: Report | undefined;
  /** Retries used for each of {@link routes}: where chunks are parked also while the chunk is idle. */
  readonly failures: readonly number[];
  /** Whether storage_backlog has the chunk, of an earlier process. */
  readonly restored: boolean;
  /** Undefined if the chunk is idle. */
  readonly deliveries: readonly DeliverySnapshot[] | undefined;
}

/** Everything that the specification calls the state of an engine. */
export interface EngineSnapshot {
  readonly running: boolean;
  readonly up: number;
  readonly total: number;
  readonly tasks: number;
  readonly paused: boolean;
  readonly outputs: readonly {
    readonly online: boolean;
    /** What the release keeps of the output, such as its over-limit counter. */
    readonly report: Report;
  }[];
  /** Undefined where the slot is free. */
  readonly slots: readonly (SlotSnapshot | undefined)[];
}

/** Reads one chunk. */
export function slotSnapshot(engine: Engine, chunk: InputChunk): SlotSnapshot {
  const owner = chunk.chunk.overLimitOwner;
  const charged = engine.outputs.find((output) => output.quota === owner);
  return {
    storage: !isUp(chunk.chunk) ? "down" : owner === undefined ? "up" : "upForOutput",
    chargedTo: charged?.id,
    routes: chunk.routes.map((output) => output.id),
    parkedAs: engine.release.parkedAs(engine, chunk),
    restored: chunk.input !== engine.inputs[0],
    failures: chunk.routes.map((output) => engine.release.retriesUsed(engine, chunk, output)),
    deliveries: chunk.task?.routes.map(({ output, status }) => ({
      output: output.id,
      status,
      retriesUsed: engine.release.retriesUsed(engine, chunk, output),
    })),
  };
}
