import type { Traffic } from "../../config/traffic.ts";
import { compareMasks } from "../../config/routing/route-mask.ts";
import { retryLimitInEffect, type OutputInstance } from "../../config/output-instance.ts";

type Mask = readonly number[];

/** The outputs that are judged, and the routes masks in terms of them. */
export interface JudgedRoutes {
  readonly outputs: readonly OutputInstance[];
  readonly masks: readonly Mask[];
  /** Whether chunks that never wait were left out. */
  readonly leftOut: boolean;
  /** How many outputs stand for others that get the very same chunks. */
  readonly standIns: number;
  /** What becomes of a mask; null if chunks with it are left out. */
  readonly judge: (mask: Mask) => Mask | null;
}

/** A chunk that goes to one output alone, without retries, never waits. */
function neverWaits(mask: Mask, outputs: readonly OutputInstance[]): boolean {
  return mask.length === 1 && mask.every((output) => isWithoutRetries(outputs[output]));
}

function isWithoutRetries(output: OutputInstance | undefined): boolean {
  return output !== undefined && retryLimitInEffect(output) === "no_retries";
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

/**
 * One set of masks for each output: of outputs that always go together, with or without retries and limits alike, two are
 * kept. That a chunk has several routes is all that the others would tell.
 */
function withoutCopies(
  masks: readonly Mask[],
  outputs: readonly OutputInstance[],
): { readonly masks: readonly Mask[]; readonly copies: ReadonlySet<number> } {
  const memberOf = outputs.map((): number[] => []);
  masks.forEach((mask, index) => {
    mask.forEach((output) => memberOf[output]?.push(index));
  });
  const classes = new Map<string, number>();
  const copies = new Set<number>();
  for (const [output, instance] of outputs.entries()) {
    const key = [
      memberOf[output]?.join(),
      isWithoutRetries(instance),
      instance.totalLimit?.value,
    ].join("|");
    const before = classes.get(key) ?? 0;
    classes.set(key, before + 1);
    if (before >= 2) copies.add(output);
  }
  return {
    masks: masks.map((mask) => mask.filter((output) => !copies.has(output))),
    copies,
  };
}

/** The routes of chunk files, by `most` outputs at most. */
export function judgedRoutes(
  { outputs, routes }: Pick<Traffic, "outputs" | "routes">,
  most: number,
): JudgedRoutes {
  const distinct = withoutCopies(routes.masks, outputs);
  const kept = outputsOf(distinct.masks, outputs, most);
  const place = new Map(kept.map((output, index) => [output, index]));
  const judge = (mask: Mask): Mask | null => {
    const without = mask.filter((output) => !distinct.copies.has(output));
    const within = without.flatMap((output) => place.get(output) ?? []).sort((a, b) => a - b);
    return within.length === without.length || within.length > 1 ? within : null;
  };
  const masks = new Map(
    routes.masks.flatMap((mask) => {
      const within = judge(mask);
      return within === null ? [] : [[within.join(), within] as const];
    }),
  );
  const judged = kept.flatMap((output) => outputs[output] ?? []);
  const all = [...masks.values()].sort(compareMasks);
  const waiting = withoutHarmless(all, judged);
  const isKept = (within: Mask): boolean => waiting.some((one) => one.join() === within.join());
  return {
    outputs: judged,
    masks: waiting,
    leftOut: waiting.length < all.length,
    standIns: distinct.copies.size,
    judge: (mask) => {
      const within = judge(mask);
      return within !== null && isKept(within) ? within : null;
    },
  };
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
