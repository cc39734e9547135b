import { expect, it } from "vitest";
import { getAdjacencyMap } from "xstate/graph";
import { lift } from "../../../src/compile/lift.ts";
import { rows, scopeOfRow } from "./rows.ts";

/** Between them: a counter that is set to 0, one that becomes a total, a token, a jam, a sleeping consumer, lost requests. */
const interpreted = [
  "N=2 block crash=running release=v0.129",
  "N=2 block shutdown receiversWait",
  "N=2 putFails crash=running",
  "N=2 storage=memory block shutdown",
  "N=2 loadFails crash=running release=v0.129",
  "N=3 block cancels",
];

it.each(rows.filter(({ words }) => interpreted.includes(words)))(
  "XState, event by event, reaches as many states as the page says: $words",
  (row) => {
    const { parameters } = scopeOfRow(row);
    const { machine, traversal } = lift(row.release.describe(parameters), parameters);
    expect(Object.keys(getAdjacencyMap(machine, traversal))).toHaveLength(row.labelled);
  },
);
