import { InvalidArgumentError } from "commander";

/** What a timer can measure: its milliseconds have 31 bits. */
const longestSeconds = Math.floor((2 ** 31 - 1) / 1000);

function wholeNumberFrom(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    const range =
      most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`a whole number ${range} is needed.`);
  }
  return value;
}

/** Reads an option that is a whole number of at least 1. */
export function atLeastOne(text: string): number {
  return wholeNumberFrom(text, 1);
}

/** Reads an option that says how many whole seconds to wait for something: at least 1. */
export function secondsToWait(text: string): number {
  return wholeNumberFrom(text, 1, longestSeconds);
}

/** Reads an option that is a whole number. */
export function wholeNumber(text: string): number {
  return wholeNumberFrom(text, 0);
}

/** Reads an option that may be given several times. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}
