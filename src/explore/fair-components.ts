import { EnabledInstances } from "./enabled-instances.ts";
import { edgeMove } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";
import { bystander, type TrackedGraph } from "./tracked-graph.ts";

/** Disjoint sets of elements; each set keeps what is always enabled and what is ever taken. */
class Threads {
  readonly #parent: Int32Array;
  readonly #always: Uint32Array;
  readonly #taken: Uint32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, element) => element);
    this.#always = new Uint32Array(size);
    this.#taken = new Uint32Array(size);
  }

  enable(element: number, instances: number): void {
    this.#always[element] = instances;
  }

  join(left: number, right: number): void {
    const a = this.#find(left);
    const b = this.#find(right);
    if (a === b) return;
    this.#parent[b] = a;
    this.#always[a] = (this.#always[a] ?? 0) & (this.#always[b] ?? 0);
    this.#taken[a] = (this.#taken[a] ?? 0) | (this.#taken[b] ?? 0);
  }

  take(element: number, fairness: number): void {
    if (fairness < 0) return;
    const root = this.#find(element);
    this.#taken[root] = (this.#taken[root] ?? 0) | (1 << fairness);
  }

  /** Whether in each set everything that is always enabled is taken somewhere. */
  get areFair(): boolean {
    return this.#parent.every(
      (parent, element) =>
        parent !== element || ((this.#always[element] ?? 0) & ~(this.#taken[element] ?? 0)) === 0,
    );
  }

  #find(element: number): number {
    let root = element;
    for (let up = this.#parent[root] ?? root; up !== root; up = this.#parent[root] ?? root) {
      this.#parent[root] = this.#parent[up] ?? up;
      root = up;
    }
    return root;
  }
}

/**
 * Judges the strong components of a tracked graph: in a fair one the engine can stay for ever under weak fairness, since
 * for each slot, whatever is owed to it is somewhere disabled or somewhere taken. A component of one state without
 * transitions is a run that has ended.
 */
export class FairComponents {
  readonly #tracked: TrackedGraph;
  readonly #reader: StateReader;
  readonly #enabled: EnabledInstances;
  /** The nodes of component c are `#members` from `#starts[c]` to `#starts[c + 1]`, in ascending order. */
  readonly #members: Uint32Array;
  readonly #starts: Uint32Array;

  constructor(tracked: TrackedGraph) {
    const { component, components, size, graph } = tracked;
    this.#tracked = tracked;
    this.#reader = new StateReader(graph);
    this.#enabled = new EnabledInstances(graph);
    this.#starts = new Uint32Array(components + 1);
    for (const home of component) this.#starts[home + 1] = (this.#starts[home + 1] ?? 0) + 1;
    for (let home = 0; home < components; home++) {
      this.#starts[home + 1] = (this.#starts[home + 1] ?? 0) + (this.#starts[home] ?? 0);
    }
    const next = this.#starts.slice();
    this.#members = new Uint32Array(size);
    component.forEach((home, node) => {
      const at = next[home] ?? 0;
      this.#members[at] = node;
      next[home] = at + 1;
    });
  }

  /** The nodes of a component, in ascending order. */
  members(component: number): Uint32Array {
    return this.#members.subarray(this.#starts[component], this.#starts[component + 1]);
  }

  /** Whether a run can stay in a component for ever, and break no promise. */
  isFair(component: number): boolean {
    const members = this.members(component);
    return this.#isFairToWatched(members) && this.#isFairToOthers(members);
  }

  /** The watched slot, and the system, are the same all along. */
  #isFairToWatched(members: Uint32Array): boolean {
    const { stateOf, placeOf, watchedPart, graph } = this.#tracked;
    const { fairness, from } = graph.kinds;
    let always = -1;
    let alwaysOfSystem = -1;
    let taken = 0;
    let takenBySystem = 0;
    for (const node of members) {
      always &= this.#enabled.of(stateOf[node] ?? 0, placeOf[node] ?? 0);
      alwaysOfSystem &= this.#enabled.ofSystem(stateOf[node] ?? 0);
      this.#eachEdge(node, (edge, code) => {
        const move = edgeMove(code);
        const instance = fairness[move] ?? -1;
        if (instance < 0) return;
        if ((from[move] ?? -1) < 0) takenBySystem |= 1 << instance;
        else if (watchedPart[edge] === 1) taken |= 1 << instance;
      });
    }
    return (always & ~taken) === 0 && (alwaysOfSystem & ~takenBySystem) === 0;
  }

  /** The other slots are followed from place to place: an element is a node and a place where another slot is. */
  #isFairToOthers(members: Uint32Array): boolean {
    const { stateOf, placeOf } = this.#tracked;
    const reader = this.#reader;
    const starts = new Uint32Array(members.length + 1);
    const places: number[] = [];
    members.forEach((node, index) => {
      reader.read(stateOf[node] ?? 0);
      const { place, count, length } = reader.sites;
      for (let site = 0; site < length; site++) {
        const isWatched = place[site] === placeOf[node];
        if (!isWatched || (count[site] ?? 0) > 1) places.push(place[site] ?? 0);
      }
      starts[index + 1] = places.length;
    });
    const threads = new Threads(places.length);
    const indexOf = new Map<number, number>();
    members.forEach((node, index) => indexOf.set(node, index));
    const elementOf = (index: number, place: number): number => {
      const end = starts[index + 1] ?? 0;
      for (let element = starts[index] ?? 0; element < end; element++) {
        if (places[element] === place) return element;
      }
      return -1;
    };
    members.forEach((node, index) => {
      const end = starts[index + 1] ?? 0;
      for (let element = starts[index] ?? 0; element < end; element++) {
        threads.enable(element, this.#enabled.of(stateOf[node] ?? 0, places[element] ?? 0));
      }
    });
    members.forEach((node, index) => {
      reader.read(stateOf[node] ?? 0);
      const end = starts[index + 1] ?? 0;
      this.#eachEdge(node, (edge, code, target) => {
        const next = indexOf.get(target) ?? -1;
        for (let element = starts[index] ?? 0; element < end; element++) {
          this.#follow(threads, element, places[element] ?? 0, node, edge, code, (place) =>
            elementOf(next, place),
          );
        }
      });
    });
    return threads.areFair;
  }

  /** Where the other slots of a place go by a transition; the reader is at its state. */
  #follow(
    threads: Threads,
    element: number,
    place: number,
    node: number,
    edge: number,
    code: number,
    elementAt: (place: number) => number,
  ): void {
    const { placeOf, watchedPart, graph } = this.#tracked;
    const follow = (to: number): void => {
      const after = elementAt(to);
      if (after >= 0) threads.join(element, after);
    };
    const move = edgeMove(code);
    let staying = this.#reader.sites.in(place) - (place === placeOf[node] ? 1 : 0);
    graph.kinds.parts[move]?.forEach(({ from, to }, part) => {
      if (part + 1 === watchedPart[edge] || from !== place) return;
      follow(bystander(graph, code, to));
      if (part === 0) threads.take(element, graph.kinds.fairness[move] ?? -1);
      staying--;
    });
    if (staying > 0) follow(bystander(graph, code, place));
  }

  /** Calls back with every transition within the component. */
  #eachEdge(node: number, visit: (edge: number, code: number, target: number) => void): void {
    const { component, starts, targets, transitions, graph } = this.#tracked;
    const end = starts[node + 1] ?? 0;
    for (let edge = starts[node] ?? 0; edge < end; edge++) {
      const target = targets[edge] ?? 0;
      if (component[target] !== component[node]) continue;
      visit(edge, graph.edgeCodes.at(transitions[edge] ?? 0), target);
    }
  }
}
