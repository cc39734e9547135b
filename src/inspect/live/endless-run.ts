import type { Scope } from "../../compile/scope.ts";
import { replayRun } from "../run.ts";
import { actionWords } from "../tell/action-words.ts";
import type { Driver, Remark } from "./driver.ts";
import { UserError } from "../../errors/user-error.ts";

/** The way into a violation of progress, and how it goes on for ever. */
export interface EndlessRun {
  /** The keys of the actions up to where the loop begins. */
  readonly path: readonly string[];
  /** Those of what is then repeated for ever; empty where nothing is left to do. */
  readonly loop: readonly string[];
  /** Who waits for ever, and why that breaks no promise, in sentences. */
  readonly why: readonly string[];
}

function planOf(scope: Scope, { path, loop }: EndlessRun) {
  const { moments } = replayRun(scope, [...path, ...loop]);
  return {
    states: moments.map(({ state }) => JSON.stringify(state)),
    actions: moments.flatMap(({ taken }) => taken ?? []),
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function beginning({ path, why }: EndlessRun, steps: readonly string[], rounds: number): Remark {
  const here = rounds === Infinity ? "" : `, here for ${counted(rounds, "round")}`;
  return {
    heading: "then for ever, round 1",
    sentences: [
      `after step ${path.length} a loop of ${counted(steps.length, "step")} begins that repeats for ever${here}: ${steps.join(", ")}`,
      ...why,
    ],
  };
}

function ending({ path, loop, why }: EndlessRun, rounds: number): Remark {
  if (loop.length === 0) {
    return { heading: "", sentences: [`after step ${path.length} it stays so for ever`, ...why] };
  }
  const sentence = `the run ends after ${counted(rounds, "round")}; the loop can go on for ever`;
  return { heading: "", sentences: [sentence] };
}

/**
 * Takes the way into a violation of progress, then its loop round after round, and says when a round begins. Actions
 * that are taken by hand may lead away from the run, and back to it.
 *
 * @param rounds how often to go round the loop; `Infinity` to go round for ever
 * @throws Error, when asked, in a state that the run does not come to
 */
export function endlessly(run: EndlessRun, rounds: number): Driver {
  const start = run.path.length;
  const last = start + run.loop.length;
  let plan: ReturnType<typeof planOf> | null = null;
  let at = 0;
  let round = 0;
  let isOver = false;
  return (stepper, say) => {
    plan ??= planOf(stepper.scope, run);
    const { states, actions } = plan;
    const here = JSON.stringify(stepper.state());
    const ahead = states.indexOf(here, at);
    const found = ahead < 0 && at > start ? states.indexOf(here, start) : ahead;
    if (found < 0)
      throw new UserError("the run was led away from the counterexample; choose by hand");
    // The loop ends in the state in which it begins.
    at = found === last ? start : found;
    if (at === start) {
      if (round === rounds || last === start) {
        if (!isOver) say(ending(run, rounds));
        isOver = true;
        return null;
      }
      round++;
      const loop = actions.slice(start).map((one) => actionWords(one, stepper.scope));
      say(
        round === 1 ? beginning(run, loop, rounds) : { heading: `round ${round}`, sentences: [] },
      );
    }
    return actions[at++] ?? null;
  };
}
