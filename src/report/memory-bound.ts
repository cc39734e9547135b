import type { LinearBound } from "../../models/description.ts";
import type { CompiledSystem } from "../compile/compiled-system.ts";

const symbols = [
  ["taskMapSize", "T"],
  ["maxChunksUp", "X"],
  ["overLimitQuota", "Q"],
] as const;

/**
 * The most chunks in memory that the system promises, as a formula such as `X + 2 Q`: read from the property that bounds
 * the chunks in memory and nothing else. Undefined if it promises nothing.
 *
 * @param hasQuota whether Q is more than 0
 */
export function memoryBoundWords(system: CompiledSystem, hasQuota: boolean): string | undefined {
  for (const { requires, while: states } of system.stateProperties) {
    const bound = requires.find(
      ({ quantity, minus, relation }) =>
        quantity === system.vocabulary.up && minus === -1 && relation === "<",
    )?.bound;
    if (bound !== undefined && states.length === 0) return formula(bound, hasQuota);
  }
  return undefined;
}

/** What is below the bound, at most. */
function formula(bound: LinearBound, hasQuota: boolean): string {
  const terms = symbols.flatMap(([name, symbol]) => {
    const factor = bound[name] ?? 0;
    if (factor === 0 || (name === "overLimitQuota" && !hasQuota)) return [];
    return [factor === 1 ? symbol : `${factor} ${symbol}`];
  });
  const constant = bound.constant - 1;
  return [...terms, ...(constant === 0 ? [] : [String(constant)])].join(" + ");
}
