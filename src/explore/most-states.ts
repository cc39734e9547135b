import { type Scope, boundValue, slotsOf } from "../compile/scope.ts";
import { Layout } from "./layout.ts";

/** Totals are only taken together while there are no more than so many ways to fill them. */
const mostCells = 2_000_000;

/** The totals that state properties bound always, with their largest values. */
function boundedTotals(
  scope: Scope,
): readonly { readonly weights: readonly number[]; readonly most: number }[] {
  const { quantities, stateProperties } = scope.system;
  const found = stateProperties
    .filter((property) => property.while.length === 0)
    .flatMap(({ requires }) => requires)
    .filter(({ minus, relation }) => minus < 0 && relation !== ">=")
    .map(({ quantity, relation, bound }) => ({
      weights: quantities[quantity]?.weights ?? [],
      most: boundValue(bound, scope) - (relation === "<" ? 1 : 0),
    }))
    .filter(({ weights }) => weights.includes(1));
  const taken: (typeof found)[number][] = [];
  let cells = slotsOf(scope) + 1;
  for (const total of found.sort((a, b) => a.most - b.most)) {
    if (cells * (total.most + 1) > mostCells) continue;
    cells *= total.most + 1;
    taken.push(total);
  }
  return taken;
}

/**
 * How many states up to permutation a scope has at most, if the state properties hold that bound its totals: the ways to
 * put slots into places within those bounds, times the states of the shared machines, times the values of the counters.
 */
export function mostStates(scope: Scope): number {
  const { system } = scope;
  const totals = boundedTotals(scope);
  const sizes = [slotsOf(scope) + 1, ...totals.map(({ most }) => most + 1)];
  const cells = sizes.reduce((product, size) => product * size, 1);
  const ways = new Float64Array(cells);
  ways[0] = 1;
  for (const { id } of system.places.slice(1)) {
    const steps = [1, ...totals.map(({ weights }) => weights[id] ?? 0)];
    const step = steps.reduce((index, by, axis) => index * (sizes[axis] ?? 1) + by, 0);
    for (let cell = 0; cell < cells; cell++) {
      // One more slot in this place than before, unless that is above a bound.
      let rest = cell;
      let fits = true;
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        const size = sizes[axis] ?? 1;
        if (rest % size < (steps[axis] ?? 0)) fits = false;
        rest = Math.floor(rest / size);
      }
      if (fits) ways[cell] = (ways[cell] ?? 0) + (ways[cell - step] ?? 0);
    }
  }
  const layout = new Layout(scope, true, "all");
  const others = layout.most.subarray(layout.sharedAt);
  return others.reduce(
    (product, most) => product * (most + 1),
    ways.reduce((sum, one) => sum + one, 0),
  );
}
