import type { PropertyProof, SystemProof } from "../prove/prove.ts";
import { columns } from "./columns.ts";
import type { Style } from "./style.ts";

function cell(proof: PropertyProof | undefined, style: Style): string {
  if (proof === undefined) return "";
  switch (proof.verdict) {
    case "proved":
      return style.green("proved");
    case "refuted":
      return style.red(proof.condition === null ? "refuted" : `iff ${proof.condition.text}`);
    case "unknown":
      return style.yellow("unknown");
  }
}

function systemName({ release, parameters }: SystemProof): string {
  const { outputs, routing } = parameters;
  return `${release}, ${outputs} output${outputs === 1 ? "" : `s, routing ${routing}`}`;
}

/** A table of systems by properties: proved for every size, or when it is violated. */
export function proofTable(proofs: readonly SystemProof[], style: Style): string {
  const names = [
    ...new Set(proofs.flatMap(({ properties }) => properties.map(({ property }) => property))),
  ];
  return columns([
    ["", ...names, "s"],
    ...proofs.map((proof) => [
      systemName(proof),
      ...names.map((name) =>
        cell(
          proof.properties.find(({ property }) => property === name),
          style,
        ),
      ),
      (proof.elapsedMs / 1000).toFixed(1),
    ]),
  ]);
}

function propertyLines(proof: PropertyProof, style: Style): readonly string[] {
  const lines = [`${style.bold(proof.property)}: ${cell(proof, style)}`];
  for (const { text, lengthText, outages, where } of proof.paths ?? []) {
    lines.push(
      `  ${where}: ${text}`,
      style.dim(`    ${lengthText} actions, ${outages} outages; each guard proved for every size`),
    );
  }
  if (proof.paths === null && proof.counterexample !== null) {
    const { steps, parameters } = proof.counterexample;
    lines.push(
      `  smallest: ${steps.map(({ move }) => move.action).join(" ")} ${style.dim(`(N=${parameters.chunks} T=${parameters.taskMapSize} X=${parameters.maxChunksUp})`)}`,
    );
  }
  for (const line of new Set(proof.argument?.unchecked ?? [])) {
    lines.push(style.dim(`  not machine-checked: ${line}`));
  }
  if (proof.reason !== null) lines.push(style.dim(`  ${proof.reason}`));
  return lines;
}

/** One system for a terminal: the invariants in words, then each property with what shows or refutes it. */
export function proofText(proof: SystemProof, style: Style): string {
  return [
    style.bold(`${systemName(proof)}: every N, T, X and Q of at least 1`),
    "",
    "Invariants that were found and proved:",
    ...proof.invariant.parts.filter(({ plain }) => !plain).map(({ words }) => `  ${words}`),
    "",
    ...proof.properties.flatMap((property) => propertyLines(property, style)),
    "",
    style.dim(`${proof.questions} questions to Z3, ${(proof.elapsedMs / 1000).toFixed(1)} s`),
  ].join("\n");
}
