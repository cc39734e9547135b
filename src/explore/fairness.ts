import { edgeSlot, slotMoveOf, systemMoveOf, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import {
  bystander,
  partsOf,
  trackedGraph,
  type Region,
  type TrackedGraph,
} from "./tracked-graph.ts";
import { LimitError } from "../errors/limit-error.ts";

const mostInstances = 31;

/** The fairness instances that a slot in a place, or the system, has enabled in a state, as a bit set. */
export class EnabledInstances {
  readonly #bits = new Map<number, number>();
  readonly #ofSystem = new Map<number, number>();
  readonly #places: number;

  constructor(graph: StateGraph, states: Iterable<number>) {
    const { system } = graph.scope;
    this.#places = system.places.length;
    const reader = new StateReader(graph);
    for (const state of states) {
      reader.read(state);
      for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
        const code = graph.edgeCodes.at(edge);
        const fairness = systemMoveOf(graph, code)?.fairness ?? -1;
        if (fairness >= 0) this.#ofSystem.set(state, this.ofSystem(state) | (1 << fairness));
        const move = slotMoveOf(graph, code);
        if (move === undefined || move.fairness < 0) continue;
        const key = state * this.#places + reader.place(edgeSlot(code));
        this.#bits.set(key, (this.#bits.get(key) ?? 0) | (1 << move.fairness));
      }
    }
  }

  /** The instances of the system in a state of the graph. */
  ofSystem(state: number): number {
    return this.#ofSystem.get(state) ?? 0;
  }

  /** The instances of a slot in `place`, in a state of the graph. */
  of(state: number, place: number): number {
    return this.#bits.get(state * this.#places + place) ?? 0;
  }
}

/** Disjoint sets of elements; each set keeps what is always enabled and what is ever taken. */
class Threads {
  readonly #parent: number[] = [];
  readonly always: number[] = [];
  readonly taken: number[] = [];
  readonly component: number[] = [];

  add(enabled: number, component: number): number {
    this.always.push(enabled);
    this.taken.push(0);
    this.component.push(component);
    return this.#parent.push(this.#parent.length) - 1;
  }

  find(element: number): number {
    let root = element;
    for (let up = this.#parent[root] ?? root; up !== root; up = this.#parent[root] ?? root) {
      this.#parent[root] = this.#parent[up] ?? up;
      root = up;
    }
    return root;
  }

  join(left: number, right: number): void {
    const a = this.find(left);
    const b = this.find(right);
    if (a === b) return;
    this.#parent[b] = a;
    this.always[a] = (this.always[a] ?? 0) & (this.always[b] ?? 0);
    this.taken[a] = (this.taken[a] ?? 0) | (this.taken[b] ?? 0);
  }

  take(element: number, fairness: number): void {
    if (fairness < 0) return;
    const root = this.find(element);
    this.taken[root] = (this.taken[root] ?? 0) | (1 << fairness);
  }

  /** Components with a slot for which something is always enabled and never taken. */
  unfair(): Set<number> {
    const found = new Set<number>();
    this.#parent.forEach((parent, element) => {
      if (parent !== element) return;
      if (((this.always[element] ?? 0) & ~(this.taken[element] ?? 0)) !== 0) {
        found.add(this.component[element] ?? -1);
      }
    });
    return found;
  }
}

/**
 * The components in which the engine can stay for ever under weak fairness: for each slot, whatever is owed to it is
 * somewhere disabled or somewhere taken. A component of one state without transitions is a run that has ended.
 */
