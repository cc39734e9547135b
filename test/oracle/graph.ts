import type { TransitionProperty } from "./property.ts";
import type { ActionName, Label, Observation, Rules, Slotted } from "./rules.ts";

/** A transition between two states. */
export interface Edge {
  readonly label: Label;
  /** The fairness instance that the action belongs to, or none. */
  readonly instance: string | undefined;
  readonly from: Node;
  readonly to: Node;
  readonly breaks: readonly TransitionProperty[];
  /** Whether the action changes nothing. */
  readonly stays: boolean;
}

/** A reachable state. */
export interface Node extends Observation {
  /** Number of actions on a shortest path from the initial state. */
  readonly depth: number;
  /** How many labelled states it stands for. */
  readonly weight: number;
  readonly out: Edge[];
  readonly in: Edge[];
}

/** Every state that can be reached. */
export interface Graph {
  /** In breadth-first order. */
  readonly nodes: readonly Node[];
  /** How many states are left once slots are interchangeable. */
  readonly canonicalStates: number;
}

/** Counts of the labelled states of a graph. */
export interface Counts {
  readonly labelledStates: number;
  readonly canonicalStates: number;
  readonly transitions: number;
  readonly selfLoops: number;
  readonly mostUp: number;
}

/** The actions that share a fairness instance, per slot and output. */
const instances: Partial<Record<ActionName, string>> = {
  dispatch: "dispatch",
  dispatchWithoutTask: "dispatch",
  setAside: "dispatch",
  evict: "evict",
  queue: "queue",
  flushOk: "flush",
  flushRetry: "flush",
  flushDrop: "flush",
  flushEvicted: "flush",
  retryFire: "retryFire",
  retryFireOverLimit: "retryFire",
  reschedule: "retryFire",
  recall: "recall",
  probe: "recall",
  shutdownDone: "shutdownDone",
  segregate: "shutdownDone",
};

function instanceOf({ action, slot = -1, output = -1 }: Label): string | undefined {
  const instance = instances[action];
  return instance && `${instance}(${slot},${output})`;
}

/** Every state that can be reached from the initial one, with every transition. */
export function reachableGraph<S extends Slotted>(rules: Rules<S>): Graph {
  return search(rules, (state) => ({ state, weight: 1 }));
}

/**
 * The same with one state for each set of states that differ in the order of their slots only. Fairness cannot be
 * judged on it.
 */
export function graphOfOrbits<S extends Slotted>(rules: Rules<S>): Graph {
  return search(rules, orbitOf(rules));
}

/** Whether more labelled states than this can be reached. */
export function reachesMoreThan<S extends Slotted>(most: number, rules: Rules<S>): boolean {
  const { nodes } = search(rules, orbitOf(rules), most);
  return nodes.reduce((sum, { weight }) => sum + weight, 0) > most;
}

function orbitOf<S extends Slotted>(rules: Rules<S>): (state: S) => Representative<S> {
  return (state) => ({ state: rules.sorted(state), weight: orders(state.slots) });
}

/** A state that stands for others, and how many labelled states they are. */
interface Representative<S> {
  readonly state: S;
  readonly weight: number;
}

function search<S extends Slotted>(
  rules: Rules<S>,
  representative: (state: S) => Representative<S>,
  mostLabelled = Infinity,
): Graph {
  let labelled = 0;
  const nodes = new Map<string, Node>();
  const canonical = new Set<string>();
  const queue: { state: S; key: string; node: Node }[] = [];

  const nodeOf = (reached: S, reachedKey: string, depth: number): Node => {
    const { state, weight } = representative(reached);
    const key = state === reached ? reachedKey : JSON.stringify(state);
    const known = nodes.get(key);
    if (known !== undefined) {
      return known;
    }
    const node: Node = { ...rules.observe(state), depth, weight, out: [], in: [] };
    nodes.set(key, node);
    labelled += weight;
    canonical.add(JSON.stringify(rules.sorted(state)));
    queue.push({ state, key, node });
    return node;
  };

  nodeOf(rules.initial, JSON.stringify(rules.initial), 0);
  // The queue grows while it is walked: that is the breadth-first search.
  for (const { state, key, node: from } of queue) {
    if (labelled > mostLabelled) {
      break;
    }
    for (const { label, next, breaks } of rules.steps(state)) {
      const nextKey = JSON.stringify(next);
      const to = nodeOf(next, nextKey, from.depth + 1);
      const edge: Edge = {
        label,
        instance: instanceOf(label),
        from,
        to,
        breaks,
        stays: nextKey === key,
      };
      from.out.push(edge);
      edge.to.in.push(edge);
    }
  }
  return { nodes: [...nodes.values()], canonicalStates: canonical.size };
}

/** In how many orders the slots can be told apart. */
function orders(slots: readonly unknown[]): number {
  const alike = new Map<string, number>();
  let count = 1;
  for (const [index, slot] of slots.entries()) {
    const key = JSON.stringify(slot);
    const seen = (alike.get(key) ?? 0) + 1;
    alike.set(key, seen);
    count = (count * (index + 1)) / seen;
  }
  return count;
}

/** Counts what the graph stands for. */
export function countsOf({ nodes, canonicalStates }: Graph): Counts {
  const sum = (of: (node: Node) => number): number =>
    nodes.reduce((total, node) => total + node.weight * of(node), 0);
  return {
    labelledStates: sum(() => 1),
    canonicalStates,
    transitions: sum(({ out }) => out.length),
    selfLoops: sum(({ out }) => out.filter(({ stays }) => stays).length),
    mostUp: nodes.reduce((most, { up }) => Math.max(most, up), 0),
  };
}
