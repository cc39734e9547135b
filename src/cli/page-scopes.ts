import type { Release } from "../../models/description.ts";
import { parameterNames, type Parameters } from "../../models/parameters.ts";
import { ownParameters } from "../compile/own-parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import type { PropertyResult, ScopeResult } from "../explore/check-scope.ts";
import type { PathStep } from "../explore/path.ts";
import { endlessWaits } from "../report/lasso-words.ts";
import { scopeWords } from "../report/scope-words.ts";
import { countWords } from "../report/simulation-words.ts";
import { actionKey } from "../inspect/action-key.ts";
import { chartsOfScope } from "../inspect/charts/charts-of-scope.ts";
import { packScope } from "../inspect/packed-scope.ts";
import type { PageProperty, PageScope } from "../inspect/page-data.ts";
import { pinnedScopes } from "../analysis/pinned-scopes.ts";
import { scopeWith } from "./scope-with.ts";

function keysOf(steps: readonly PathStep[]): readonly string[] {
  return steps.map(({ taken }) => actionKey(taken));
}

/** The verdict on a property as a page shows it. */
export function pageProperty(property: PropertyResult): PageProperty {
  const { property: name, meaning, verdict, vacuous, path, length, pointOfNoReturn } = property;
  const lasso = property.lasso();
  return {
    name,
    meaning,
    verdict,
    vacuous,
    path: path === null ? null : keysOf(path.steps),
    hasLength: length !== null,
    lasso:
      lasso === null
        ? null
        : {
            approach: keysOf(lasso.approach),
            loop: keysOf(lasso.loop),
            waits: endlessWaits(lasso),
          },
    pointOfNoReturn,
  };
}

/** A pinned scope has the name that it has on every page; another one is named after its sizes. */
function nameOf(release: Release, { parameters }: Scope): string {
  const pinned = pinnedScopes.find(({ settings }) => {
    const known = scopeWith(release, settings).parameters;
    return parameterNames.every((name) => known[name] === parameters[name]);
  });
  return pinned?.title ?? scopeWords(parameters);
}

function coverageWords({ complete, endedBy, counts }: ScopeResult): string {
  const { labelled, canonical, transitions } = counts;
  const states = `${countWords(labelled)} states (${countWords(canonical)} if it does not matter which chunk is which)`;
  return complete
    ? `${states} and ${countWords(transitions)} transitions: all of them were tried`
    : `The search ended at ${endedBy ?? "a bound"}, after ${states}; what lies beyond was not tried`;
}

/** A scope as a page shows it, with the verdicts if it was judged. */
export function pageScope(
  release: Release,
  scope: Scope,
  group: string,
  result: ScopeResult | null,
): PageScope {
  return {
    scope: packScope(scope),
    name: group === "" ? nameOf(release, scope) : group,
    group,
    summary: release.summary,
    realTaskMapSize: release.realTaskMapSize,
    charts: chartsOfScope(release.describe(scope.parameters), scope),
    judged:
      result === null
        ? null
        : {
            coverage: coverageWords(result),
            complete: result.complete,
            states: result.counts.canonical,
            properties: result.properties.map(pageProperty),
          },
  };
}

const own = new Set([
  "releaseOnClose",
  "checkMapFirst",
  "detachOnOutputExit",
  "evictIdleWhenMapFull",
]);

/** The other releases at the sizes of a scope, each with its own rules. */
export function otherScopes(
  releases: readonly Release[],
  { release: name, parameters }: Scope,
  group: string,
): readonly PageScope[] {
  return releases
    .filter((release) => release.name !== name)
    .map((release) => {
      const sizes = Object.fromEntries(
        Object.entries(parameters).filter(
          ([key, value]) =>
            release.applies.some((known) => known === key) &&
            !own.has(key) &&
            !(
              key === "overLimitQuota" &&
              (value === 0 || release.least.overLimitQuota === undefined)
            ),
        ),
      );
      const asked: Parameters = { ...ownParameters(release), ...sizes };
      return pageScope(release, scopeOf(release, asked), group, null);
    });
}
