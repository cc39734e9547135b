import type { Scope } from "../../compile/scope.ts";
import type { SearchProgress } from "../../explore/explore.ts";
import { mostStates } from "../../explore/most-states.ts";
import { byteWords } from "../../analysis/configuration/byte-words.ts";
import type { ProgressLine } from "../progress-line.ts";

const grouped = new Intl.NumberFormat("en");
const rounded = new Intl.NumberFormat("en", { maximumSignificantDigits: 2, notation: "compact" });

/**
 * How far a search is, in a line.
 *
 * @param seconds how long it has taken so far
 * @param most how many states there are at most, infinity if that is not known
 */
export function searchWords(
  { visited, waiting, level, bytes }: SearchProgress,
  seconds: number,
  most: number,
): string {
  const rate = seconds > 0 ? visited / seconds : 0;
  const left = rate > 0 ? (most - visited) / rate : Number.POSITIVE_INFINITY;
  const known = Number.isFinite(most) && left >= 0;
  const of = known ? ` of ${rounded.format(most)} at most` : "";
  const ends = known && rate > 0 ? `, ${rounded.format(left)} s left at most` : "";
  return (
    `${grouped.format(visited)} states${of}, ${rounded.format(rate)}/s, level ${level}, ` +
    `frontier ${grouped.format(waiting)}, ${byteWords(bytes)}${ends}`
  );
}

/** Says on a line how far the search of a scope up to permutation is; the search begins now. */
export function progressOn(line: ProgressLine, scope: Scope): (progress: SearchProgress) => void {
  const started = performance.now();
  let most: number | null = null;
  return (progress) => {
    line.update(() => {
      most ??= mostStates(scope);
      return searchWords(progress, (performance.now() - started) / 1000, most);
    });
  };
}
