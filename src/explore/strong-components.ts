/** A directed graph over the nodes 0..size-1. */
export interface Digraph {
  readonly size: number;
  /** The successors of node n are `targets[starts[n]]` to `targets[starts[n + 1] - 1]`. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** The strongly connected component of each node, numbered from 0 (Tarjan's algorithm, without recursion). */
export function strongComponents(graph: Digraph): {
  readonly component: Int32Array;
  readonly count: number;
} {
  const { size, starts, targets } = graph;
  const component = new Int32Array(size).fill(-1);
  const order = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const nextEdge = new Uint32Array(size);
  // Two stacks; no node is on one of them twice.
  const path = new Uint32Array(size);
  const open = new Uint32Array(size);
  let onPath = 0;
  let opened = 0;
  let visited = 0;
  let count = 0;

  const enter = (node: number): void => {
    order[node] = visited;
    lowest[node] = visited++;
    nextEdge[node] = starts[node] ?? 0;
    path[onPath++] = node;
    open[opened++] = node;
  };

  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    while (onPath > 0) {
      const node = path[onPath - 1] ?? 0;
      const edge = nextEdge[node] ?? 0;
      if (edge < (starts[node + 1] ?? 0)) {
        nextEdge[node] = edge + 1;
        const target = targets[edge] ?? 0;
        if (order[target] === -1) enter(target);
        else if (component[target] === -1) {
          lowest[node] = Math.min(lowest[node] ?? 0, order[target] ?? 0);
        }
        continue;
      }
      onPath--;
      if (onPath > 0) {
        const parent = path[onPath - 1] ?? 0;
        lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
      }
      if (lowest[node] !== order[node]) continue;
      let member: number;
      do {
        member = open[--opened] ?? 0;
        component[member] = count;
      } while (member !== node);
      count++;
    }
  }
  return { component, count };
}
