import { type Scope, slotsOf } from "../../compile/scope.ts";
import { Stepper } from "../../compile/stepper.ts";
import { sizeValues } from "./walk.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import {
  constant,
  linearKey,
  linearText,
  scale,
  sum,
  valueOf,
  type Linear,
} from "../logic/linear.ts";
import { sizesIn } from "../../compile/sizes.ts";

/** Actions that are taken one after the other, some number of times. */
export interface PathSegment {
  readonly actions: readonly CountedAction[];
  readonly times: Linear;
}

/** A run for every size at once. */
export interface AcceleratedPath {
  readonly segments: readonly PathSegment[];
}

function actionText({ move }: CountedAction, outputs: number): string {
  const { action, output } = move;
  const mask = "mask" in move ? move.mask : null;
  if (outputs === 1) return action;
  if (output !== null) return `${action}(${output})`;
  return mask === null ? action : `${action}(${mask.join(",")})`;
}

function isOnce(times: Linear): boolean {
  return times.terms.size === 0 && times.constant === 1;
}

/** The run as people write it: `outputDown (ingest dispatch flushRetry)^T ingest^X outputUp`. */
export function pathText({ segments }: AcceleratedPath, { system }: CountedSystem): string {
  const told: { readonly words: readonly string[]; readonly times: Linear }[] = [];
  for (const { actions, times } of segments) {
    const words = actions.map((action) => actionText(action, system.outputs));
    const last = told.at(-1);
    // Actions of one name may differ in where they lead: two segments can read as one.
    if (last?.words.join() === words.join() && !(isOnce(times) && isOnce(last.times))) {
      told[told.length - 1] = { words, times: sum(last.times, times) };
    } else {
      told.push({ words, times });
    }
  }
  return told
    .map(({ words, times }) => {
      if (isOnce(times)) return words.join(" ");
      const exponent = linearText(times);
      const plain = /^\w+$/.test(exponent) ? exponent : `{${exponent}}`;
      return words.length === 1 ? `${words.join(" ")}^${plain}` : `(${words.join(" ")})^${plain}`;
    })
    .join(" ");
}

/** How many actions the run has. */
export function pathLength({ segments }: AcceleratedPath): Linear {
  return sum(...segments.map(({ actions, times }) => scale(times, actions.length)));
}

/** How many times an output goes away. */
export function pathOutages({ segments }: AcceleratedPath, { system }: CountedSystem): Linear {
  const goesAway = ({ move }: CountedAction): boolean =>
    move.agent === "environment" &&
    move.needs.some(({ machine, state }) =>
      system.vocabulary.online.some(
        (one) =>
          one.machine === machine &&
          one.state === state &&
          move.sets.some((set) => set.machine === machine && set.state !== state),
      ),
    );
  return sum(
    constant(0),
    ...segments.map(({ actions, times }) => scale(times, actions.filter(goesAway).length)),
  );
}

/** Joins a segment to the one before it where that says the same in fewer words. */
export function tidied(segments: readonly PathSegment[]): readonly PathSegment[] {
  const one = constant(1);
  const letters = segments.filter(
    ({ times, actions }) => actions.length > 0 && linearKey(times) !== "0",
  );
  const result: PathSegment[] = [];
  for (const segment of letters) {
    const { actions, times } = segment;
    const last = result.at(-1);
    if (last !== undefined && isOnce(times) && isOnce(last.times)) {
      result[result.length - 1] = { actions: [...last.actions, ...actions], times: one };
    } else if (
      last !== undefined &&
      isOnce(last.times) &&
      last.actions.length >= actions.length &&
      actions.every(
        (action, index) => last.actions[last.actions.length - actions.length + index] === action,
      )
    ) {
      const before = last.actions.slice(0, last.actions.length - actions.length);
      result.pop();
      if (before.length > 0) result.push({ actions: before, times: one });
      result.push({ actions, times: sum(times, one) });
    } else {
      result.push(segment);
    }
  }
  return result;
}

/** The action that the run ends with, if it is the same whatever the sizes are. */
export function lastActionOf({ segments }: AcceleratedPath): CountedAction | undefined {
  const last = segments.at(-1);
  return last !== undefined && isOnce(last.times) ? last.actions.at(-1) : undefined;
}

/** The actions of the run at these sizes, one by one. */
function* actionsOf(path: AcceleratedPath, scope: Scope): Generator<CountedAction> {
  const values = sizeValues(slotsOf(scope), sizesIn(scope.system, scope.parameters));
  for (const { actions, times } of path.segments) {
    const rounds = valueOf(times, values);
    for (let round = 0; round < rounds; round++) yield* actions;
  }
}

/**
 * Takes the run, action by action, in a concrete scope with a system of the same shape.
 *
 * @returns where it ends, and how many actions it took
 * @throws Error if an action is not enabled.
 */
export function replay(
  path: AcceleratedPath,
  scope: Scope,
): { readonly end: Stepper; readonly steps: number } {
  const end = new Stepper(scope);
  let steps = 0;
  for (const { move } of actionsOf(path, scope)) {
    if ("from" in move) end.move(move, end.slotIn(move.from));
    else end.moveSystem(move);
    steps++;
  }
  return { end, steps };
}
