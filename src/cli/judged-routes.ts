import type { FilesystemTraffic } from "../config/filesystem-traffic.ts";
import type { OutputInstance } from "../config/output-instance.ts";

type Mask = readonly number[];

/** The outputs that are judged, and the routes masks in terms of them. */
export interface JudgedRoutes {
  readonly outputs: readonly OutputInstance[];
  readonly masks: readonly Mask[];
  /** Whether chunks that never wait were left out. */
  readonly leftOut: boolean;
}

/**
 * The outputs to judge where there are too many: those of the narrowest masks. Whether a chunk has one route or several
 * decides whether it is put down while it waits, so no mask of several outputs may shrink to one.
 */
function outputsOf(masks: readonly Mask[], most: number): readonly number[] {
  const kept = new Set<number>();
  for (const mask of masks.toSorted((a, b) => a.length - b.length)) {
    const more = mask.filter((output) => !kept.has(output));
    if (kept.size === 0) more.slice(0, most).forEach((output) => kept.add(output));
    else if (kept.size + more.length <= most) more.forEach((output) => kept.add(output));
  }
  return [...kept].sort((a, b) => a - b);
}

/** The routes of chunk files, by `most` outputs at most. */
export function judgedRoutes({ outputs, routes }: FilesystemTraffic, most: number): JudgedRoutes {
  const kept = outputsOf(routes.masks, most);
  const place = new Map(kept.map((output, index) => [output, index]));
  const masks = new Map<string, Mask>();
  for (const mask of routes.masks) {
    const within = mask.flatMap((output) => place.get(output) ?? []);
    if (within.length === mask.length || within.length > 1) masks.set(within.join(), within);
  }
  const all = [...masks.values()];
  const waiting = withoutHarmless(all, kept, outputs);
  return {
    outputs: kept.flatMap((output) => outputs[output] ?? []),
    masks: waiting,
    leftOut: waiting.length < all.length,
  };
}

/**
 * A chunk that goes to one output alone, without retries, never waits. The model has one retry limit for all outputs, so
 * where no other chunk has one route only, such chunks are left out: they would seem to wait.
 */
function withoutHarmless(
  masks: readonly Mask[],
  kept: readonly number[],
  outputs: readonly OutputInstance[],
): readonly Mask[] {
  const neverWaits = ([only = 0, ...others]: Mask): boolean =>
    others.length === 0 && outputs[kept[only] ?? 0]?.retryLimit.value === "no_retries";
  const several = masks.filter(({ length }) => length > 1);
  const harmless = masks.filter(({ length }) => length === 1).every(neverWaits);
  return harmless && several.length > 0 ? several : masks;
}