function fairComponents(tracked: TrackedGraph): Uint8Array {
  const { graph, stateOf, placeOf, component, occupations } = tracked;
  const enabled = new EnabledInstances(graph, occupations.keys());
  const threads = new Threads();

  // Elements: for each node the watched slot, the system, then the others by their places.
  const watchedElement: number[] = [];
  const systemElement: number[] = [];
  const otherElements: Map<number, number>[] = [];
  stateOf.forEach((state, node) => {
    const watched = placeOf[node] ?? 0;
    const home = component[node] ?? -1;
    watchedElement.push(threads.add(enabled.of(state, watched), home));
    systemElement.push(threads.add(enabled.ofSystem(state), home));
    const others = new Map<number, number>();
    const { places, counts } = occupations.get(state) ?? { places: [], counts: [] };
    places.forEach((place, index) => {
      if (place === watched && (counts[index] ?? 0) < 2) return;
      others.set(place, threads.add(enabled.of(state, place), home));
    });
    otherElements.push(others);
  });

  stateOf.forEach((state, node) => {
    const others = otherElements[node] ?? new Map<number, number>();
    const { places, counts } = occupations.get(state) ?? { places: [], counts: [] };
    const watched = placeOf[node] ?? 0;
    const end = tracked.starts[node + 1] ?? 0;
    for (let edge = tracked.starts[node] ?? 0; edge < end; edge++) {
      const target = tracked.targets[edge] ?? 0;
      if (component[target] !== component[node]) continue;
      const code = graph.edgeCodes.at(tracked.transitions[edge] ?? 0);
      const fairness = slotMoveOf(graph, code)?.fairness ?? -1;
      const watchedPart = tracked.watchedPart[edge] ?? -1;
      const next = otherElements[target] ?? new Map<number, number>();
      const follow = (element: number, place: number): void => {
        const after = next.get(place);
        if (after !== undefined) threads.join(element, after);
      };

      const systemNow = systemElement[node] ?? 0;
      threads.join(systemNow, systemElement[target] ?? 0);
      threads.take(systemNow, systemMoveOf(graph, code)?.fairness ?? -1);
      const watchedNow = watchedElement[node] ?? 0;
      threads.join(watchedNow, watchedElement[target] ?? 0);
      if (watchedPart === 0) threads.take(watchedNow, fairness);
      const parts = partsOf(graph, code);
      for (const [place, element] of others) {
        let staying = (counts[places.indexOf(place)] ?? 0) - (place === watched ? 1 : 0);
        parts.forEach(({ from, to }, part) => {
          if (part === watchedPart || from !== place) return;
          follow(element, bystander(graph, code, to));
          if (part === 0) threads.take(element, fairness);
          staying--;
        });
        if (staying > 0) follow(element, bystander(graph, code, place));
      }
    }
  });

  const fair = new Uint8Array(tracked.components).fill(1);
  for (const home of threads.unfair()) fair[home] = 0;
  return fair;
}

/** Where, in a region, a fair run can stay for ever. */
export interface FairRuns {
  readonly tracked: TrackedGraph;
  /** The nodes of the components in which a fair run can stay. */
  readonly core: readonly number[];
  /** The nodes from which a fair run stays in the region for ever: those that can reach the core. */
  readonly nodes: readonly number[];
}

/**
 * Finds the fair runs that stay in a region for ever.
 *
 * @throws LimitError if a slot has more than 31 fairness instances (about 14 outputs).
 */
export function fairRuns(graph: StateGraph, region: Region): FairRuns {
  if (graph.scope.system.fairnessInstances.length > mostInstances) {
    throw new LimitError(`fairness can be judged for ${mostInstances} instances at most`);
  }
  const tracked = trackedGraph(graph, region);
  const fair = fairComponents(tracked);
  const endless = fair.slice();
  // Components are numbered from the last to the first, so successors are decided before their predecessors.
  const order = Array.from({ length: tracked.size }, (_, node) => node).sort(
    (a, b) => (tracked.component[a] ?? 0) - (tracked.component[b] ?? 0),
  );
  for (const node of order) {
    const home = tracked.component[node] ?? 0;
    const end = tracked.starts[node + 1] ?? 0;
    for (let edge = tracked.starts[node] ?? 0; edge < end && endless[home] === 0; edge++) {
      const target = tracked.component[tracked.targets[edge] ?? 0] ?? 0;
      if (endless[target] === 1) endless[home] = 1;
    }
  }
  const within = (components: Uint8Array): readonly number[] =>
    order.filter((node) => components[tracked.component[node] ?? 0] === 1);
  return { tracked, core: within(fair), nodes: within(endless) };
}
