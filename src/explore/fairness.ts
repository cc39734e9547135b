import { LimitError } from "../errors/limit-error.ts";
import { endlessStates, regionStates } from "./endless-states.ts";
import { FairComponents } from "./fair-components.ts";
import type { StateGraph } from "./state-graph.ts";
import { trackedGraph, type Region, type TrackedGraph } from "./tracked-graph.ts";

const mostInstances = 31;
/** Up to so many states every fair run is found, even if one is enough: what is shown is then the nearest. */
const wholeStates = 2 ** 15;

/** Where, in a region, a fair run can stay for ever. */
export interface FairRuns {
  /** Whether the region has any state in which a slot can be watched. */
  readonly met: boolean;
  readonly tracked: TrackedGraph;
  /** The nodes of the components in which a fair run can stay. */
  readonly core: readonly number[];
  /** The nodes from which a fair run stays in the region for ever: those that can reach the core. */
  readonly nodes: readonly number[];
}

/** The fair components of a tracked graph: 1 for each. */
function everyFairOne(tracked: TrackedGraph): Uint8Array {
  const components = new FairComponents(tracked);
  return Uint8Array.from({ length: tracked.components }, (_, home) =>
    components.isFair(home) ? 1 : 0,
  );
}

/** Of the fair components of a tracked graph those with nodes of the first state that has any: 1 for each. */
function firstFairOnes(tracked: TrackedGraph): Uint8Array {
  const components = new FairComponents(tracked);
  const asked = new Uint8Array(tracked.components);
  const fair = new Uint8Array(tracked.components);
  let first = -1;
  for (let node = 0; node < tracked.size; node++) {
    const state = tracked.stateOf[node] ?? 0;
    if (first >= 0 && state !== first) break;
    const home = tracked.component[node] ?? 0;
    if (asked[home] === 0) fair[home] = components.isFair(home) ? 1 : 0;
    asked[home] = 1;
    if (fair[home] === 1) first = state;
  }
  return fair;
}

/** The nodes of some components (1 for each), by component; those of one in ascending order. */
function within({ component, size }: TrackedGraph, components: Uint8Array): readonly number[] {
  const nodes: number[] = [];
  for (let node = 0; node < size; node++) {
    if (components[component[node] ?? 0] === 1) nodes.push(node);
  }
  return nodes.sort((a, b) => (component[a] ?? 0) - (component[b] ?? 0));
}

/** The components from which one of some components (1 for each) can be reached. */
function reaching(tracked: TrackedGraph, components: Uint8Array): Uint8Array {
  const { component, starts, targets, size } = tracked;
  const endless = components.slice();
  // Components are numbered from the last to the first, so successors are decided before their predecessors.
  const order = Uint32Array.from({ length: size }, (_, node) => node).sort(
    (a, b) => (component[a] ?? 0) - (component[b] ?? 0),
  );
  for (const node of order) {
    const home = component[node] ?? 0;
    const end = starts[node + 1] ?? 0;
    for (let edge = starts[node] ?? 0; edge < end && endless[home] === 0; edge++) {
      if (endless[component[targets[edge] ?? 0] ?? 0] === 1) endless[home] = 1;
    }
  }
  return endless;
}

/**
 * Finds the fair runs that stay in a region for ever.
 *
 * @param wants `ways`: every fair run, and from where each can be reached; `core`: where there are fair runs, those of the
 * first state that has any, and no ways to them. In a large scope only the first states are looked at then if there is one
 * among them: what goes round there goes round.
 * @throws LimitError if a slot has more than 31 fairness instances (about 14 outputs).
 */
export function fairRuns(
  graph: StateGraph,
  region: Region,
  wants: "ways" | "core" = "ways",
): FairRuns {
  if (graph.scope.system.fairnessInstances.length > mostInstances) {
    throw new LimitError(`fairness can be judged for ${mostInstances} instances at most`);
  }
  for (let limit = wholeStates / 8; wants === "core" && limit * 8 < graph.states; limit *= 8) {
    const runs = runsAmong(graph, region, limit, wants);
    if (runs.core.length > 0) return runs;
  }
  return runsAmong(graph, region, graph.states, wants);
}

function runsAmong(
  graph: StateGraph,
  region: Region,
  limit: number,
  wants: "ways" | "core",
): FairRuns {
  const states = regionStates(graph, region, limit);
  const met = states.includes(1);
  const endless = trackedGraph(graph, region, endlessStates(graph, region, states));
  const fair = firstFairOnes(endless);
  if (wants === "core" || !fair.includes(1)) {
    const core = within(endless, fair);
    return { met, tracked: endless, core, nodes: core };
  }
  const tracked = trackedGraph(graph, region, states);
  const fairOfAll = everyFairOne(tracked);
  return {
    met,
    tracked,
    core: within(tracked, fairOfAll),
    nodes: within(tracked, reaching(tracked, fairOfAll)),
  };
}
