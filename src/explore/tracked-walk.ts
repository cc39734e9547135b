import type { SlotMove, SystemMove } from "../compile/compiled-system.ts";
import { edgeMove, slotMoveOf, systemMoveOf } from "./state-graph.ts";
import { bystander, type TrackedGraph } from "./tracked-graph.ts";

/** Who takes a part of a step: the slot that is watched, the one that is followed beside it, or any other. */
type Actor = "watched" | "followed" | "other";

/** One step of a walk through a tracked graph. */
export interface WalkStep {
  readonly move: SlotMove | SystemMove;
  /** Who takes each part of the step: the acting slot first, then those that it chooses; none of a system move. */
  readonly actors: readonly Actor[];
  /** The node that it leads to. */
  readonly node: number;
}

/** Where a walk is: a node, and the place of the slot that is followed. */
export interface WalkPoint {
  readonly node: number;
  readonly place: number;
}

interface Visited extends WalkPoint {
  readonly before: Visited | null;
  readonly step: WalkStep | null;
}

/** How many slots in a place are neither watched nor followed. */
function others(tracked: TrackedGraph, at: WalkPoint, follows: boolean, place: number): number {
  return (
    tracked.slotsIn(tracked.stateOf[at.node] ?? 0, place) -
    (tracked.placeOf[at.node] === place ? 1 : 0) -
    (follows && at.place === place ? 1 : 0)
  );
}

function* stepsFrom(
  tracked: TrackedGraph,
  at: WalkPoint,
  follows: boolean,
): Generator<{ readonly step: WalkStep; readonly place: number }> {
  const { graph } = tracked;
  const end = tracked.starts[at.node + 1] ?? 0;
  for (let edge = tracked.starts[at.node] ?? 0; edge < end; edge++) {
    const code = graph.edgeCodes.at(tracked.transitions[edge] ?? 0);
    const move = slotMoveOf(graph, code) ?? systemMoveOf(graph, code);
    if (move === undefined) continue;
    const node = tracked.targets[edge] ?? 0;
    const watchedPart = (tracked.watchedPart[edge] ?? 0) - 1;
    const parts = graph.kinds.parts[edgeMove(code)] ?? [];
    const isPossible = (followedPart: number): boolean =>
      parts.every(({ from }, part) => {
        if (part === watchedPart || part === followedPart) return true;
        const needed = parts.filter(
          (one, index) => index !== watchedPart && index !== followedPart && one.from === from,
        ).length;
        return others(tracked, at, follows, from) >= needed;
      });
    const step = (followedPart: number): WalkStep => ({
      move,
      actors: parts.map((_, part) =>
        part === watchedPart ? "watched" : part === followedPart ? "followed" : "other",
      ),
      node,
    });
    if (follows) {
      for (const [part, { from, to }] of parts.entries()) {
        if (part === watchedPart || from !== at.place || !isPossible(part)) continue;
        yield { step: step(part), place: bystander(graph, code, to) };
      }
    }
    if (isPossible(-1)) yield { step: step(-1), place: bystander(graph, code, at.place) };
  }
}

/**
 * The shortest walk through a tracked graph to where a goal is met.
 *
 * @param from the first node, and the place of the slot that is followed beside the watched one; null if none is
 * @param stays which nodes the walk may visit
 * @param goal whether the walk ends, once it has arrived somewhere by a step (null at its start)
 * @returns null if no walk leads to the goal
 */
export function shortestWalk(
  tracked: TrackedGraph,
  from: { readonly node: number; readonly place: number | null },
  stays: (node: number) => boolean,
  goal: (at: WalkPoint, step: WalkStep | null) => boolean,
): readonly WalkStep[] | null {
  const follows = from.place !== null;
  const places = tracked.graph.scope.system.places.length;
  const queue: Visited[] = [{ node: from.node, place: from.place ?? 0, before: null, step: null }];
  const seen = new Set<number>();
  for (const at of queue) {
    if (goal(at, at.step)) {
      const steps: WalkStep[] = [];
      for (let one: Visited | null = at; one?.step; one = one.before) steps.push(one.step);
      return steps.reverse();
    }
    const key = at.node * places + at.place;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const { step, place } of stepsFrom(tracked, at, follows)) {
      if (stays(step.node)) {
        queue.push({ node: step.node, place: follows ? place : 0, before: at, step });
      }
    }
  }
  return null;
}
