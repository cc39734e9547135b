import type { PathSummary, ProofSummary, PropertySummary } from "../../prove/proof-summary.ts";
import type { Json } from "../scope/check-json.ts";
import { isShortest, settingsJson } from "./proof-words.ts";
import { namedSizes } from "../../compile/sizes.ts";

function onePathJson(path: PathSummary, { limits, slots }: ProofSummary): Json {
  const { actions, length, outages, where, trap, compared, replay } = path;
  return {
    actions,
    length,
    outages,
    where,
    trap,
    shortest: isShortest(path),
    comparedWith: compared.map(({ sizes, chunks, length: own, shortest }) => ({
      parameters: { ...namedSizes(limits, sizes), [slots.parameter]: chunks },
      length: own,
      shortest,
    })),
    replay:
      replay === null
        ? null
        : {
            parameters: { ...namedSizes(limits, replay.sizes), [slots.parameter]: replay.chunks },
            actions: replay.steps,
            violates: replay.violates,
          },
  };
}

function propertyJson(property: PropertySummary, proof: ProofSummary): Json {
  const { condition, paths, smallest } = property;
  return {
    verdict: property.verdict,
    condition: condition?.text ?? null,
    leastChunks: condition?.chunks ?? null,
    path: paths?.map((one) => onePathJson(one, proof)) ?? smallest?.actions ?? null,
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
    outputs: parameters["outputs"] ?? 0,
    routing: parameters["routing"] ?? "all",
    ...(parameters["retryLimit"] === undefined ? {} : { retryLimit: parameters["retryLimit"] }),
    settings: settingsJson(proof),
    least: namedSizes(proof.limits, proof.least),
    masks: proof.masks,
    realSizes: namedSizes(proof.limits, sizes),
    elapsedMs: Math.round(proof.elapsedMs),
    questions: proof.questions,
    invariants: proof.invariants.map(({ words }) => words),
    properties: Object.fromEntries(
      proof.properties.map((property) => [property.property, propertyJson(property, proof)]),
    ),
  };
}
