import type { SectionType } from "./format/section.ts";
import { settingRow } from "./settings/settings-table.ts";

/** Plugins' own settings that look like the engine's, but are none of them. */
const OF_PLUGINS: ReadonlySet<string> = new Set([
  "buffer_chunk_size",
  "buffer_max_size",
  "buffer_size",
  "chunk_size",
  "max_chunk_size",
  "retry_time",
  "storage_dir",
  "total_file_size",
]);

/** Letters that have to be added, left out, replaced or swapped to turn one text into the other. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped =
        i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
          ? (before[j - 2] ?? 0) + 1
          : Infinity;
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same, swapped),
      );
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

function wordsOf(key: string): readonly string[] {
  return key.split(/[._-]/u).filter((word) => word !== "");
}

function sameWord(one: string, other: string): boolean {
  return distance(one, other) <= (Math.min(one.length, other.length) > 3 ? 1 : 0);
}

/** Of the words of a known key, how many are in another. */
function sharedWords(key: string, known: string): number {
  const words = wordsOf(key);
  return wordsOf(known).filter((word) => words.some((one) => sameWord(one, word))).length;
}

/** How unlike two keys are: 0 for the same letters, and infinite where they have too little in common. */
function unlikeness(key: string, known: string): number {
  const letters = distance(key.replaceAll(/[._-]/gu, ""), known.replaceAll(/[._-]/gu, ""));
  if (letters <= (known.length > 8 ? 3 : 1)) return letters;
  const shared = sharedWords(key, known);
  const most = Math.max(wordsOf(key).length, wordsOf(known).length);
  return shared >= 3 || (shared >= 2 && shared === wordsOf(known).length)
    ? 10 + (most - shared)
    : Infinity;
}

/**
 * What a key that the engine does not know was probably meant to be; "unknown" where it is none of the engine's, although
 * it looks like one; undefined where it may well be a plugin's own.
 *
 * @param known keys that are looked for
 */
export function misspelledSetting(
  key: string,
  section: Exclude<SectionType, "other" | "custom">,
  known: Readonly<Record<string, readonly SectionType[]>>,
): string | undefined {
  if (settingRow(section, key) !== undefined || OF_PLUGINS.has(key)) return undefined;
  const [best] = Object.keys(known)
    .map((candidate) => ({
      candidate,
      far: unlikeness(key, candidate) + (known[candidate]?.includes(section) === true ? 0 : 0.5),
    }))
    .filter(({ far }) => far < Infinity)
    .sort((left, right) => left.far - right.far);
  if (best !== undefined) return best.candidate;
  return /^(?:storage|scheduler|hot_reload)\b/u.test(key) ? "unknown" : undefined;
}
