import { isStuck } from "../../compile/stuck.ts";
import { Stepper, type SystemState } from "../../compile/stepper.ts";
import type { Scope } from "../../compile/scope.ts";
import type { PageProperty } from "../page-data.ts";
import { replayRun, type Moment } from "../run.ts";
import { endingOf } from "./conclusion.ts";
import { whyFair } from "./loop-words.ts";
import type { Story } from "./told-story.ts";
import { hasCycle, needsOf, waitGraph, type WaitGraph } from "./wait-for.ts";

/** Nobody waits for anybody. */
const nobody: WaitGraph = { groups: [], resources: [], ways: [], holds: [] };

const numbers = ["no", "one", "two", "three", "four", "five", "six"];

const does: Readonly<Record<string, string>> = {
  neverStuck: "can deadlock",
  recovery: "can fail to recover",
  isolation: "can let one offline output cut off another",
  isolationFair: "can neglect an online output for ever",
  noStarvation: "can leave one chunk waiting for ever",
  noLoss: "can lose data",
  quotaConserved: "can leak its over-limit quota",
  ownerAlive: "can write into freed memory",
  memoryBound: "can have more chunks in memory than its limits allow",
};

/** A released version by its number; a fix as what it is. */
function engineName({ release, system }: Scope): string {
  const version = /^v(\d.*)$/.exec(release)?.[1];
  return version === undefined ? `${system.title} with ${release}` : `${system.title} ${version}`;
}

/** How many times an output goes away on the way, in words. */
function outageWords(moments: readonly Moment[], { system }: Scope): string {
  const outages = moments.filter(({ taken }) =>
    taken?.move.sets.some(({ machine, state }) =>
      system.vocabulary.online.some((one) => one.machine === machine && one.state !== state),
    ),
  ).length;
  if (outages === 0) return "without any outage";
  return outages === 1 ? "after one outage" : `after ${numbers[outages] ?? outages} outages`;
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function listed(names: readonly string[], word: string): string {
  return names.length < 2
    ? (names[0] ?? "")
    : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1) ?? ""}`;
}

/** For each group that waits, what it has, what it needs, and who has that. */
function waitSentences({ groups, resources, ways, holds }: WaitGraph): readonly string[] {
  return groups.flatMap(({ name, slots, parts }, group) => {
    const wanted = (resource: number): string => {
      const { name: what = "", count = "", leaked = 0 } = resources[resource] ?? {};
      const holders = holds
        .filter((held) => held.resource === resource)
        .map((held) => (held.group === group ? "themselves" : (groups[held.group]?.name ?? "")));
      const has = holders.length === 0 ? "" : `held by ${listed(holders, "and")}`;
      const lost = leaked === 0 ? "" : `${leaked} by nobody: leaked`;
      return `${what} (${[count, has, lost].filter((one) => one !== "").join(", ")})`;
    };
    const alternatives = (ways[group] ?? []).map((way) => listed(way.map(wanted), "and"));
    if (alternatives.length === 0) return [];
    const verb = slots.length === 1 ? "needs" : "need";
    return [capital(`${name} (${parts.join(", ")}) ${verb} ${listed(alternatives, "or")}`)];
  });
}

function whyOf(
  scope: Scope,
  property: PageProperty,
  waits: WaitGraph,
  end: Moment,
  loop: readonly SystemState[],
): readonly string[] {
  const lasso = property.lasso;
  if (!property.hasLength && lasso !== null) {
    return [
      ...waitSentences(waits).slice(0, 1),
      ...whyFair(scope, loop, lasso.waits).slice(0, 1).map(capital),
      endingOf(property),
    ];
  }
  const isClosed = isStuck(new Stepper(scope, end.state)) && hasCycle(waits);
  return [
    ...waitSentences(waits).slice(0, 2),
    isClosed
      ? "Each keeps what it has until it gets what it needs, so neither moves again, although every output is back. Only a restart ends it."
      : endingOf(property),
  ];
}

/** Tells a violated property of a page; null if it has no path. */
export function storyOf(scope: Scope, property: PageProperty): Story | null {
  const { path, lasso, hasLength } = property;
  if (path === null) return null;
  const { approach = [], loop = [] } = lasso ?? {};
  const { moments } = replayRun(scope, [...path, ...approach, ...loop]);
  const end = moments[path.length];
  if (end === undefined) return null;
  // Where a loop is the violation, somebody waits in one of its states, but not in each.
  const candidates = hasLength ? [end] : moments.slice(path.length);
  const graphs = candidates.map(({ state }) => waitGraph(new Stepper(scope, state)));
  const concerns = (graph: WaitGraph): boolean =>
    graph.groups.some(
      ({ slots, waits }, group) =>
        waits &&
        needsOf(graph, group).some((one) => graph.holds.some(({ resource }) => resource === one)) &&
        (lasso === null || hasLength || lasso.waits.some(({ slot }) => slots.includes(slot))),
    );
  const waits = graphs.find(concerns) ?? nobody;
  const what = does[property.name] ?? `can violate ${property.name}`;
  const when =
    property.name === "isolation"
      ? ""
      : ` ${outageWords(moments.slice(0, path.length + 1), scope)}`;
  const states = moments.slice(path.length + approach.length).map(({ state }) => state);
  return {
    headline: `${engineName(scope)} ${what}${when}.`,
    why: whyOf(scope, property, waits, end, states),
    waits,
  };
}
