import type {
  CompiledPending,
  CompiledProgress,
  CompiledProperty,
  SharedState,
} from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import type { Findings } from "./findings.ts";
import { enabledActions, type EnabledActions } from "./enabled-actions.ts";
import { defaultLimits, explore, type ExploreOptions } from "./explore.ts";
import { modelCoverage, type ModelCoverage } from "./model-coverage.ts";
import { shortestPath, type Path } from "./path.ts";
import { pointOfNoReturn } from "./point-of-no-return.ts";
import { ProgressJudge } from "./progress-judge.ts";
import { offendingEdge, safetyVerdict, stateFinding, transitionFinding } from "./safety.ts";
import type { Lasso } from "./lasso.ts";
import type { StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict on one property, with the way into the violation where there is one to show. */
export interface PropertyResult {
  readonly property: string;
  readonly meaning: string;
  readonly verdict: Verdict["verdict"];
  /** Whether nothing that the property speaks of was met, or nothing is ever delivered. */
  readonly vacuous: boolean;
  /** A shortest path to the violation. For noStarvation and isolationFair it ends where the endless loop starts. */
  readonly path: Path | null;
  /** Actions on the path; null where the property has no shortest length. */
  readonly length: number | null;
  /** For a progress property, what was found out about each of its clauses. */
  readonly clauses: Verdict["clauses"];
  /** Index of the first step after which recovery is impossible; null where the question does not arise. */
  readonly pointOfNoReturn: number | null;
  /**
   * How a run goes on for ever after the path, while a chunk waits; null where the property is not one of progress, or
   * is not violated. Worked out when it is first asked for.
   */
  readonly lasso: () => Lasso | null;
}

/** Everything that a search found out about a scope. */
export interface ScopeResult {
  readonly scope: Scope;
  readonly complete: boolean;
  readonly endedBy: string | null;
  readonly visited: number;
  readonly counts: StateGraph["counts"];
  readonly enabled: EnabledActions;
  /** What was met of the model's branches and guards. Worked out when it is first asked for. */
  readonly coverage: () => ModelCoverage;
  readonly properties: readonly PropertyResult[];
}

/** How far the search may go, and whom to tell how far it is. */
export type CheckOptions = Partial<
  Pick<ExploreOptions, "maxStates" | "maxBytes" | "onProgress" | "ends">
>;

/**
 * Explores a scope up to permutation of slots and judges every property of its system.
 *
 * @throws RangeError if the scope cannot be explored at all: too many chunks or local states.
 */
export function checkScope(scope: Scope, options: CheckOptions = {}): ScopeResult {
  return judgeGraph(explore(scope, { ...defaultLimits, ...options, symmetry: true }));
}

/** Judges every property of a graph with symmetry. */
export function judgeGraph(graph: StateGraph): ScopeResult {
  const { scope } = graph;
  const { findings } = graph;
  if (findings === null) throw new Error("what is judged was found out by the search");
  const judge = new ProgressJudge(graph);
  const enabled = enabledActions(scope, findings);
  const properties = scope.system.properties.map((property): PropertyResult => {
    const { name, kind, meaning } = property;
    const verdict = judgeProperty(graph, findings, judge, property);
    const { violation } = verdict;
    const path = violation === null ? null : shortestPath(graph, violation);
    const progress = scope.system.progress.find((one) => one.name === name);
    const judgesLength = path !== null && progress?.hasLength !== false;
    return {
      property: name,
      meaning,
      verdict: verdict.verdict,
      vacuous: verdict.vacuous || (verdict.verdict === "holds" && !enabled.delivers),
      path,
      length: judgesLength ? path.steps.length : null,
      clauses: verdict.clauses,
      pointOfNoReturn:
        judgesLength && kind === "progress" && graph.complete
          ? pointOfNoReturn(
              graph,
              judge.ends,
              path.visits,
              cutOff(graph, path, verdict),
              phasesOf(progress),
            )
          : null,
      lasso: once(() =>
        path === null || progress === undefined ? null : judge.lasso(progress, verdict, path),
      ),
    };
  });
  const { complete, endedBy, counts, expanded } = graph;
  const coverage = once(() => modelCoverage(graph));
  return { scope, complete, endedBy, visited: expanded, counts, enabled, coverage, properties };
}

/** Every clause of a property is asked in the same phases. */
function phasesOf(progress: CompiledProgress | undefined): readonly SharedState[] {
  return progress?.clauses[0]?.phases ?? [];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function judgeProperty(
  graph: StateGraph,
  findings: Findings,
  judge: ProgressJudge,
  property: CompiledProperty,
): Verdict {
  switch (property.kind) {
    case "state":
      return safetyVerdict(property.name, stateFinding(findings, property.name), graph.complete);
    case "transition": {
      const finding = transitionFinding(graph.scope.system, findings, property.name);
      return safetyVerdict(property.name, finding, graph.complete, (state) =>
        offendingEdge(graph, state, property.name),
      );
    }
    case "progress": {
      const progress = graph.scope.system.progress.find(({ name }) => name === property.name);
      if (progress === undefined) throw new Error(`${property.name} was not compiled`);
      return judge.judge(progress);
    }
  }
}

/** What can no longer come to its end after a path: what waits, or everything that is owed. */
function cutOff(graph: StateGraph, path: Path, { violation }: Verdict): readonly CompiledPending[] {
  const pending = violation?.pending;
  if (pending?.kind === "guard") return [];
  if (pending !== undefined && pending.kind !== "slot") return [pending];
  const { owed } = graph.scope.system.vocabulary;
  if (owed.length === 0) return pending === undefined ? [] : [pending];
  const reader = new StateReader(graph);
  reader.read(path.visits.at(-1) ?? 0);
  return owed.flatMap((quantity, output) =>
    reader.owed(output) > 0 ? [{ kind: "delivery" as const, output, quantity }] : [],
  );
}
