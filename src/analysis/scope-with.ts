import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import { movedUp } from "../compile/own-parameters.ts";

/** A release with these settings, moved up to where it can move; those that mean nothing to it are left out. */
export function scopeWith(release: Release, settings: Partial<Parameters>): Scope {
  const applying = Object.fromEntries(
    Object.entries(settings).filter(([name]) => release.applies.some((known) => known === name)),
  );
  return scopeOf(
    release,
    movedUp(release, { ...defaultParameters, ...release.defaults, ...applying }),
  );
}
