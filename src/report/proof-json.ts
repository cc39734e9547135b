import type { PropertyProof, SystemProof } from "../prove/prove.ts";
import type { Json } from "./check-json.ts";

function pathJson({ paths, counterexample }: PropertyProof): Json {
  if (paths !== null) {
    return paths.map(({ text, lengthText, outages, where }) => ({
      actions: text,
      length: lengthText,
      outages,
      where,
    }));
  }
  return counterexample === null ? null : counterexample.steps.map(({ move }) => move.action);
}

function propertyJson(proof: PropertyProof): Json {
  const { counterexample } = proof;
  return {
    verdict: proof.verdict,
    condition: proof.condition?.text ?? null,
    path: pathJson(proof),
    smallest:
      counterexample === null
        ? null
        : { parameters: { ...counterexample.parameters }, length: counterexample.length },
    notMachineChecked: [...new Set(proof.argument?.unchecked ?? [])],
    reason: proof.reason,
    elapsedMs: Math.round(proof.elapsedMs),
  };
}

/** One run of `prove` as JSON; the fields are documented in docs/cli.md and stable. */
export function proofJson(proof: SystemProof): Json {
  const { parameters } = proof;
  return {
    release: proof.release,
    outputs: parameters.outputs,
    routing: parameters.routing,
    retryLimit: parameters.retryLimit,
    elapsedMs: Math.round(proof.elapsedMs),
    questions: proof.questions,
    invariants: proof.invariant.parts.map(({ words }) => words),
    properties: Object.fromEntries(
      proof.properties.map((property) => [property.property, propertyJson(property)]),
    ),
  };
}
