import type { FilesystemTraffic } from "../config/filesystem-traffic.ts";
import { compareMasks } from "../config/routing/route-mask.ts";
import type { OutputInstance } from "../config/output-instance.ts";

type Mask = readonly number[];

/** The outputs that are judged, and the routes masks in terms of them. */
export interface JudgedRoutes {
  readonly outputs: readonly OutputInstance[];
  readonly masks: readonly Mask[];
  /** Whether chunks that never wait were left out. */
  readonly leftOut: boolean;
}

/** A chunk that goes to one output alone, without retries, never waits. */
function neverWaits(mask: Mask, outputs: readonly OutputInstance[]): boolean {
  return mask.length === 1 && mask.every((output) => isWithoutRetries(outputs[output]));
}

function isWithoutRetries(output: OutputInstance | undefined): boolean {
  return output?.retryLimit.value === "no_retries";
}

/**
 * The outputs to judge where there are too many: those of the narrowest masks, of chunks that may wait first. Whether a
 * chunk has one route or several decides whether it is put down while it waits, so no mask of several outputs may shrink
 * to one. Outputs without retries come last, so that a path is told of one that has them.
 */
function outputsOf(
  masks: readonly Mask[],
  outputs: readonly OutputInstance[],
  most: number,
): readonly number[] {
  const kept = new Set<number>();
  const rank = (mask: Mask): number => (neverWaits(mask, outputs) ? 1 : 0);
  for (const mask of masks.toSorted((a, b) => rank(a) - rank(b) || a.length - b.length)) {
    const more = mask.filter((output) => !kept.has(output));
    if (kept.size === 0) more.slice(0, most).forEach((output) => kept.add(output));
    else if (kept.size + more.length <= most) more.forEach((output) => kept.add(output));
  }
  const last = (output: number): number => (isWithoutRetries(outputs[output]) ? 1 : 0);
  return [...kept].sort((a, b) => last(a) - last(b) || a - b);
}

/** The routes of chunk files, by `most` outputs at most. */
export function judgedRoutes({ outputs, routes }: FilesystemTraffic, most: number): JudgedRoutes {
  const kept = outputsOf(routes.masks, outputs, most);
  const place = new Map(kept.map((output, index) => [output, index]));
  const masks = new Map<string, Mask>();
  for (const mask of routes.masks) {
    const within = mask.flatMap((output) => place.get(output) ?? []).sort((a, b) => a - b);
    if (within.length === mask.length || within.length > 1) masks.set(within.join(), within);
  }
  const judged = kept.flatMap((output) => outputs[output] ?? []);
  const all = [...masks.values()].sort(compareMasks);
  const waiting = withoutHarmless(all, judged);
  return { outputs: judged, masks: waiting, leftOut: waiting.length < all.length };
}

/**
 * The model has one retry limit for all outputs, so where no other chunk has one route only, chunks that never wait are
 * left out: they would seem to wait.
 */
function withoutHarmless(
  masks: readonly Mask[],
  outputs: readonly OutputInstance[],
): readonly Mask[] {
  const several = masks.filter(({ length }) => length > 1);
  const harmless = masks
    .filter(({ length }) => length === 1)
    .every((one) => neverWaits(one, outputs));
  return harmless && several.length > 0 ? several : masks;
}
