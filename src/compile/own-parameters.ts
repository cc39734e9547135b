import { valueOr } from "../errors/checked-access.ts";
import type { Release } from "../../models/description.ts";
import { defaultsOf, numberIn, sizesOf, type Value, type Values } from "../../models/system.ts";

/** Values without those that are undefined. */
function given(values: Readonly<Record<string, Value | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * A scope moved up to where a release can move at all: its limits grow by what the release needs beyond 1, the number of
 * slots by as much and by what it needs itself. An optional size is the release's own.
 */
export function movedUp(
  { least, system }: Pick<Release, "least" | "system">,
  parameters: Values,
): Values {
  const beyond = sizesOf(system).flatMap(({ name, isOf }) =>
    isOf === "size" ? [{ name, by: valueOr(least, name, 1) - 1 }] : [],
  );
  const all = beyond.reduce((sum, { by }) => sum + by, 0);
  const moved = beyond.map(({ name, by }): [string, number] => [
    name,
    numberIn(parameters, name) + (name === system.slots.parameter ? all : by),
  ]);
  return { ...parameters, ...Object.fromEntries(moved) };
}

/** The parameters of a release where nothing is set, at the default sizes: whether it can move there or not. */
export function unsetParameters({
  system,
  defaults,
}: Pick<Release, "system" | "defaults">): Values {
  return { ...defaultsOf(system), ...given(defaults) };
}

/** The parameters of a release where nothing is set. */
export function ownParameters(release: Release): Values {
  return movedUp(release, unsetParameters(release));
}

/** Why a size is too small for a release to move, as a sentence; `null` if none is. */
export function whyTooSmall({ name, least, system }: Release, parameters: Values): string | null {
  const small = sizesOf(system).find(
    (size) => numberIn(parameters, size.name) < valueOr(least, size.name, 0),
  );
  return small === undefined
    ? null
    : `${name} needs ${small.name} of at least ${valueOr(least, small.name, 0)}, not ${numberIn(parameters, small.name)}`;
}
