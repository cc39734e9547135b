import fc from "fast-check";
import { expect, it } from "vitest";
import { strongComponents } from "../../src/explore/strong-components.ts";
import { seed } from "./seed.ts";

const nodes = Array.from({ length: 8 }, (_, node) => node);
const edges = fc.array(fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes)), {
  maxLength: 16,
});

/** Whether each node reaches each other one, by the transitive closure (Warshall). */
function closure(pairs: readonly (readonly [number, number])[]): readonly boolean[][] {
  const reaches = nodes.map((from) => nodes.map((to) => from === to));
  for (const [from, to] of pairs) reaches[from]?.splice(to, 1, true);
  for (const middle of nodes) {
    for (const from of nodes) {
      if (reaches[from]?.[middle] !== true) continue;
      for (const to of nodes) if (reaches[middle]?.[to] === true) reaches[from].splice(to, 1, true);
    }
  }
  return reaches;
}

it(`finds the nodes that reach each other, successors first, seed ${seed}`, () => {
  fc.assert(
    fc.property(edges, (pairs) => {
      const lists = nodes.map((from) => pairs.filter(([source]) => source === from));
      const starts = [0];
      for (const list of lists) starts.push((starts.at(-1) ?? 0) + list.length);
      const { component, count } = strongComponents({
        size: nodes.length,
        starts: Uint32Array.from(starts),
        targets: Uint32Array.from(lists.flat(), ([, target]) => target),
      });
      const reaches = closure(pairs);
      for (const a of nodes) {
        for (const b of nodes) {
          const together = reaches[a]?.[b] === true && reaches[b]?.[a] === true;
          expect(component[a] === component[b]).toBe(together);
        }
      }
      expect(new Set(component).size).toBe(count);
      // Fairness decides components in the order of their numbers and relies on this.
      for (const [from, to] of pairs) {
        expect(component[to]).toBeLessThanOrEqual(component[from] ?? -1);
      }
    }),
    { seed, numRuns: 500 },
  );
});

it("does not run out of stack on a long line", () => {
  const size = 200_000;
  const starts = Uint32Array.from({ length: size + 1 }, (_, node) => Math.min(node, size - 1));
  const targets = Uint32Array.from({ length: size - 1 }, (_, node) => node + 1);
  expect(strongComponents({ size, starts, targets }).count).toBe(size);
});
