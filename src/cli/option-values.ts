import { InvalidArgumentError } from "commander";

function wholeNumberFrom(text: string, least: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidArgumentError(`a whole number of at least ${least} is needed.`);
  }
  return value;
}

/** Reads an option that is a whole number of at least 1. */
export function atLeastOne(text: string): number {
  return wholeNumberFrom(text, 1);
}

/** Reads an option that is a whole number. */
export function wholeNumber(text: string): number {
  return wholeNumberFrom(text, 0);
}

/** Reads an option that may be given several times. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}
