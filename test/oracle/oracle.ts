import type { Graph, Node } from "./graph.ts";
import { reachableGraph } from "./graph.ts";
import { breakerRules } from "./breaker-rules.ts";
import type { OracleParameters } from "./parameters.ts";
import { parkRules } from "./park-rules.ts";
import {
  stalledStates,
  unisolatedStates,
  unrecoverableStates,
  violatesIsolationFair,
  violatesStarvation,
} from "./progress.ts";
import { releaseRules } from "./release-rules.ts";
import type { StateProperty } from "./rules.ts";

type PropertyName =
  StateProperty | "noLoss" | "stalled" | "recovery" | "isolation" | "isolationFair" | "starvation";

interface Judgement {
  readonly verdict: "holds" | "violated";
  /** Actions on a shortest path to a violation; absent where it holds, and where only a verdict is given. */
  readonly length?: number;
}

/** Counts and verdicts of one scope. */
export interface OracleResult {
  readonly labelledStates: number;
  readonly canonicalStates: number;
  readonly transitions: number;
  readonly selfLoops: number;
  readonly mostUp: number;
  /** Every property; one that has nothing to say about the scope holds. */
  readonly properties: Readonly<Record<PropertyName, Judgement>>;
}

/**
 * Explores every labelled state of the scope and judges every property: a second, naive implementation of the
 * semantics to hold the explorer against. Meant for up to some 100,000 states.
 */
export function exploreOracle(parameters: OracleParameters): OracleResult {
  const { nodes, canonicalStates } = graphOf(parameters);
  const { chunks, outputs = 1 } = parameters;
  const edges = nodes.flatMap((node) => node.out);
  const always = (property: StateProperty): Judgement =>
    shortest(nodes.filter((node) => node.unsafe.includes(property)).map(depthOf));

  return {
    labelledStates: nodes.length,
    canonicalStates,
    transitions: edges.length,
    selfLoops: edges.filter((edge) => edge.from === edge.to).length,
    mostUp: nodes.reduce((most, { up }) => Math.max(most, up), 0),
    properties: {
      memoryBound: always("memoryBound"),
      quotaConserved: always("quotaConserved"),
      flushingIsMapped: always("flushingIsMapped"),
      taskMapBound: always("taskMapBound"),
      ownerAlive: always("ownerAlive"),
      noLoss: shortest(edges.filter((edge) => edge.loses).map((edge) => edge.from.depth + 1)),
      stalled: shortest(stalledStates(nodes).map(depthOf)),
      recovery: shortest(unrecoverableStates(nodes, chunks, outputs).map(depthOf)),
      isolation: shortest(unisolatedStates(nodes, outputs).map(depthOf)),
      isolationFair: {
        verdict: violatesIsolationFair(nodes, chunks, outputs) ? "violated" : "holds",
      },
      starvation: { verdict: violatesStarvation(nodes, chunks) ? "violated" : "holds" },
    },
  };
}

function graphOf(parameters: OracleParameters): Graph {
  if (parameters.park === "breaker") {
    return reachableGraph(breakerRules(parameters));
  }
  return parameters.park === true
    ? reachableGraph(parkRules(parameters))
    : reachableGraph(releaseRules(parameters));
}

function depthOf({ depth }: Node): number {
  return depth;
}

function shortest(lengths: readonly number[]): Judgement {
  return lengths.length === 0
    ? { verdict: "holds" }
    : { verdict: "violated", length: lengths.reduce((least, length) => Math.min(least, length)) };
}
