/** A step from one node of a graph to another, which may reach a goal on the way. */
interface TourStep<Step> {
  readonly step: Step;
  readonly to: number;
  /** What the step is good for; null where it is good for nothing. */
  readonly goal: number | null;
}

/** A graph to be toured from node 0; it may be made while it is walked. */
interface Tourable<Step> {
  readonly outgoing: (node: number) => readonly TourStep<Step>[];
}

/** The way from a node to the nearest step with an open goal; a null step is a reset to node 0. */
function nearest<Step>(
  graph: Tourable<Step>,
  start: number,
  isOpen: (goal: number) => boolean,
): readonly (TourStep<Step> | null)[] | undefined {
  interface Visit {
    readonly node: number;
    readonly before: Visit | null;
    readonly by: TourStep<Step> | null;
  }
  const seen = new Set([start]);
  let level: Visit[] = [{ node: start, before: null, by: null }];
  const wayTo = (visit: Visit, last: TourStep<Step>): readonly (TourStep<Step> | null)[] => {
    const way: (TourStep<Step> | null)[] = [last];
    for (let at: Visit | null = visit; at.before !== null; at = at.before) way.unshift(at.by);
    return way;
  };
  while (level.length > 0) {
    const next: Visit[] = [];
    for (const visit of level) {
      for (const edge of graph.outgoing(visit.node)) {
        if (edge.goal !== null && isOpen(edge.goal)) return wayTo(visit, edge);
        if (seen.has(edge.to)) continue;
        seen.add(edge.to);
        next.push({ node: edge.to, before: visit, by: edge });
      }
      if (visit.before === null && !seen.has(0)) {
        seen.add(0);
        next.push({ node: 0, before: visit, by: null });
      }
    }
    level = next;
  }
  return undefined;
}

/**
 * Walks from node 0 until every goal is reached: always to the nearest one that is open. A walk that gets nowhere else
 * starts again from node 0; a reset counts as one step.
 *
 * @returns the walks
 */
export function tour<Step>(graph: Tourable<Step>): readonly (readonly Step[])[] {
  const done = new Set<number>();
  const walks: Step[][] = [[]];
  let node = 0;
  for (;;) {
    const way = nearest(graph, node, (goal) => !done.has(goal));
    if (way === undefined) return walks.filter(({ length }) => length > 0);
    for (const edge of way) {
      if (edge === null) {
        walks.push([]);
        node = 0;
        continue;
      }
      walks.at(-1)?.push(edge.step);
      if (edge.goal !== null) done.add(edge.goal);
      node = edge.to;
    }
  }
}
