import type { Release } from "../../../models/description.ts";
import { conformScope, plannedScopes, type ConformScope } from "../../conform/conform-scopes.ts";
import { systemPlans } from "../../conform/system-plans.ts";
import { scopeSuites, type ScopeSuites } from "../../conform/scope-suites.ts";
import { BadInput } from "../bad-input.ts";
import { knownTraps } from "../check/known-traps.ts";
import { parametersOf } from "./scope-arguments.ts";

/** What of the command line says which suites to make. */
export interface SuiteOptions {
  readonly set: readonly string[];
  readonly random: number;
  readonly length: number;
  readonly seed: number;
}

/**
 * The scopes of these releases: the one that was asked for, or the planned ones. The first scope of each release comes
 * first, then the second of each: what is wrong in one release only is found soon.
 *
 * @param leaveOut parameters that stay as the release has them
 */
export function scopesFor(
  releases: readonly Release[],
  set: readonly string[],
  leaveOut: readonly string[] = [],
): readonly ConformScope[] {
  if (set.length > 0) {
    const plan = { name: "chosen", title: "as chosen" };
    return releases.map((release) => conformScope(release, parametersOf(release, set), plan));
  }
  const planned = releases.flatMap((release) =>
    plannedScopes(release, systemPlans(release.system), leaveOut).map((scope, order) => ({
      scope,
      order,
    })),
  );
  return planned.toSorted((a, b) => a.order - b.order).map(({ scope }) => scope);
}

/**
 * The suites of scopes, made one scope after another as they are needed; a scope without any is left out.
 *
 * @param supports whether an action that is none of the release may be tried, to see it refused
 * @throws BadInput if no scope has any.
 */
export function* suitesFor(
  scopes: readonly ConformScope[],
  { random: walks, length: walkLength, seed }: Omit<SuiteOptions, "set">,
  supports: (action: string) => boolean = () => true,
): Generator<ScopeSuites> {
  let nothing = true;
  for (const scope of scopes) {
    const made = scopeSuites(scope, { trapsOf: knownTraps, supports, walks, walkLength, seed });
    if (made.suites.length === 0) continue;
    nothing = false;
    yield made;
  }
  if (nothing) {
    throw new BadInput(
      "there is nothing to try: the scope is too large for all but random walks, and --random is 0",
    );
  }
}
