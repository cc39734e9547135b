import type { ProofSummary, PropertySummary } from "../../prove/proof-summary.ts";

/** What a violation of a property is called, and what its absence. */
interface Words {
  readonly violated: string;
  readonly holds: string;
}

const told: ReadonlyMap<string, Words> = new Map([
  ["neverStuck", { violated: "the engine can get stuck", holds: "the engine never gets stuck" }],
  [
    "isolation",
    {
      violated: "an output that is offline can cut others off",
      holds: "an output that is offline never cuts others off",
    },
  ],
]);

function ofProperty(
  { verdict, condition, reason }: PropertySummary,
  limits: string,
  { violated, holds }: Words,
): string {
  if (verdict === "proved") {
    return `Proved for every number of chunks, with ${limits} as at any size: ${holds}.`;
  }
  return verdict === "refuted" && condition !== null
    ? `Proved for every number of chunks: with ${limits}, ${violated} if and only if ${condition.chunks} or more chunks are live.`
    : `Not decided for every number of chunks, with ${limits}, whether ${violated}: ${reason ?? "no proof was found"}.`;
}

/** What a proof says of getting stuck, and of outputs that cut others off, at its very limits. */
export function limitsWords({ properties, sizes }: ProofSummary): readonly string[] {
  const limits = `${sizes["T"] ?? 0} tasks and ${sizes["X"] ?? 0} chunks up`;
  return properties.flatMap((one) => {
    const words = told.get(one.property);
    return words === undefined ? [] : [ofProperty(one, limits, words)];
  });
}
