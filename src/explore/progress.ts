import { Deliverability, firstCutOff } from "./deliverability.ts";
import { regionOf, type EndlessClaim } from "./endless-claim.ts";
import { fairRuns, type FairRuns } from "./fairness.ts";
import { lassoAfter, stuckLoop, type Lasso } from "./lasso.ts";
import type { Path } from "./path.ts";
import { judgeStalled } from "./safety.ts";
import type { StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import type { Verdict, Violation } from "./verdict.ts";

/** Judges the progress properties of a graph; what they share is worked out once. */
export class ProgressJudge {
  readonly #graph: StateGraph;
  readonly #everyOutput: number;
  #deliverability: Deliverability | null = null;
  /** The fair runs of the claims that were found violated. */
  readonly #found = new Map<string, FairRuns>();

  /** @param graph a graph with symmetry */
  constructor(graph: StateGraph) {
    if (!graph.symmetry) throw new Error("progress is judged on the canonical graph");
    this.#graph = graph;
    this.#everyOutput = 2 ** graph.scope.system.outputs - 1;
  }

  /** From which states something can still be delivered. */
  get deliverability(): Deliverability {
    this.#deliverability ??= new Deliverability(this.#graph);
    return this.#deliverability;
  }

  /** Judges the progress property of that name. Only `stalled` can be judged on an incomplete graph. */
  judge(property: "stalled" | "recovery" | "isolation" | "isolationFair" | "starvation"): Verdict {
    if (property === "stalled") return judgeStalled(this.#graph);
    if (!this.#graph.complete) {
      return { property, verdict: "unknown", vacuous: false, violation: null };
    }
    switch (property) {
      case "recovery":
        return this.#recovery();
      case "isolation":
        return this.#isolation();
      case "isolationFair":
        return this.#isolationFair();
      case "starvation":
        return this.#starvation();
    }
  }

  /**
   * How a run goes on for ever after the path into a violation of a progress property.
   *
   * @param verdict what was judged of the property, by this judge
   * @returns null where the property is not violated
   */
  lasso({ property, violation }: Verdict, path: Path): Lasso | null {
    const end = path.steps.at(-1)?.after ?? path.initial;
    const claim = this.#claimOf(property, violation);
    if (claim === null || violation === null) return null;
    if (property === "stalled") return stuckLoop(this.#graph, end, claim);
    return lassoAfter(this.#runsOf(claim), violation.state, end, claim);
  }

  /** What a run after a violation keeps waiting for ever; null where the violation is none of progress. */
  #claimOf(property: string, violation: Violation | null): EndlessClaim | null {
    const { outputs } = this.#graph.scope.system;
    const cutOff = violation?.output ?? null;
    switch (property) {
      case "stalled":
      case "recovery":
        return this.#withoutInput(cutOff ?? "live");
      case "isolation": {
        if (violation === null || cutOff === null) return null;
        const reader = new StateReader(this.#graph);
        reader.read(violation.state);
        return { stays: cutOff, agents: ["engine"], onlineOutputs: reader.onlineOutputs };
      }
      case "isolationFair":
        return outputs < 2 ? null : this.#withoutTheFirst(cutOff ?? 1);
      case "starvation":
        return this.#starving();
      default:
        return null;
    }
  }

  #withoutInput(stays: EndlessClaim["stays"]): EndlessClaim {
    return { stays, agents: ["engine"], onlineOutputs: this.#everyOutput };
  }

  #starving(): EndlessClaim {
    return { stays: "live", agents: ["engine", "input"], onlineOutputs: this.#everyOutput };
  }

  #withoutTheFirst(output: number): EndlessClaim {
    return { stays: output, agents: ["engine", "input"], onlineOutputs: this.#everyOutput & ~1 };
  }

  #runsOf(claim: EndlessClaim): FairRuns {
    const key = JSON.stringify(claim);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const runs = fairRuns(this.#graph, regionOf(this.#graph.scope.system, claim));
    // Only what a lasso may be asked for is worth its memory.
    if (runs.core.length > 0) this.#found.set(key, runs);
    return runs;
  }

  #recovery(): Verdict {
    const { met, found } = firstCutOff(
      this.#graph,
      this.deliverability,
      (online) => online === this.#everyOutput,
    );
    const runs = this.#runsOf(this.#withoutInput("live"));
    const endless = firstState(runs, runs.nodes);
    const nearest =
      found !== null && (endless === null || this.#depth(found.state) <= this.#depth(endless))
        ? { ...found, edge: null }
        : endless === null
          ? null
          : { state: endless, edge: null, output: null };
    return verdictOf("recovery", met, nearest);
  }

  #isolation(): Verdict {
    const { met, found } = firstCutOff(
      this.#graph,
      this.deliverability,
      (online) => online !== this.#everyOutput,
    );
    return verdictOf("isolation", met, found === null ? null : { ...found, edge: null });
  }

  #isolationFair(): Verdict {
    const { outputs } = this.#graph.scope.system;
    let anyMet = false;
    for (let output = 1; output < outputs; output++) {
      const runs = this.#runsOf(this.#withoutTheFirst(output));
      const state = firstState(runs, runs.core);
      if (state !== null) return verdictOf("isolationFair", true, { state, edge: null, output });
      anyMet ||= runs.tracked.size > 0;
    }
    return verdictOf("isolationFair", anyMet, null);
  }

  #starvation(): Verdict {
    const runs = this.#runsOf(this.#starving());
    const state = firstState(runs, runs.core);
    const violation = state === null ? null : { state, edge: null, output: null };
    return verdictOf("starvation", runs.tracked.size > 0, violation);
  }

  #depth(state: number): number {
    let depth = 0;
    for (let at = state; at !== 0; at = this.#graph.parents.at(at)) depth++;
    return depth;
  }
}

/** The first state of the graph among some nodes of a tracked graph; null if there are none. */
function firstState({ tracked }: FairRuns, nodes: readonly number[]): number | null {
  let first: number | null = null;
  for (const node of nodes) {
    const state = tracked.stateOf[node] ?? 0;
    if (first === null || state < first) first = state;
  }
  return first;
}

function verdictOf(property: string, met: boolean, violation: Violation | null): Verdict {
  return {
    property,
    verdict: violation === null ? "holds" : "violated",
    vacuous: !met,
    violation,
  };
}
