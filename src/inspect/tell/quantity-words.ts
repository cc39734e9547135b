import type { LinearBound } from "../../../models/description.ts";
import type { CompiledQuantity } from "../../compile/compiled-system.ts";
import { boundTerms } from "../../compile/guards.ts";

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
  ownOf: "chunks of its own",
  memoryOf: "chunks without a file",
  upOf: "chunks in memory",
  chargedTo: "chunks that count",
  files: "chunks with a file",
  deadTasks: "tasks that nothing ends",
  pendingTasks: "tasks to wait for",
  letters: "dead letters",
  lettersUp: "dead letters in memory",
};

/** A total or counter in words, such as `chunks in memory` or `over-limit counter of output 0`. */
export function quantityWords({ name, output, input }: CompiledQuantity): string {
  const words = known[name] ?? name;
  return [
    words,
    ...(output === null ? [] : [`of output ${output}`]),
    ...(input === null ? [] : [`of input ${input}`]),
  ].join(" ");
}

const limits: Readonly<Record<string, string>> = {
  taskMapSize: "the task map",
  maxChunksUp: "max_chunks_up",
  overLimitQuota: "the quota",
  deadLetterLimit: "storage.rejected.limit",
};

/** A limit in words; those that exist once for each input or output keep its number. */
function limitWords(limit: string): string {
  return (
    limits[limit] ??
    limit
      .replace(/^memBufLimit (\d+)$/, "mem_buf_limit of input $1")
      .replace(/^totalLimit (\d+)$/, "storage.total_limit_size of output $1")
  );
}

/** What a bound is made of, such as `max_chunks_up` or `max_chunks_up + the quota`; a plain number is itself. */
export function boundWords(bound: LinearBound): string {
  const words = boundTerms(bound).map(([name, times]) =>
    times === 1 ? limitWords(name) : `${times} × ${limitWords(name)}`,
  );
  if (bound.constant !== 0 || words.length === 0) words.push(String(bound.constant));
  return words.join(" + ").replaceAll("+ -", "- ");
}
