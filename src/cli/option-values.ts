import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number of at least 1. */
export function atLeastOne(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("a whole number of at least 1 is needed.");
  }
  return value;
}

/** Reads an option that may be given several times. */
export function collect(value: string, values: readonly string[]): readonly string[] {
  return [...values, value];
}
