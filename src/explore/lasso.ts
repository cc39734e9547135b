import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import { waitsIn, type EndlessClaim } from "./endless-claim.ts";
import { fairLoop } from "./fair-loop.ts";
import { EnabledInstances } from "./enabled-instances.ts";
import type { FairRuns } from "./fairness.ts";
import { lassoFault } from "./lasso-fault.ts";
import type { PathStep } from "./path.ts";
import { withRealSlots } from "./real-slots.ts";
import { shortenLoop } from "./shorten-loop.ts";
import type { StateGraph } from "./state-graph.ts";
import { shortestWalk } from "./tracked-walk.ts";
import { slotsOf } from "../compile/scope.ts";

/** How a run goes on for ever after a path, breaking no promise of fairness, while some chunk waits. */
export interface Lasso {
  readonly claim: EndlessClaim;
  /** What comes between the end of the path and the loop; mostly nothing. */
  readonly approach: readonly PathStep[];
  /** What is repeated for ever: it ends in the very state in which it begins. Empty where the run stays in one state. */
  readonly loop: readonly PathStep[];
  /** The slots that wait for ever. */
  readonly waits: readonly number[];
}

function stepsOf(stepper: Stepper, actions: readonly EnabledAction[]): readonly PathStep[] {
  return actions.map((taken) => {
    stepper.take(taken);
    return { taken, after: stepper.state() };
  });
}

function lassoOf(
  stepper: Stepper,
  approach: readonly EnabledAction[],
  loopFrom: (start: SystemState) => readonly EnabledAction[],
  claim: EndlessClaim,
): Lasso {
  const { system } = stepper.scope;
  const before = stepsOf(stepper, approach);
  const start = stepper.state();
  const loop = stepsOf(stepper, loopFrom(start));
  const slots = Array.from({ length: slotsOf(stepper.scope) }, (_, slot) => slot);
  const waits = slots.filter((slot) =>
    [start, ...loop.map(({ after }) => after)].every(({ places }) =>
      waitsIn(system, claim, places[slot] ?? 0),
    ),
  );
  return { claim, approach: before, loop, waits };
}

/**
 * The loop of a state in which nothing useful can be done: everything that the engine can still do, once. Needs no
 * graph.
 */
export function stuckLoop(graph: StateGraph, end: SystemState, claim: EndlessClaim): Lasso {
  const stepper = new Stepper(graph.scope, end);
  const idle = stepper.enabled().filter(({ move }) => move.agent === "engine");
  return lassoOf(stepper, [], () => idle, claim);
}

/**
 * Extracts a loop that can follow a path: the nearest fair component, a fair loop in it, and what leads there.
 *
 * @param runs the fair runs of the claim
 * @param state the state of the graph that the path ends in
 * @param end the same with real slots
 * @returns null if no fair run of the claim starts there
 */
export function lassoAfter(
  runs: FairRuns,
  state: number,
  end: SystemState,
  claim: EndlessClaim,
): Lasso | null {
  const { tracked, core } = runs;
  const { scope } = tracked.graph;
  const inCore = new Set(core);
  const walks = runs.nodes
    .filter((node) => tracked.stateOf[node] === state)
    .flatMap((from) => {
      const walk = shortestWalk(
        tracked,
        { node: from, place: null },
        () => true,
        ({ node }) => inCore.has(node),
      );
      return walk === null ? [] : [{ from, walk }];
    })
    .sort((a, b) => a.walk.length - b.walk.length);
  const [nearest] = walks;
  if (nearest === undefined) return null;

  const watched = end.places.indexOf(tracked.placeOf[nearest.from] ?? -1);
  const stepper = new Stepper(scope, end);
  const approach = nearest.walk.map((step): EnabledAction => {
    const action = withRealSlots(stepper, step, watched, null);
    stepper.take(action);
    return action;
  });
  const node = nearest.walk.at(-1)?.node ?? nearest.from;
  const loopFrom = (start: SystemState): readonly EnabledAction[] => {
    const isFair = (loop: readonly EnabledAction[]): boolean =>
      lassoFault(scope, start, loop, watched, claim) === null;
    const enabled = new EnabledInstances(tracked.graph);
    const loop = fairLoop(tracked, enabled, { node, state: start, watched });
    return shortenLoop(scope, start, loop, isFair);
  };
  return lassoOf(new Stepper(scope, end), approach, loopFrom, claim);
}
