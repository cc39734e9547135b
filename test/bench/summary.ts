/** The median of some runs, with the smallest and the largest. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/**
 * Sums runs up; the median of an even number of them is the mean of the middle two.
 *
 * @throws RangeError if there are none
 */
export function summaryOf(values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) throw new RangeError("there is nothing to sum up");
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? least;
  const high = sorted[Math.floor(sorted.length / 2)] ?? most;
  return { median: (low + high) / 2, least, most };
}
