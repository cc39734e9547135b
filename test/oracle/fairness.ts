import type { Edge, Node } from "./graph.ts";

/** Which states and which transitions a run may use. */
export interface Region {
  readonly has: (node: Node) => boolean;
  readonly allows: (edge: Edge) => boolean;
}

function instancesOf(edges: readonly Edge[]): Set<string> {
  return new Set(
    edges.map(({ instance }) => instance).filter((instance) => instance !== undefined),
  );
}

/**
 * The states on which a weakly fair run can stay for ever inside the region: those of every strongly connected
 * component in which each instance is somewhere disabled or somewhere taken. Stuttering is allowed, so that a
 * single state is a component too.
 */
export function fairCore(nodes: readonly Node[], region: Region): Set<Node> {
  const core = new Set<Node>();
  for (const component of components(nodes, region)) {
    if (isFair(component, region)) {
      component.forEach((node) => core.add(node));
    }
  }
  return core;
}

function isFair(component: ReadonlySet<Node>, region: Region): boolean {
  let neverDisabled: Set<string> | undefined;
  const inside: Edge[] = [];
  for (const node of component) {
    const enabled = instancesOf(node.out);
    neverDisabled =
      neverDisabled === undefined
        ? enabled
        : new Set([...neverDisabled].filter((instance) => enabled.has(instance)));
    inside.push(...node.out.filter((edge) => region.allows(edge) && component.has(edge.to)));
  }
  const taken = instancesOf(inside);
  return [...(neverDisabled ?? [])].every((instance) => taken.has(instance));
}

/** The strongly connected components of the region, by Kosaraju's two walks. */
function components(nodes: readonly Node[], region: Region): Set<Node>[] {
  const finished: Node[] = [];
  const seen = new Set<Node>();
  for (const root of nodes.filter(region.has)) {
    const path = seen.has(root) ? [] : [{ node: root, edges: root.out.values() }];
    seen.add(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { value: edge } = top.edges.next();
      if (edge === undefined) {
        finished.push(top.node);
        path.pop();
      } else if (region.allows(edge) && region.has(edge.to) && !seen.has(edge.to)) {
        seen.add(edge.to);
        path.push({ node: edge.to, edges: edge.to.out.values() });
      }
    }
  }

  const placed = new Set<Node>();
  const found: Set<Node>[] = [];
  for (const root of finished.reverse()) {
    if (!placed.has(root)) {
      const component = canReach([root], {
        has: (node) => region.has(node) && !placed.has(node),
        allows: region.allows,
      });
      component.forEach((node) => placed.add(node));
      found.push(component);
    }
  }
  return found;
}

/** The states from which a run inside the region can reach one of the targets; the targets are among them. */
export function canReach(targets: Iterable<Node>, region: Region): Set<Node> {
  const reached = new Set(targets);
  // A set that grows while it is walked visits what was added.
  for (const node of reached) {
    for (const edge of node.in) {
      if (region.allows(edge) && region.has(edge.from)) {
        reached.add(edge.from);
      }
    }
  }
  return reached;
}
