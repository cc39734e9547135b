/** The outputs that one chunk goes to: their indexes in file order, ascending. Never empty. */
export type RouteMask = readonly number[];

/** Every routes mask that a chunk of an input may get. */
export interface RouteMasks {
  readonly masks: readonly RouteMask[];
  /** Of these, the ones that some chunk can really get: all of them where they are exact. */
  readonly certain: readonly RouteMask[];
  /**
   * Whether each of the masks can really occur. If not, some are listed because tags or patterns
   * cannot be known beforehand.
   */
  readonly exact: boolean;
  /**
   * Whether every mask that can occur is listed. False only if there are too many subsets: then
   * the largest and the smallest ones are.
   */
  readonly complete: boolean;
  /** Whether some chunks may match no output: Fluent Bit drops those at once. */
  readonly mayHaveNoRoute: boolean;
}

/** Narrower masks first, then by their outputs. */
export function compareMasks(left: RouteMask, right: RouteMask): number {
  if (left.length !== right.length) {
    return left.length - right.length;
  }
  for (const [index, output] of left.entries()) {
    const other = right[index];
    if (other !== undefined && other !== output) {
      return output - other;
    }
  }
  return 0;
}

/** Each mask once, narrower ones first; the empty one is left out. */
function distinctMasks(masks: Iterable<RouteMask>): readonly RouteMask[] {
  const distinct = new Map<string, RouteMask>();
  for (const mask of masks) {
    distinct.set(mask.join(","), mask);
  }
  distinct.delete("");
  return [...distinct.values()].sort(compareMasks);
}

/**
 * Each mask once, in ascending order; the empty mask becomes `mayHaveNoRoute`. Where the masks are
 * exact, all are certain; otherwise those in `certain` are.
 */
export function collectRouteMasks(
  masks: readonly RouteMask[],
  {
    exact,
    complete,
    certain = [],
  }: Pick<RouteMasks, "exact" | "complete"> & { readonly certain?: readonly RouteMask[] },
): RouteMasks {
  const all = distinctMasks(masks);
  return {
    masks: all,
    certain: exact ? all : distinctMasks(certain),
    exact,
    complete,
    mayHaveNoRoute: masks.some(({ length }) => length === 0),
  };
}

/** The masks of several inputs together. */
export function uniteRouteMasks(all: readonly RouteMasks[]): RouteMasks {
  const united = collectRouteMasks(
    all.flatMap(({ masks }) => masks),
    {
      exact: all.every(({ exact }) => exact),
      complete: all.every(({ complete }) => complete),
      certain: all.flatMap(({ certain }) => certain),
    },
  );
  return { ...united, mayHaveNoRoute: all.some(({ mayHaveNoRoute }) => mayHaveNoRoute) };
}

/** All subsets of `optional`, each with `certain` added. */
export function subsetsWith(
  certain: readonly number[],
  optional: readonly number[],
): readonly RouteMask[] {
  let subsets: readonly RouteMask[] = [certain];
  for (const output of optional) {
    subsets = subsets.flatMap((subset) => [subset, [...subset, output]]);
  }
  return subsets.map((subset) => [...subset].sort((left, right) => left - right));
}
