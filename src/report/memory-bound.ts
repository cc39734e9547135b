import type { LinearBound } from "../../models/description.ts";
import { boundTerms } from "../compile/guards.ts";
import { absentLimits } from "../compile/sizes.ts";
import type { Scope } from "../compile/scope.ts";

/**
 * The most that the first gauge of a system promises to show, as a formula such as `X + 2 Q`: read from the property that
 * bounds its total and nothing else. Undefined if it promises nothing.
 */
export function memoryBoundWords({ system, parameters }: Scope): string | undefined {
  const gauge = system.vocabulary.gauges[0]?.quantity;
  const absent = absentLimits(system, parameters);
  const symbols = new Map(system.limits.map(({ name, symbol }) => [name, symbol]));
  for (const { requires, while: states } of system.stateProperties) {
    const bound = requires.find(
      ({ quantity, minus, relation }) => quantity === gauge && minus === -1 && relation === "<",
    )?.bound;
    if (bound !== undefined && states.length === 0) return formula(bound, symbols, absent);
  }
  return undefined;
}

/** What is below the bound, at most. */
function formula(
  bound: LinearBound,
  symbols: ReadonlyMap<string, string>,
  absent: ReadonlySet<string>,
): string {
  const factors = new Map(boundTerms(bound));
  const terms = [...symbols].flatMap(([name, symbol]) => {
    const factor = factors.get(name) ?? 0;
    if (factor === 0 || absent.has(symbol)) return [];
    return [factor === 1 ? symbol : `${factor} ${symbol}`];
  });
  const constant = bound.constant - 1;
  return [...terms, ...(constant === 0 ? [] : [String(constant)])]
    .join(" + ")
    .replaceAll("+ -", "- ");
}
