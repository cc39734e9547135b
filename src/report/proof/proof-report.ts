import type { ProofSummary, PropertySummary } from "../../prove/proof-summary.ts";
import {
  outagesWords,
  replayWords,
  shortestWords,
  rangeWords,
  sizesWords,
  systemWords,
} from "./proof-words.ts";
import type { Style } from "../style.ts";

function verdictWords({ verdict, condition }: PropertySummary, style: Style): string {
  switch (verdict) {
    case "proved":
      return style.green("proved");
    case "refuted":
      return style.red(
        condition === null ? "refuted" : `violated if and only if ${condition.text}`,
      );
    case "unknown":
      return style.yellow("unknown");
  }
}

function propertyLines(proof: PropertySummary, style: Style): readonly string[] {
  const { paths, smallest } = proof;
  const lines = [`${style.bold(proof.property)}: ${verdictWords(proof, style)}`];
  for (const action of proof.brokenBy) lines.push(`  not inductive: broken by ${action}`);
  for (const path of paths ?? []) {
    lines.push(
      `  ${path.where}: ${path.actions}`,
      style.dim(
        `    ${path.length} actions, ${outagesWords(path)}; each guard proved for every size`,
      ),
      ...path.trap.map((line) => style.dim(`    from there on: ${line}`)),
    );
    for (const line of [shortestWords(path), replayWords(path)]) {
      if (line !== null) lines.push(style.dim(`    ${line}`));
    }
  }
  if (paths === null && smallest !== null) {
    const { actions, sizes, chunks } = smallest;
    lines.push(`  smallest: ${actions.join(" ")} ${style.dim(`(${sizesWords(sizes, chunks)})`)}`);
  }
  for (const line of proof.notMachineChecked) {
    lines.push(style.dim(`  not machine-checked: ${line}`));
  }
  if (proof.reason !== null) lines.push(style.dim(`  ${proof.reason}`));
  return lines;
}

function closing({ questions, elapsedMs }: ProofSummary): string {
  return `${questions} questions to Z3, ${(elapsedMs / 1000).toFixed(1)} s`;
}

/** One system for a terminal: the invariants in words, then each property with what shows or refutes it. */
export function proofText(proof: ProofSummary, style: Style): string {
  return [
    style.bold(`${systemWords(proof)}: every ${rangeWords(proof)}`),
    "",
    "Invariants that were found and proved:",
    ...proof.invariants.filter(({ plain }) => !plain).map(({ words }) => `  ${words}`),
    "",
    ...proof.properties.flatMap((property) => propertyLines(property, style)),
    "",
    style.dim(closing(proof)),
  ].join("\n");
}
