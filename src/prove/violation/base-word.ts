import type { EnabledAction } from "../../compile/stepper.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { step } from "./walk.ts";
import type { Valuation } from "../logic/linear.ts";

interface Letter {
  readonly action: CountedAction;
  readonly slot: number | null;
}

/**
 * A concrete path as counted actions. An action of the environment that interrupts the actions of one chunk is moved
 * before them where that changes nothing: the path then tells one chunk's story after the other.
 */
export function wordOf(
  counted: CountedSystem,
  steps: readonly EnabledAction[],
  initial: Valuation,
): readonly CountedAction[] | null {
  const letters: Letter[] = [];
  let values = initial;
  for (const { move, slot } of steps) {
    const taken = counted.actions.find((one) => one.move === move && step(one, values) !== null);
    const after = taken === undefined ? null : step(taken, values);
    if (taken === undefined || after === null) return null;
    letters.push({ action: taken, slot });
    values = after;
  }
  const works = (word: readonly Letter[]): boolean => {
    let current: Valuation | null = initial;
    for (const { action } of word) {
      if (current === null) return false;
      current = step(action, current);
    }
    return current !== null;
  };
  let word: readonly Letter[] = letters;
  for (let moved = true; moved;) {
    moved = false;
    for (let at = 1; at < word.length - 1 && !moved; at++) {
      const [before, here, after] = [word[at - 1], word[at], word[at + 1]];
      if (before === undefined || here === undefined || after === undefined) continue;
      if (here.slot !== null || before.slot === null || before.slot !== after.slot) continue;
      const swapped = [...word.slice(0, at - 1), here, before, ...word.slice(at + 1)];
      if (!works(swapped)) continue;
      word = swapped;
      moved = true;
    }
  }
  return word.map(({ action }) => action);
}
