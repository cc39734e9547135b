import { UserError } from "../errors/user-error.ts";
import type { Routing } from "../../models/description.ts";

/** The masks that chunks of an input may have: all outputs, every non-empty subset in increasing binary order, or a fixed one. */
export function masksOf(
  outputs: number,
  routing: Routing,
  input: number,
): readonly (readonly number[])[] {
  const all = Array.from({ length: outputs }, (_, output) => output);
  if (routing === "all") return [all];
  if (routing === "any") return subsetsOf(all);
  const fixed = routing[input];
  if (fixed === undefined) throw new UserError(`routing has no mask for input ${input}`);
  return [fixed];
}

/** Every non-empty subset, in increasing binary order. */
export function subsetsOf(all: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** all.length - 1 }, (_, index) =>
    all.filter((__, position) => (((index + 1) >> position) & 1) === 1),
  );
}
