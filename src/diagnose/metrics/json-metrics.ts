import type { InputChunks, StorageSnapshot } from "../run/storage-snapshot.ts";
import type { MetricsSample, OutputCounters } from "./metrics-sample.ts";

type Values = Readonly<Record<string, unknown>>;
type Told = Omit<MetricsSample, "place">;

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function within(value: unknown, key: string): Values {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

function numberOf(values: Values, key: string): number {
  const value = values[key];
  return typeof value === "number" ? value : 0;
}

const units: Readonly<Record<string, number>> = { b: 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes as `flb_utils_bytes_to_human_readable_size` writes them: "70.5K", "0b"; null for anything else. */
function bytesIn(value: unknown): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const [, amount = "", unit = ""] = /^([\d.]+)([bKMG])/.exec(value) ?? [];
  return amount === "" ? null : Number(amount) * (units[unit] ?? 1);
}

function chunksIn(input: unknown): InputChunks {
  const chunks = within(input, "chunks");
  const over = within(input, "status")["overlimit"];
  return {
    total: numberOf(chunks, "total"),
    up: numberOf(chunks, "up"),
    down: numberOf(chunks, "down"),
    busy: numberOf(chunks, "busy"),
    busyBytes: bytesIn(chunks["busy_size"]),
    overLimit: typeof over === "boolean" ? over : null,
  };
}

/** `/api/v1/storage` (`api/v1/storage.c`, `flb_storage.c::cb_storage_metrics_collect`). */
function storageIn(value: Values): StorageSnapshot {
  const layer = within(value["storage_layer"], "chunks");
  const inputs = Object.entries(within(value, "input_chunks"));
  return {
    inputs: new Map(inputs.map(([name, input]) => [name, chunksIn(input)])),
    filesystem: {
      up: numberOf(layer, "fs_chunks_up"),
      down: numberOf(layer, "fs_chunks_down"),
    },
  };
}

function countersIn(value: unknown): OutputCounters {
  const counters = isObject(value) ? value : {};
  return {
    delivered: numberOf(counters, "proc_records"),
    retries: numberOf(counters, "retries"),
    givenUp: numberOf(counters, "retries_failed"),
    errors: numberOf(counters, "errors"),
    dropped: numberOf(counters, "dropped_records"),
  };
}

interface Parts {
  storage: Values | null;
  counters: Values | null;
}

/** Looks for what Fluent Bit answers, also inside what a script put around it. */
function find(value: unknown, depth: number, parts: Parts): void {
  if (!isObject(value)) return;
  if ("storage_layer" in value || "input_chunks" in value) parts.storage ??= value;
  const outputs = Object.values(within(value, "output"));
  if (outputs.some((output) => isObject(output) && "proc_records" in output)) {
    parts.counters ??= value;
  }
  if (depth === 0) return;
  for (const inner of Object.values(value)) find(inner, depth - 1, parts);
}

/** Seconds, of the usual names of a time. */
function timeIn(value: Values): number | null {
  for (const key of ["t", "time", "ts", "timestamp", "@timestamp", "date"]) {
    const found = value[key];
    // Above 10^11 it is milliseconds.
    if (typeof found === "number") return found > 1e11 ? found / 1000 : found;
    if (typeof found === "string") {
      const parsed = Date.parse(found);
      if (!Number.isNaN(parsed)) return parsed / 1000;
    }
  }
  return null;
}

/**
 * What `/api/v1/storage`, `/api/v1/metrics` or both, put into one value by whoever polled them, tell.
 *
 * @returns null if the value is neither.
 */
export function metricsInJson(value: unknown): Told | null {
  const parts: Parts = { storage: null, counters: null };
  find(value, 2, parts);
  if (!isObject(value) || (parts.storage === null && parts.counters === null)) return null;
  const outputs = Object.entries(within(parts.counters, "output"));
  const inputs = Object.entries(within(parts.counters, "input"));
  return {
    time: timeIn(value),
    version: null,
    started: null,
    storage: parts.storage === null ? null : storageIn(parts.storage),
    outputs: new Map(outputs.map(([name, counters]) => [name, countersIn(counters)])),
    inputs: new Map(
      inputs.map(([name, input]) => [name, isObject(input) ? numberOf(input, "records") : 0]),
    ),
    paused: [],
  };
}
