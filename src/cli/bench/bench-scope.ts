import { loadReleases } from "../../compile/load-releases.ts";
import { scopeOf, type Scope } from "../../compile/scope.ts";
import { judgeGraph } from "../../explore/check-scope.ts";
import {
  defaultLimits,
  explore,
  type ExploreOptions,
  survey,
  type Survey,
} from "../../explore/explore.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import type { Terminal } from "../terminal.ts";

/** What a search of a scope cost. Times are of the search alone, in seconds; the process and its start come on top. */
interface Measured {
  /** States that were visited: labelled, or up to permutation. */
  readonly states: number;
  /** Transitions of those states; each stands for several where states are merged. */
  readonly transitions: number;
  /** Time of the processor. */
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly bytesPerState: number;
  readonly threads: number;
  readonly complete: boolean;
}

/** What `bench --set` was asked. */
export interface AskedScope {
  readonly release: string;
  readonly set: readonly string[];
  readonly maxStates?: number;
  readonly json: boolean;
  /** The one search to do; all of them where it is not said. */
  readonly only?: string;
}

/** The searches that are measured, in their order. */
export const searches = ["counts", "everyProperty", "labelled"] as const;

type Work = Pick<Survey, "states" | "transitions" | "bytes" | "complete">;

/** How far a search may go. */
type SearchLimits = Pick<ExploreOptions, "maxStates" | "maxBytes">;

function measured(work: () => Work): Measured {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const { states, transitions, bytes, complete } = work();
  const wallSeconds = (performance.now() - wall) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    states,
    transitions,
    seconds: (user + system) / 1e6,
    wallSeconds,
    bytesPerState: Math.round((bytes / states) * 10) / 10,
    threads: 1,
    complete,
  };
}

/** One search alone, so that a whole process costs what that search costs. */
function measuredAlone(scope: Scope, maxStates: number, search: string): Measured {
  const limits = { ...defaultLimits, maxStates };
  if (search !== "everyProperty") {
    return measured(() => survey(scope, { ...limits, symmetry: search === "counts" }));
  }
  return measured(() => judged(scope, limits));
}

function judged(scope: Scope, limits: SearchLimits): Work {
  const graph = explore(scope, { ...limits, symmetry: true });
  judgeGraph(graph);
  const { states, edgeTargets, complete, bytes } = graph;
  return { states, transitions: edgeTargets.length, bytes, complete };
}

/** Searches a scope by counts, once more with every property judged, and with labels unless there are too many states. */
function measures(scope: Scope, maxStates: number): Readonly<Record<string, Measured | null>> {
  const limits = { ...defaultLimits, maxStates };
  let labelled = 0n;
  const counts = measured(() => {
    const found = survey(scope, { ...limits, symmetry: true });
    labelled = found.counts.labelled;
    return found;
  });
  const everyProperty = measured(() => judged(scope, limits));
  const fits = counts.complete && labelled <= BigInt(maxStates);
  return {
    counts,
    everyProperty,
    labelled: fits ? measured(() => survey(scope, { ...limits, symmetry: false })) : null,
  };
}

/** `unstuck bench --set …`: what the search of one scope costs, by counts, with every property judged, and labelled. */
export async function benchScope(asked: AskedScope, terminal: Terminal): Promise<void> {
  const release = findRelease(await loadReleases(), asked.release);
  const scope = scopeOf(release, parametersOf(release, asked.set));
  const { maxStates = defaultLimits.maxStates, only } = asked;
  const results =
    only === undefined
      ? measures(scope, maxStates)
      : { [only]: measuredAlone(scope, maxStates, only) };
  if (asked.json) {
    const { parameters } = scope;
    terminal.out(`${JSON.stringify({ release: release.name, parameters, ...results })}\n`);
    return;
  }
  for (const [name, one] of Object.entries(results)) {
    if (one === null) {
      terminal.out(`${name}: more than ${maxStates} states\n`);
      continue;
    }
    const ended = one.complete ? "" : " (not complete)";
    terminal.out(
      `${name}: ${one.states} states, ${one.transitions} transitions in ${one.wallSeconds.toFixed(2)} s ` +
        `(${one.seconds.toFixed(2)} s of the processor), ${one.bytesPerState} bytes a state${ended}\n`,
    );
  }
}
