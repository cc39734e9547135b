import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";

/** The scope that differs from the reference scope in these parameters; by Fluent Bit's own rules unless told. */
export function scopeFor(parameters: Partial<Parameters>, release: Release = v304): Scope {
  return scopeOf(release, { ...defaultParameters, ...parameters });
}
