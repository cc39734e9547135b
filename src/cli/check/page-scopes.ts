import type { Release } from "../../../models/description.ts";
import { ownParameters } from "../../compile/own-parameters.ts";
import { type Scope, scopeOf, slotsOf } from "../../compile/scope.ts";
import type { PropertyResult, ScopeResult } from "../../explore/check-scope.ts";
import type { PathStep } from "../../explore/path.ts";
import { endlessWaits } from "../../report/scope/lasso-words.ts";
import { scopeWords } from "../../report/scope/scope-words.ts";
import { countWords } from "../../report/simulation/simulation-words.ts";
import { actionKey } from "../../inspect/action-key.ts";
import { chartsOfScope } from "../../inspect/charts/charts-of-scope.ts";
import { packScope } from "../../inspect/packed-scope.ts";
import type { PageProperty, PageScope } from "../../inspect/page-data.ts";
import { pinnedScopes } from "../../analysis/pinned-scopes.ts";
import { scopeWith } from "../../analysis/scope-with.ts";
import { sizesOf } from "../../../models/system.ts";
import { fluentBitSystem } from "../../../models/fluent-bit-system.ts";

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
function nameOf(release: Release, scope: Scope): string {
  const { system, parameters } = scope;
  const pinned = pinnedScopes.find(({ settings }) => {
    if (system.name !== fluentBitSystem.name) return false;
    const known = scopeWith(release, settings).parameters;
    return system.declared.every(({ name }) => known[name] === parameters[name]);
  });
  return pinned?.title ?? scopeWords(scope);
}

function coverageWords({ complete, endedBy, counts, scope }: ScopeResult): string {
  const { labelled, canonical, transitions } = counts;
  const states = `${countWords(labelled)} states (${countWords(canonical)} if it does not matter which ${scope.system.slots.noun} is which)`;
  return complete
    ? `${states} and ${countWords(transitions)} transitions: all of them were tried`
    : `The search ended at ${endedBy ?? "a bound"}, after ${states}; what lies beyond was not tried`;
}

/** How large the scope is, and how large the real engine. */
function sizesSentence({ realLimits = {} }: Release, scope: Scope): string {
  const { system, parameters } = scope;
  const slots = slotsOf(scope);
  const limits = system.limits.filter(({ name }) => name in parameters);
  const isSmaller = limits.every(
    ({ name, value, least }) => least === 0 || value(parameters) < (realLimits[name] ?? Infinity),
  );
  const words = limits.flatMap(({ name, value }) => {
    const size = value(parameters);
    const label = system.declared.find((one) => one.name === name)?.label ?? name;
    const real = realLimits[name] === undefined ? "" : ` (really ${realLimits[name]})`;
    return size === 0 ? [] : [`${label} ${size}${real}`];
  });
  const outputs = system.outputs === 0 ? [] : [manyOf(system.outputs, "output")];
  return `${isSmaller ? "Shrunk to" : "Here:"} ${[manyOf(slots, system.slots.noun), ...words, ...outputs].join(", ")}`;
}

function manyOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
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
    sizes: sizesSentence(release, scope),
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
  { release: name, parameters, system }: Scope,
  group: string,
): readonly PageScope[] {
  return releases
    .filter((release) => release.name !== name && release.system.name === system.name)
    .map((release) => {
      const optional = new Set(
        sizesOf(release.system).flatMap((one) => (one.isOf === "optional size" ? [one.name] : [])),
      );
      const sizes = Object.fromEntries(
        Object.entries(parameters).filter(
          ([key, value]) =>
            release.applies.some((known) => known === key) &&
            !own.has(key) &&
            !(optional.has(key) && (value === 0 || release.least[key] === undefined)),
        ),
      );
      const asked = { ...ownParameters(release), ...sizes };
      return pageScope(release, scopeOf(release, asked), group, null);
    });
}
