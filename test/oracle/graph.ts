import type { Label, Observation, Rules } from "./rules.ts";

/** A transition between two states. */
export interface Edge {
  readonly label: Label;
  /** The fairness instance that the action belongs to, or none. */
  readonly instance: string | undefined;
  readonly from: Node;
  readonly to: Node;
  readonly loses: boolean;
}

/** A reachable labelled state. */
export interface Node extends Observation {
  /** Number of actions on a shortest path from the initial state. */
  readonly depth: number;
  readonly out: Edge[];
  readonly in: Edge[];
}

/** Every state that can be reached, with how many of them are left once slots are interchangeable. */
export interface Graph {
  /** Every labelled state, in breadth-first order. */
  readonly nodes: readonly Node[];
  readonly canonicalStates: number;
}

/** The fairness instance that an action belongs to, or none. */
function instanceOf({ action, slot = -1, output = -1 }: Label): string | undefined {
  switch (action) {
    case "dispatch":
    case "dispatchWithoutTask":
    case "setAside":
      return `dispatch(${slot})`;
    case "evict":
      return `evict(${slot})`;
    case "flushOk":
    case "flushRetry":
    case "flushDrop":
      return `flush(${slot},${output})`;
    case "retryFire":
    case "retryFireOverLimit":
    case "reschedule":
      return `retryFire(${slot},${output})`;
    case "recall":
    case "probe":
      return `recall(${slot},${output})`;
    case "ingest":
    case "outputDown":
    case "outputUp":
    case "crash":
    case "scheduleFail":
    case "shutdown":
      return undefined;
  }
}

/** Every state that can be reached from the initial one, with every transition. */
export function reachableGraph<S>(rules: Rules<S>): Graph {
  const nodes = new Map<string, Node>();
  const canonical = new Set<string>();
  const queue: { state: S; node: Node }[] = [];

  const nodeOf = (state: S, depth: number): Node => {
    const key = JSON.stringify(state);
    const known = nodes.get(key);
    if (known !== undefined) {
      return known;
    }
    const node: Node = { ...rules.observe(state), depth, out: [], in: [] };
    nodes.set(key, node);
    canonical.add(JSON.stringify(rules.canonical(state)));
    queue.push({ state, node });
    return node;
  };

  nodeOf(rules.initial, 0);
  // The queue grows while it is walked: that is the breadth-first search.
  for (const { state, node: from } of queue) {
    for (const { label, next, loses } of rules.steps(state)) {
      const to = nodeOf(next, from.depth + 1);
      const edge: Edge = { label, instance: instanceOf(label), from, to, loses };
      from.out.push(edge);
      edge.to.in.push(edge);
    }
  }
  return { nodes: [...nodes.values()], canonicalStates: canonical.size };
}
