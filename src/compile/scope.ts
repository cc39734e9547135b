import type { LinearBound, Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { compile } from "./compile.ts";
import type { CompiledSystem } from "./compiled-system.ts";

/** A system with its sizes: what can be explored, stepped through and judged. */
export interface Scope {
  readonly release: string;
  readonly parameters: Parameters;
  readonly system: CompiledSystem;
}

/** The value of a bound for these parameters. */
export function boundValue(bound: LinearBound, parameters: Parameters): number {
  return (
    bound.constant +
    (bound.taskMapSize ?? 0) * parameters.taskMapSize +
    (bound.maxChunksUp ?? 0) * parameters.maxChunksUp +
    (bound.overLimitQuota ?? 0) * parameters.overLimitQuota
  );
}

/**
 * The system of a release at these sizes.
 *
 * @param masks the routes masks that chunks can have, where they are known better than `routing` says
 * @throws RangeError if a machine or a slot has more local states than can be tabulated.
 */
export function scopeOf(
  release: Release,
  parameters: Parameters,
  masks?: readonly (readonly number[])[],
): Scope {
  const shape = masks === undefined ? parameters : { ...parameters, masks };
  return {
    release: release.name,
    parameters,
    system: compile(release.describe(parameters), shape),
  };
}
