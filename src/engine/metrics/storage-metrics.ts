import { isUp } from "../chunkio/chunk.ts";
import type { Engine } from "../core/engine.ts";
import type { InputInstance } from "../core/structures.ts";

/** The chunks of one input, as numbers. */
export interface InputStorage {
  readonly total: number;
  readonly up: number;
  readonly down: number;
  /** Chunks with a task. */
  readonly busy: number;
  /** Bytes of content of busy chunks; a chunk that is down counts 0. */
  readonly busySize: number;
  /** Bytes of content in memory. */
  readonly memSize: number;
}

/** The answer of `GET /api/v1/storage`. */
export interface StorageMetrics {
  readonly storage_layer: {
    readonly chunks: {
      readonly total_chunks: number;
      readonly mem_chunks: number;
      readonly fs_chunks: number;
      readonly fs_chunks_up: number;
      readonly fs_chunks_down: number;
    };
  };
  readonly input_chunks: Readonly<
    Record<
      string,
      {
        readonly status: {
          readonly overlimit: boolean;
          readonly mem_size: string;
          readonly mem_limit: string;
        };
        readonly chunks: {
          readonly total: number;
          readonly up: number;
          readonly down: number;
          readonly busy: number;
          readonly busy_size: string;
        };
      }
    >
  >;
}

/** Counts the chunks of an input. Stands for the loop of `flb_storage.c::metrics_append_input`. */
export function inputStorage(input: InputInstance): InputStorage {
  let [up, busy, busySize, memSize] = [0, 0, 0, 0];
  for (const { busy: isBusy, chunk } of input.chunks) {
    if (isUp(chunk)) up += 1;
    memSize += chunk.dataSize;
    if (isBusy) {
      busy += 1;
      busySize += chunk.dataSize;
    }
  }
  const total = input.chunks.size;
  return { total, up, down: total - up, busy, busySize, memSize };
}

/**
 * The gauges of the storage layer in the shape of `/api/v1/storage`.
 * Stands for `flb_storage.c::cb_storage_metrics_collect` (v3.0.4).
 */
export function storageMetrics(engine: Engine): StorageMetrics {
  const { totalChunks, totalChunksUp } = engine.store;
  return {
    storage_layer: {
      chunks: {
        total_chunks: totalChunks,
        mem_chunks: 0,
        fs_chunks: totalChunks,
        fs_chunks_up: totalChunksUp,
        fs_chunks_down: totalChunks - totalChunksUp,
      },
    },
    input_chunks: Object.fromEntries(
      engine.inputs.map((input) => {
        const { total, up, down, busy, busySize, memSize } = inputStorage(input);
        return [
          input.name,
          {
            status: { overlimit: false, mem_size: humanReadable(memSize), mem_limit: "0b" },
            chunks: { total, up, down, busy, busy_size: humanReadable(busySize) },
          },
        ];
      }),
    ),
  };
}

/** e.g. `70.5K`. Stands for `flb_utils.c::flb_utils_bytes_to_human_readable_size`. */
export function humanReadable(bytes: number): string {
  const units = ["b", "K", "M", "G", "T", "P"];
  const power = Math.min(units.length - 1, bytes < 1024 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const unit = units[power] ?? "b";
  return power === 0 ? `${bytes}${unit}` : `${(bytes / 1024 ** power).toFixed(1)}${unit}`;
}
