import { retryLimitInEffect, type OutputInstance } from "./output-instance.ts";
import type { RouteMask } from "./routing/route-mask.ts";
import type { Setting } from "./setting.ts";

/** A chunk file has at least one page, and the limit adds up the sizes of files (`cio_file.c::mmap_file`). */
export const SMALLEST_CHUNK = 4096;

/**
 * A chunk takes no more records when it holds this much (`FLB_INPUT_CHUNK_FS_MAX_SIZE`); the last append may go beyond,
 * and a file is a whole number of pages.
 */
export const LARGEST_USUAL_CHUNK = 2_048_000 + 2 * SMALLEST_CHUNK;

/** What `storage.total_limit_size` means for chunks that have to be on disk at once. */
export type TotalLimitMeaning =
  /** Some output that they may go to has no limit. */
  | { readonly kind: "unlimited" }
  /** One output's limit has room for all, if they are no larger than `average` bytes. */
  | {
      readonly kind: "room";
      readonly output: OutputInstance;
      readonly limit: Setting<number>;
      readonly average: number;
    }
  /** No single limit has room for all, but several together have. */
  | { readonly kind: "shared" }
  /** No limits have room for all, be they as small as can be: at most `most` fit. */
  | { readonly kind: "none"; readonly limits: readonly LimitedOutput[]; readonly most: number };

/** An output with its limit. */
export interface LimitedOutput {
  readonly output: OutputInstance;
  readonly limit: Setting<number>;
}

/**
 * Whether the limits leave room for the chunks that a stuck engine holds.
 *
 * @param masks routes that chunks certainly have; only those of one route to an output that retries can be put down
 * @param chunks how many have to be on disk at once
 */
export function totalLimitMeaning(
  outputs: readonly OutputInstance[],
  masks: readonly RouteMask[],
  chunks: number,
): TotalLimitMeaning {
  const single = new Set(masks.flatMap((mask) => (mask.length === 1 ? mask : [])));
  const waiting = outputs.filter(
    (output, place) => single.has(place) && retryLimitInEffect(output) !== "no_retries",
  );
  const limits = waiting.flatMap((output) =>
    output.totalLimit === undefined ? [] : [{ output, limit: output.totalLimit }],
  );
  if (limits.length < waiting.length || limits.length === 0) return { kind: "unlimited" };
  const [widest] = limits.toSorted((left, right) => right.limit.value - left.limit.value);
  if (widest !== undefined && fits(widest.limit) >= chunks) {
    return { kind: "room", ...widest, average: Math.floor(widest.limit.value / chunks) };
  }
  const most = limits.reduce((sum, { limit }) => sum + fits(limit), 0);
  return most >= chunks ? { kind: "shared" } : { kind: "none", limits, most };
}

/** How many of the smallest chunks a limit has room for. */
function fits({ value }: Setting<number>): number {
  return Math.floor(value / SMALLEST_CHUNK);
}
