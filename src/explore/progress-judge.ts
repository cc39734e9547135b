import type {
  CompiledClause,
  CompiledPending,
  CompiledProgress,
  SharedState,
} from "../compile/compiled-system.ts";
import { regionOf, type EndlessClaim } from "./endless-claim.ts";
import { fairRuns, type FairRuns } from "./fairness.ts";
import { lassoAfter, stuckLoop, type Lasso } from "./lasso.ts";
import type { Path } from "./path.ts";
import { ReachableEnds } from "./reachable-ends.ts";
import { agentBits } from "./move-kinds.ts";
import { edgeIsIdentity, isTakenBy, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import type { ClauseVerdict, Verdict } from "./verdict.ts";
import { guardHolds } from "../compile/conditions.ts";

/** Where a clause is violated, and what waits there. */
interface Found {
  readonly state: number;
  readonly pending: CompiledPending;
}

interface Judged {
  readonly met: boolean;
  readonly found: Found | null;
}

/** Judges the progress properties of a graph; what they share is worked out once. */
export class ProgressJudge {
  readonly #graph: StateGraph;
  readonly ends: ReachableEnds;
  readonly #reader: StateReader;
  /** The fair runs of the claims that were found violated. */
  readonly #runs = new Map<string, FairRuns>();

  /** @param graph a graph with symmetry */
  constructor(graph: StateGraph) {
    if (!graph.symmetry) throw new Error("progress is judged on the canonical graph");
    this.#graph = graph;
    this.ends = new ReachableEnds(graph);
    this.#reader = new StateReader(graph);
  }

  /**
   * Judges a progress property. Where one of its clauses asks for more than that something is enabled, it can only be
   * judged on a complete graph.
   */
  judge(property: CompiledProgress): Verdict {
    const { name, clauses } = property;
    if (!this.#graph.complete && clauses.some(({ modality }) => modality !== "acts")) {
      return { property: name, verdict: "unknown", vacuous: false, violation: null, clauses: [] };
    }
    const judged = clauses.map((clause) => this.#judgeClause(clause, property.hasLength));
    const nearest = judged.reduce<number>((best, { found }, index) => {
      if (found === null) return best;
      const before = judged[best]?.found ?? null;
      return before === null || this.#depth(found.state) < this.#depth(before.state) ? index : best;
    }, -1);
    const found = judged[nearest]?.found ?? null;
    return {
      property: name,
      verdict: found !== null ? "violated" : this.#graph.complete ? "holds" : "unknown",
      vacuous: !judged.some(({ met }) => met),
      violation:
        found === null
          ? null
          : {
              state: found.state,
              edge: null,
              output: found.pending.kind === "delivery" ? found.pending.output : null,
              clause: nearest,
              pending: found.pending,
            },
      clauses: judged.map(({ found: at }, index): ClauseVerdict => ({
        modality: clauses[index]?.modality ?? "acts",
        length: at === null ? null : this.#depth(at.state),
      })),
    };
  }

  /**
   * How a run goes on for ever after the path into a violation of a progress property.
   *
   * @param verdict what was judged of the property, by this judge
   * @returns null where the property is not violated
   */
  lasso(property: CompiledProgress, { violation }: Verdict, path: Path): Lasso | null {
    const clause = property.clauses[violation?.clause ?? -1];
    if (violation?.pending === undefined || clause === undefined) return null;
    if (clause.modality === "keepsActing") return null;
    const end = path.steps.at(-1)?.after ?? path.initial;
    const claim: EndlessClaim = {
      pending: violation.pending,
      agents: clause.modality === "must" ? clause.agents : ["engine"],
      phases: clause.phases,
      outputs: clause.outputs ?? this.#outputsIn(violation.state),
    };
    return clause.modality === "acts"
      ? stuckLoop(this.#graph, end, claim)
      : lassoAfter(this.#runsOf(claim, property.hasLength), violation.state, end, claim);
  }

  /**
   * The first progress property that a state itself violates, whatever run goes on from it: nobody acts who must, or what
   * waits cannot come to its end. Null if there is none; what is owed by fairness is a matter of runs.
   */
  violatedIn(state: number): string | null {
    this.#reader.read(state);
    const isViolated = (clause: CompiledClause): boolean => {
      const isOfRuns = clause.modality === "must" || clause.modality === "keepsActing";
      if (isOfRuns || !this.#concerns(this.#reader, clause)) return false;
      const waiting = clause.pending.filter((pending) => this.#waits(this.#reader, pending));
      return clause.modality === "acts"
        ? waiting.length > 0 && !this.#someoneActs(state, clause)
        : waiting.some((pending) => !this.ends.can(state, pending, clause.agents));
    };
    const { progress } = this.#graph.scope.system;
    return progress.find(({ clauses }) => clauses.some(isViolated))?.name ?? null;
  }

  #judgeClause(clause: CompiledClause, withLength: boolean): Judged {
    switch (clause.modality) {
      case "acts":
        return this.#acts(clause);
      case "keepsActing":
        return this.#keepsActing(clause);
      case "can":
        return this.#can(clause);
      case "must":
        return this.#must(clause, withLength);
    }
  }

  /** Whether the reader's state is one that the clause speaks of. */
  #concerns(reader: StateReader, { phases, outputs }: CompiledClause): boolean {
    if (!phases.some((state) => reader.is(state))) return false;
    return outputs === null
      ? this.#graph.scope.system.vocabulary.online.some((state) => !reader.is(state))
      : outputs.every((state) => reader.is(state));
  }

  /** What waits in the reader's state. */
  #waits(reader: StateReader, pending: CompiledPending): boolean {
    if (pending.kind === "machine") {
      return !reader.is({ machine: pending.machine, state: pending.until });
    }
    if (pending.kind === "guard") {
      const { scope } = this.#graph;
      return pending.where.every((guard) => guardHolds(guard, scope, reader.amounts));
    }
    if (pending.kind === "delivery" && !reader.isOnline(pending.output)) return false;
    return (reader.amounts[pending.quantity] ?? 0) > 0;
  }

  #acts(clause: CompiledClause): Judged {
    const { findings } = this.#graph;
    if (findings === null) throw new Error("what is judged was found out by the search");
    const claim = findings.properties.length + findings.clauses.indexOf(clause);
    const met = findings.met[claim] === 1;
    const state = findings.first[claim] ?? -1;
    if (state < 0) return { met, found: null };
    this.#reader.read(state);
    const pending = clause.pending.find((one) => this.#waits(this.#reader, one));
    return { met, found: pending === undefined ? null : { state, pending } };
  }

  /** From nowhere do the agents alone lead to where something waits and nobody acts. */
  #keepsActing(clause: CompiledClause): Judged {
    const graph = this.#graph;
    const reader = new StateReader(graph);
    const bits = agentBits(clause.agents);
    const waitsIn = (state: number): CompiledPending | undefined => {
      reader.read(state);
      if (!this.#concerns(reader, clause)) return undefined;
      return clause.pending.find((one) => this.#waits(reader, one));
    };
    const dead: number[] = [];
    let met = false;
    for (let state = 0; state < graph.expanded; state++) {
      const pending = waitsIn(state);
      if (pending === undefined) continue;
      met = true;
      if (!this.#someoneActs(state, clause)) dead.push(state);
    }
    const lead = this.ends.reverse.reaching(dead, (_, code) => isTakenBy(graph, code, bits));
    for (let state = 0; state < graph.states; state++) {
      if (lead[state] !== 1) continue;
      reader.read(state);
      if (!this.#concerns(reader, clause)) continue;
      const pending = waitsIn(state) ?? clause.pending[0];
      if (pending !== undefined) return { met, found: { state, pending } };
    }
    return { met, found: null };
  }

  #someoneActs(state: number, { agents }: CompiledClause): boolean {
    const graph = this.#graph;
    const bits = agentBits(agents);
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const code = graph.edgeCodes.at(edge);
      if (edgeIsIdentity(code)) continue;
      if (isTakenBy(graph, code, bits)) return true;
    }
    return false;
  }

  #can(clause: CompiledClause): Judged {
    const reader = new StateReader(this.#graph);
    const ends = clause.pending.map((pending) => ({
      pending,
      states: this.ends.statesOf(pending, clause.agents),
    }));
    let met = false;
    for (let state = 0; state < this.#graph.states; state++) {
      reader.read(state);
      if (!this.#concerns(reader, clause)) continue;
      for (const { pending, states } of ends) {
        if (!this.#waits(reader, pending)) continue;
        met = true;
        if (states[state] !== 1) return { met, found: { state, pending } };
      }
    }
    return { met, found: null };
  }

  #must(clause: CompiledClause, withLength: boolean): Judged {
    const { agents, phases, outputs } = clause;
    if (outputs === null) throw new Error("fairness is judged with outputs that stay as they are");
    let met = false;
    let nearest: Found | null = null;
    for (const pending of clause.pending) {
      const runs = this.#runsOf({ pending, agents, phases, outputs }, withLength);
      met ||= runs.met;
      const state = firstState(runs, withLength ? runs.nodes : runs.core);
      if (state === null) continue;
      if (nearest === null || state < nearest.state) nearest = { state, pending };
      if (!withLength) break;
    }
    return { met, found: nearest };
  }

  #outputsIn(state: number): readonly SharedState[] {
    const reader = new StateReader(this.#graph);
    reader.read(state);
    return this.#graph.scope.system.vocabulary.online.map(({ machine }) => ({
      machine,
      state: reader.shared(machine),
    }));
  }

  #runsOf(claim: EndlessClaim, withLength: boolean): FairRuns {
    const key = JSON.stringify([claim, withLength]);
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const region = regionOf(this.#graph.scope.system, claim);
    const runs = fairRuns(this.#graph, region, withLength ? "ways" : "core");
    // Only what a lasso may be asked for is worth its memory.
    if (runs.core.length > 0) this.#runs.set(key, runs);
    return runs;
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
