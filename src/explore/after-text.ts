import type { SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Layout } from "./layout.ts";
import type { StateText } from "./state-text.ts";

/** What the words of a state become, each as an expression of the words before. */
export interface After {
  readonly words: readonly string[];
  /** Whether the words are the same as before; where only a run can tell, an expression. */
  readonly same: boolean | string;
  /** Statements that end the search if a field has no room. */
  readonly checks: readonly string[];
}

/**
 * What a move adds to the words, and what it sets in them.
 *
 * @param slotWord the word of the slot, where slots are told apart
 */
export function afterMove(
  move: SlotMove | SystemMove,
  slotWord: number | null,
  layout: Layout,
  text: StateText,
): After {
  const { word, shift, mask, most, sharedAt, words } = layout;
  const adds = Array.from({ length: words }, (): string[] => []);
  const clears = Array.from({ length: words }, () => 0);
  const checks: string[] = [];
  let mayBeSame = true;
  let isStill = true;
  const add = (field: number, by: number): void => {
    adds[word[field] ?? 0]?.push(String((by << (shift[field] ?? 0)) | 0));
    mayBeSame = false;
  };
  if ("from" in move && move.from !== move.to) {
    if (slotWord !== null) {
      adds[slotWord]?.push(`(${move.to - move.from} << by)`);
      mayBeSame = false;
    } else {
      if (move.from > 0) add(move.from - 1, -1);
      if (move.to > 0) {
        const full = mask[move.to - 1] ?? 0;
        if (full < layout.slots) {
          checks.push(
            `if (c${move.to} === ${full}) successors.refuse(${move.to - 1}, ${full + 1});`,
          );
        }
        add(move.to - 1, 1);
      }
    }
  }
  for (const [machine, state] of new Map(move.sets.map((set) => [set.machine, set.state]))) {
    const field = sharedAt + machine;
    const before = move.needs.find((need) => need.machine === machine)?.state;
    if (before === undefined) {
      const at = word[field] ?? 0;
      clears[at] = (clears[at] ?? 0) | ((mask[field] ?? 0) << (shift[field] ?? 0));
      adds[at]?.push(String((state << (shift[field] ?? 0)) | 0));
      isStill = false;
    } else if (before !== state) add(field, state - before);
  }
  const changes = new Map<number, number>();
  for (const { counter, adds: by } of move.counterChanges) {
    const field = text.fieldOfCounter(counter);
    const value = `${text.counter(counter)} ${by < 0 ? "-" : "+"} ${Math.abs(by)}`;
    const leaves = by < 0 ? `${value} < 0` : `${value} > ${most[field] ?? 0}`;
    checks.push(`if (${leaves}) successors.refuse(${field}, ${value});`);
    changes.set(field, (changes.get(field) ?? 0) + by);
  }
  for (const [field, by] of changes) if (by !== 0) add(field, by);
  const after = adds.map((terms, index) => {
    const cleared = clears[index] ?? 0;
    const base = cleared === 0 ? `w${index}` : `(w${index} & ${~cleared})`;
    return [base, ...terms].join(" + ").replaceAll("+ -", "- ");
  });
  const same = after.map((words, index) => `((${words}) | 0) === w${index}`).join(" && ");
  return { words: after, same: mayBeSame ? isStill || same : false, checks };
}
