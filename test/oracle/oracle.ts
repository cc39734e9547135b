import type { Counts, Graph, Node } from "./graph.ts";
import { countsOf, graphOfOrbits, reachableGraph, reachesMoreThan } from "./graph.ts";
import { breakerRules } from "./breaker-rules.ts";
import type { OracleParameters, ReleaseParameters } from "./parameters.ts";
import { parkRules } from "./park-rules.ts";
import type { TwoParts } from "./progress.ts";
import {
  endlessStates,
  stalledStates,
  unclosableStates,
  undeliverableStates,
  unisolatedStates,
  unresumableStates,
  violatesFairIsolation,
  violatesInputResumesFair,
  violatesStarvation,
} from "./progress.ts";
import type {
  PropertyName,
  StateProperty,
  TransitionProperty,
  TwoPartProperty,
  VerdictProperty,
} from "./property.ts";
import type { Parts } from "./reference/reference-row.ts";
import { releaseRules } from "./release/release-rules.ts";

export interface Judgement {
  readonly verdict: "holds" | "violated";
  /** Actions on a shortest path to a violation; absent where it holds, and where only a verdict is given. */
  readonly length?: number;
}

/** Counts and verdicts of one scope. */
export interface OracleResult extends Counts {
  /** Every property; one that has nothing to say about the scope holds. */
  readonly properties: Readonly<Record<PropertyName, Judgement>>;
  /** The shortest lengths of the parts of the properties that have two. */
  readonly parts: Readonly<Record<TwoPartProperty, Parts>>;
}

/** What can be said of a scope without telling its slots apart: nothing that asks who acted. */
type OrbitProperty = Exclude<PropertyName, TwoPartProperty | VerdictProperty>;

/** Counts and verdicts of a scope whose labelled states are too many to be listed. */
export interface OrbitResult extends Counts {
  readonly properties: Readonly<Record<OrbitProperty, Judgement>>;
}

/**
 * Explores every labelled state of the scope and judges every property: a second, naive implementation of the
 * semantics to hold the explorer against. Meant for up to some 100,000 states.
 */
export function exploreOracle(parameters: OracleParameters): OracleResult {
  const graph = graphOf(parameters, "labelled");
  const { nodes } = graph;
  const { chunks, outputs = 1 } = parameters;
  const inputs = "inputs" in parameters ? (parameters.inputs ?? 1) : 1;
  const recovery = partsOf({
    a: undeliverableStates(nodes, outputs),
    b: unclosableStates(nodes, chunks),
  });
  const inputResumes = partsOf(unresumableStates(nodes, inputs));
  const shutdownEnds = partsOf(endlessStates(nodes));
  return {
    ...countsOf(graph),
    properties: {
      ...judgeOrbits(graph, outputs),
      recovery: either(recovery),
      inputResumes: either(inputResumes),
      shutdownEnds: either(shutdownEnds),
      isolationFair: verdict(violatesFairIsolation(nodes, chunks, outputs, "offline")),
      isolationHangFair: verdict(violatesFairIsolation(nodes, chunks, outputs, "hung")),
      noStarvation: verdict(violatesStarvation(nodes, chunks)),
      inputResumesFair: verdict(violatesInputResumesFair(nodes, inputs)),
    },
    parts: { recovery, inputResumes, shutdownEnds },
  };
}

/** Explores the states of the scope up to the order of slots, and says what that can say. */
export function exploreOrbits(parameters: OracleParameters): OrbitResult {
  const graph = graphOf(parameters, "orbits");
  return { ...countsOf(graph), properties: judgeOrbits(graph, parameters.outputs ?? 1) };
}

/** Whether a scope has more labelled states than this; looks no further than needed. */
export function hasMoreStatesThan(most: number, parameters: ReleaseParameters): boolean {
  return reachesMoreThan(most, releaseRules(parameters));
}

function graphOf(parameters: OracleParameters, states: "labelled" | "orbits"): Graph {
  const build = states === "labelled" ? reachableGraph : graphOfOrbits;
  if (parameters.park === "breaker") {
    return build(breakerRules(parameters));
  }
  return parameters.park === true ? build(parkRules(parameters)) : build(releaseRules(parameters));
}

function judgeOrbits({ nodes }: Graph, outputs: number): Record<OrbitProperty, Judgement> {
  const inStates = (property: StateProperty): Judgement =>
    shortest(nodes.filter(({ unsafe }) => unsafe.includes(property)));
  const inTransitions = (property: TransitionProperty): Judgement =>
    shortest(
      nodes.filter(({ out }) => out.some(({ breaks }) => breaks.includes(property))),
      1,
    );
  return {
    memoryBound: inStates("memoryBound"),
    quotaConserved: inStates("quotaConserved"),
    flushingIsMapped: inStates("flushingIsMapped"),
    taskMapBound: inStates("taskMapBound"),
    ownerAlive: inStates("ownerAlive"),
    pauseOwned: inStates("pauseOwned"),
    taskAlive: inStates("taskAlive"),
    limitHolds: inStates("limitHolds"),
    diskBound: inStates("diskBound"),
    noLoss: inTransitions("noLoss"),
    lossOnlyByLimit: inTransitions("lossOnlyByLimit"),
    neverExits: inTransitions("neverExits"),
    keptOrDelivered: inTransitions("keptOrDelivered"),
    neverStuck: shortest(stalledStates(nodes)),
    isolation: shortest(unisolatedStates(nodes, outputs)),
  };
}

function leastDepth(nodes: readonly Node[]): number | null {
  return nodes.reduce<number | null>((least, { depth }) => Math.min(least ?? depth, depth), null);
}

function shortest(nodes: readonly Node[], more = 0): Judgement {
  const depth = leastDepth(nodes);
  return depth === null ? { verdict: "holds" } : { verdict: "violated", length: depth + more };
}

function partsOf({ a, b }: TwoParts): Parts {
  return { a: leastDepth(a), b: leastDepth(b) };
}

function either({ a, b }: Parts): Judgement {
  return a === null && b === null
    ? { verdict: "holds" }
    : { verdict: "violated", length: Math.min(a ?? Infinity, b ?? Infinity) };
}

function verdict(violated: boolean): Judgement {
  return { verdict: violated ? "violated" : "holds" };
}
