import type { LinearBound } from "../../../models/description.ts";
import type { CompiledQuantity } from "../../compile/compiled-system.ts";

const known: Readonly<Record<string, string>> = {
  up: "chunks in memory",
  tasks: "tasks",
  live: "chunks",
  charged: "chunks charged to it",
  owed: "chunks owed",
  overLimitUp: "over-limit counter",
  idleDown: "idle chunks on disk",
  idleOld: "old idle chunks",
  flushingUnmapped: "flushed but not in memory",
};

/** A total or counter in words, such as `chunks in memory` or `over-limit counter of output 0`. */
export function quantityWords({ name, output }: CompiledQuantity): string {
  const words = known[name] ?? name;
  return output === null ? words : `${words} of output ${output}`;
}

const limits = {
  taskMapSize: "the task map",
  maxChunksUp: "max_chunks_up",
  overLimitQuota: "the quota",
} as const;

/** What a bound is made of, such as `max_chunks_up` or `max_chunks_up + the quota`; a plain number is itself. */
export function boundWords(bound: LinearBound): string {
  const parts = [
    ["maxChunksUp", bound.maxChunksUp ?? 0],
    ["taskMapSize", bound.taskMapSize ?? 0],
    ["overLimitQuota", bound.overLimitQuota ?? 0],
  ] as const;
  const words = parts.flatMap(([name, times]) =>
    times === 0 ? [] : [times === 1 ? limits[name] : `${times} × ${limits[name]}`],
  );
  if (bound.constant !== 0 || words.length === 0) words.push(String(bound.constant));
  return words.join(" + ");
}
