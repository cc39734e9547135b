import { entryAt } from "../../errors/checked-access.ts";
import type { CountedSystem } from "./counting.ts";
import { equal, type Formula } from "../logic/formula.ts";
import { minus, substitute, sum, variable, type Linear } from "../logic/linear.ts";

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** Divides a row by the greatest common divisor of its entries. */
function reduced(row: readonly number[]): number[] {
  const divisor = row.reduce((common, entry) => gcd(common, entry), 0);
  return divisor <= 1 ? [...row] : row.map((entry) => entry / divisor);
}

/** A basis, in whole numbers, of the vectors that every row annihilates (Gauss, without fractions). */
function annihilated(rows: readonly (readonly number[])[], width: number): readonly number[][] {
  const echelon: number[][] = [];
  const pivots: number[] = [];
  for (const given of rows) {
    let row = [...given];
    pivots.forEach((pivot, index) => {
      const factor = entryAt(row, pivot);
      const other = echelon[index];
      if (factor === 0 || other === undefined) return;
      const lead = entryAt(other, pivot);
      row = reduced(row.map((entry, column) => entry * lead - entryAt(other, column) * factor));
    });
    const pivot = row.findIndex((entry) => entry !== 0);
    if (pivot < 0) continue;
    echelon.forEach((other, index) => {
      const factor = entryAt(other, pivot);
      if (factor === 0) return;
      const lead = entryAt(row, pivot);
      echelon[index] = reduced(
        other.map((entry, column) => entry * lead - entryAt(row, column) * factor),
      );
    });
    echelon.push(row);
    pivots.push(pivot);
  }
  const free = Array.from({ length: width }, (_, column) => column).filter(
    (column) => !pivots.includes(column),
  );
  return free.map((column) => {
    // The free variable gets a value that every pivot divides.
    const common = echelon.reduce((product, row, index) => {
      const lead = Math.abs(entryAt(row, entryAt(pivots, index)));
      return (product / gcd(product, lead)) * lead;
    }, 1);
    const vector = Array.from({ length: width }, () => 0);
    vector[column] = common;
    echelon.forEach((row, index) => {
      const pivot = entryAt(pivots, index);
      vector[pivot] = -(entryAt(row, column) * common) / entryAt(row, pivot);
    });
    return reduced(vector);
  });
}

/**
 * The flows of the net: sums over places and counters that no move of one slot changes. Whether a broadcast keeps them
 * too is left to the search for invariants.
 */
export function flows(counted: CountedSystem): readonly Formula[] {
  const { system, placeNames, quantities, initially } = counted;
  // A counter that an action sets to 0 is in no sum that nothing changes.
  const kept = system.counters.filter((counter) =>
    system.slotMoves.every(({ resets }) => !resets.includes(counter)),
  );
  const counters = kept.flatMap((index) => [...(quantities[index]?.terms.keys() ?? [])]);
  const columns = [...placeNames, ...counters];
  const rows = new Map<string, readonly number[]>();
  for (const { from, to, counterChanges } of system.slotMoves) {
    const row = columns.map(() => 0);
    if (from !== to) {
      row[from] = -1;
      row[to] = 1;
    }
    for (const { counter, adds } of counterChanges) {
      const index = kept.indexOf(counter);
      if (index < 0) continue;
      const column = placeNames.length + index;
      row[column] = entryAt(row, column) + adds;
    }
    rows.set(row.join(), row);
  }
  return annihilated([...rows.values()], columns.length).map((vector) => {
    const weighed: Linear = sum(
      ...vector.map((times, column) => variable(entryAt(columns, column), times)),
    );
    return equal(minus(weighed, substitute(weighed, initially)), { constant: 0, terms: new Map() });
  });
}
