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
  const path: number[] = [];
  const open: number[] = [];
  let visited = 0;
  let count = 0;

  const enter = (node: number): void => {
    order[node] = visited;
    lowest[node] = visited++;
    nextEdge[node] = starts[node] ?? 0;
    path.push(node);
    open.push(node);
  };

  for (let root = 0; root < size; root++) {
    if (order[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
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
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) {
        lowest[parent] = Math.min(lowest[parent] ?? 0, lowest[node] ?? 0);
      }
      if (lowest[node] !== order[node]) continue;
      let member: number | undefined;
      do {
        member = open.pop();
        if (member !== undefined) component[member] = count;
      } while (member !== undefined && member !== node);
      count++;
    }
  }
  return { component, count };
}
