const milliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/u;
const part = /(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h|d)/gu;

function isUnit(text: string): text is keyof typeof milliseconds {
  return Object.hasOwn(milliseconds, text);
}

/** Does a word look like a duration, such as `90s` or `1h30m`? */
export function isDuration(word: string): boolean {
  return duration.test(word);
}

/**
 * Reads a duration: numbers with the units `d`, `h`, `m`, `s` and `ms`, one after the other.
 *
 * @returns seconds, or undefined if it is none
 */
export function parseDuration(word: string): number | undefined {
  if (!isDuration(word)) return undefined;
  let sum = 0;
  for (const { groups } of word.matchAll(part)) {
    const unit = groups?.["unit"] ?? "";
    if (isUnit(unit)) sum += Number(groups?.["amount"]) * milliseconds[unit];
  }
  return sum / 1000;
}
