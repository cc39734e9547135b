import type { PathSummary, ProofSummary, PropertySummary } from "../prove/proof-summary.ts";
import type { Json } from "./check-json.ts";
import { isShortest, settingsJson } from "./proof-words.ts";

function onePathJson(path: PathSummary): Json {
  const { actions, length, outages, where, trap, compared, replay } = path;
  return {
    actions,
    length,
    outages,
    where,
    trap,
    shortest: isShortest(path),
    comparedWith: compared.map(({ sizes, chunks, length: own, shortest }) => ({
      parameters: { ...sizes, chunks },
      length: own,
      shortest,
    })),
    replay:
      replay === null
        ? null
        : {
            parameters: { ...replay.sizes, chunks: replay.chunks },
            actions: replay.steps,
            violates: replay.violates,
          },
  };
}

function propertyJson(property: PropertySummary): Json {
  const { condition, paths, smallest } = property;
  return {
    verdict: property.verdict,
    condition: condition?.text ?? null,
    leastChunks: condition?.chunks ?? null,
    path: paths?.map(onePathJson) ?? smallest?.actions ?? null,
    smallest:
      smallest === null
        ? null
        : { parameters: { ...smallest.parameters }, length: smallest.length },
    brokenBy: property.brokenBy,
    notMachineChecked: property.notMachineChecked,
    reason: property.reason,
    elapsedMs: Math.round(property.elapsedMs),
  };
}

/** One run of `prove` as JSON; the fields are documented in docs/cli.md and stable. */
export function proofJson(proof: ProofSummary): Json {
  const { parameters, sizes } = proof;
  return {
    release: proof.release,
    outputs: parameters.outputs,
    routing: parameters.routing,
    retryLimit: parameters.retryLimit,
    settings: settingsJson(proof),
    least: { ...proof.least },
    masks: proof.masks,
    realSizes: { ...sizes },
    elapsedMs: Math.round(proof.elapsedMs),
    questions: proof.questions,
    invariants: proof.invariants.map(({ words }) => words),
    properties: Object.fromEntries(
      proof.properties.map((property) => [property.property, propertyJson(property)]),
    ),
  };
}
