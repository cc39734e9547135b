import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import { releaseParameters } from "./scope-arguments.ts";

/** A release with these settings; those that mean nothing to it are left out. */
export function scopeWith(release: Release, settings: Partial<Parameters>): Scope {
  const applying = Object.fromEntries(
    Object.entries(settings).filter(([name]) => release.applies.some((known) => known === name)),
  );
  return scopeOf(release, { ...releaseParameters(release), ...applying });
}
