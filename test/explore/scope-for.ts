import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import type { OracleParameters } from "../oracle/parameters.ts";

/** The scope that differs from the reference scope in these parameters; by Fluent Bit's own rules unless told. */
export function scopeFor(parameters: Partial<Parameters>, release: Release = v304): Scope {
  return scopeOf(release, { ...defaultParameters, ...parameters });
}

/** The scope that the oracle's parameters speak of; what they leave out has the default of the reference results. */
export function scopeForOracle(parameters: OracleParameters, park: Release = v304): Scope {
  const { park: parked = false, ...rest } = parameters;
  return scopeFor(rest, parked === false ? v304 : park);
}
