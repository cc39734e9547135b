import type { Comparison, LinearBound, Quantity } from "../../../models/description.ts";

function quantityWords(quantity: Quantity): string {
  return "total" in quantity ? quantity.total : quantity.counter;
}

function boundWords(bound: LinearBound): string {
  const { constant, ...limits } = bound;
  const terms = Object.entries(limits)
    .filter(([, factor]) => factor !== 0 && factor !== undefined)
    .map(([name, factor]) => (factor === 1 ? name : `${factor} ${name}`));
  return [...terms, ...(constant === 0 && terms.length > 0 ? [] : [String(constant)])]
    .join(" + ")
    .replaceAll("+ -", "- ");
}

/** A guard over totals and counters, such as `up < maxChunksUp`. */
export function comparisonWords({ quantity, minus, relation, bound }: Comparison): string {
  const left = [quantity, ...(minus === undefined ? [] : [minus])].map(quantityWords).join(" − ");
  return `${left} ${relation === ">=" ? "≥" : relation} ${boundWords(bound)}`;
}
