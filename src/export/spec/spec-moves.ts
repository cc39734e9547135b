import type { SlotMove, SystemMove } from "../../compile/compiled-system.ts";

/** Whether a slot move can leave the state as it is, whatever the machines outside the slots are. */
export function neverChanges({
  from,
  to,
  sets,
  counterChanges,
  others,
  resets,
}: SlotMove): boolean {
  return (
    from === to &&
    sets.length === 0 &&
    counterChanges.length === 0 &&
    others.length === 0 &&
    resets.length === 0
  );
}

/** How many slots have to be in each place for a move to be taken: the acting one, and those that it chooses. */
export function neededSlots({ from, others }: SlotMove): ReadonlyMap<number, number> {
  const needed = new Map([[from, 1]]);
  for (const other of others) needed.set(other.from, (needed.get(other.from) ?? 0) + 1);
  return needed;
}

/** A line about a move: its name, what it is about, where it is in Fluent Bit, and what happens. */
export function moveWords(move: SlotMove | SystemMove): string {
  const mask = "mask" in move && move.mask !== null ? ` {${move.mask.join(",")}}` : "";
  const output = move.output === null ? "" : ` of output ${move.output}`;
  const where = move.cFunction === "" ? "" : ` (${move.cFunction})`;
  return `${move.action}${output}${mask}${where}, by the ${move.agent}`;
}
