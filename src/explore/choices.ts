import type { SlotMove } from "../compile/compiled-system.ts";
import type { Sites } from "./sites.ts";

/** The sites of the slots that a move takes one by one, the acting one first, and for how many choices they stand. */
interface Parts {
  readonly sites: readonly number[];
  readonly ways: number;
}

/**
 * Every way in which a move, taken by a slot of a site, can choose the other slots. Slots of one site are all the same, so
 * one choice stands for all of them.
 */
export function choicesOf(move: SlotMove, acting: number, sites: Sites): readonly Parts[] {
  let found: readonly Parts[] = [{ sites: [acting], ways: 1 }];
  for (const { from } of move.others) {
    found = found.flatMap(({ sites: taken, ways }) => {
      const choices: Parts[] = [];
      for (let site = 0; site < sites.length; site++) {
        if (sites.place[site] !== from) continue;
        const free = (sites.count[site] ?? 0) - taken.filter((one) => one === site).length;
        if (free > 0) choices.push({ sites: [...taken, site], ways: ways * free });
      }
      return choices;
    });
  }
  return found;
}
