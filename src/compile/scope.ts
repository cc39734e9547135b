import { valueOr } from "../errors/checked-access.ts";
import type { LinearBound, Release } from "../../models/description.ts";
import { numberIn, type Values } from "../../models/system.ts";
import { compile } from "./compile.ts";
import type { CompiledSystem } from "./compiled-system.ts";
import { boundTerms } from "./guards.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** A system with its sizes: what can be explored, stepped through and judged. */
export interface Scope {
  readonly release: string;
  readonly parameters: Values;
  readonly system: CompiledSystem;
}

/** N: how many slots there are. */
export function slotsOf({ system, parameters }: Pick<Scope, "system" | "parameters">): number {
  return numberIn(parameters, system.slots.parameter);
}

/**
 * The value of a limit in a scope.
 *
 * @throws DescriptionError if the system declares no limit of that name
 */
export function limitValue(
  { system, parameters }: Pick<Scope, "system" | "parameters">,
  name: string,
): number {
  const limit = system.limits.find((one) => one.name === name);
  if (limit === undefined) throw new DescriptionError(`no limit is called ${name}`);
  return limit.value(parameters);
}

/** Bounds that were asked for before: guards are decided often. */
const knownBounds = new WeakMap<Values, Map<LinearBound, number>>();

/**
 * The value of a bound in a scope.
 *
 * @throws DescriptionError if the bound speaks of a limit that the system does not declare.
 */
export function boundValue(
  bound: LinearBound,
  { system, parameters }: Pick<Scope, "system" | "parameters">,
): number {
  const known = knownBounds.get(parameters) ?? new Map<LinearBound, number>();
  knownBounds.set(parameters, known);
  let value = known.get(bound);
  if (value === undefined) {
    value = boundTerms(bound).reduce((sum, [name, factor]) => {
      const value =
        name === system.slots.parameter
          ? slotsOf({ system, parameters })
          : limitValue({ system, parameters }, name);
      return sum + factor * value;
    }, bound.constant);
    known.set(bound, value);
  }
  return value;
}

/**
 * The system of a release at these sizes.
 *
 * @param masks the routes masks that chunks can have, where they are known better than `routing` says
 * @param masksOfInputs the same for each input by itself
 * @throws RangeError if a machine or a slot has more local states than can be tabulated.
 */
export function scopeOf(
  release: Release,
  parameters: Values,
  masks?: readonly (readonly number[])[],
  masksOfInputs?: readonly (readonly (readonly number[])[])[],
): Scope {
  const description = release.describe(parameters);
  const { least } = release;
  const limits = description.limits.map((limit) => ({
    ...limit,
    least: Math.max(limit.least, valueOr(least, limit.name, 0)),
  }));
  return {
    release: release.name,
    parameters,
    system: compile({ ...description, limits }, masks, masksOfInputs),
  };
}
