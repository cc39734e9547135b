import { SMALLEST_CHUNK } from "./chunk-size.ts";
import { retryLimitInEffect, type OutputInstance } from "./output-instance.ts";
import type { RouteMask } from "./routing/route-mask.ts";
import type { Setting } from "./setting.ts";

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
  /** No single limit has room for all, but several together have; `sum` is in bytes. */
  | { readonly kind: "shared"; readonly sum: number }
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
  const sum = limits.reduce((all, { limit }) => all + limit.value, 0);
  return most >= chunks ? { kind: "shared", sum } : { kind: "none", limits, most };
}

/** How many of the smallest chunks a limit has room for. */
function fits({ value }: Setting<number>): number {
  return Math.floor(value / SMALLEST_CHUNK);
}
