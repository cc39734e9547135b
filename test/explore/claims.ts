import type { CompiledSystem } from "../../src/compile/compiled-system.ts";
import type { EndlessClaim } from "../../src/explore/endless-claim.ts";

/**
 * What the first clause of a progress property that is judged under fairness claims of an endless run.
 *
 * @param output the output that is owed something for ever; null where the property is about chunks
 */
export function claimOf(
  { progress }: CompiledSystem,
  property: string,
  output: number | null = null,
): EndlessClaim {
  const clause = progress
    .find(({ name }) => name === property)
    ?.clauses.find(({ modality }) => modality === "must");
  const pending = clause?.pending.find(
    (one) => (one.kind === "delivery" ? one.output : null) === output,
  );
  if (clause === undefined || clause.outputs === null || pending === undefined)
    throw new Error(`${property} has no claim`);
  const { agents, phases, outputs } = clause;
  return { pending, agents, phases, outputs };
}
