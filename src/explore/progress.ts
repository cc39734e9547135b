import { Deliverability, firstCutOff } from "./deliverability.ts";
import { fairRuns } from "./fairness.ts";
import { judgeStalled } from "./safety.ts";
import type { StateGraph } from "./state-graph.ts";
import type { Verdict, Violation } from "./verdict.ts";

/** Judges the progress properties of a graph; what they share is worked out once. */
export class ProgressJudge {
  readonly #graph: StateGraph;
  readonly #everyOutput: number;
  #deliverability: Deliverability | null = null;

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

  #recovery(): Verdict {
    const { met, found } = firstCutOff(
      this.#graph,
      this.deliverability,
      (online) => online === this.#everyOutput,
    );
    const { first: endless } = this.#firstFairRun("live", ["engine"], this.#everyOutput);
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
    if (outputs < 2) return verdictOf("isolationFair", false, null);
    let anyMet = false;
    for (let output = 1; output < outputs; output++) {
      const online = this.#everyOutput & ~1;
      const { met, first: state } = this.#firstFairRun(output, ["engine", "input"], online);
      if (state !== null) return verdictOf("isolationFair", true, { state, edge: null, output });
      anyMet ||= met;
    }
    return verdictOf("isolationFair", anyMet, null);
  }

  #starvation(): Verdict {
    const { met, first } = this.#firstFairRun("live", ["engine", "input"], this.#everyOutput);
    const violation = first === null ? null : { state: first, edge: null, output: null };
    return verdictOf("starvation", met, violation);
  }

  #depth(state: number): number {
    let depth = 0;
    for (let at = state; at !== 0; at = this.#graph.parents.at(at)) depth++;
    return depth;
  }

  /**
   * The first state from which a fair run keeps some chunk live, or owed to an output, for ever; and whether any chunk
   * was so at all.
   */
  #firstFairRun(
    stays: "live" | number,
    agents: readonly ("engine" | "input")[],
    onlineOutputs: number,
  ): { readonly met: boolean; readonly first: number | null } {
    const { system } = this.#graph.scope;
    const { live, owed } = system.vocabulary;
    const weights = system.quantities[stays === "live" ? live : (owed[stays] ?? -1)]?.weights ?? [];
    const { tracked, nodes } = fairRuns(this.#graph, {
      states: (reader) => reader.running && reader.onlineOutputs === onlineOutputs,
      places: (place) => weights[place] === 1,
      agents,
    });
    let first: number | null = null;
    for (const node of nodes) {
      const state = tracked.stateOf[node] ?? 0;
      if (first === null || state < first) first = state;
    }
    return { met: tracked.size > 0, first };
  }
}

function verdictOf(property: string, met: boolean, violation: Violation | null): Verdict {
  return {
    property,
    verdict: violation === null ? "holds" : "violated",
    vacuous: !met,
    violation,
  };
}
