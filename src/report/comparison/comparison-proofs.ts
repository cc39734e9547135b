import type { PropertyProof } from "../../prove/prove.ts";
import type { ComparedRelease } from "./comparison.ts";
import type { Style } from "../style.ts";

/** The verdicts for every size as rows, and what their numbers in brackets stand for. */
export interface ProofRows {
  readonly rows: readonly string[][];
  readonly notes: readonly string[];
}

/**
 * A row for each property: its name, then the verdict on each release over all shapes. Where it is violated, a number
 * in brackets stands for the condition.
 */
export function proofRows(releases: readonly ComparedRelease[], style: Style): ProofRows {
  const conditions: string[] = [];
  const noted = (condition: string): number => {
    if (!conditions.includes(condition)) conditions.push(condition);
    return conditions.indexOf(condition) + 1;
  };
  const names = [
    ...new Set(
      releases.flatMap(({ proofs }) =>
        proofs.flatMap(({ proof }) => proof.properties.map(({ property }) => property)),
      ),
    ),
  ];
  const cell = ({ proofs }: ComparedRelease, name: string): string => {
    const found = proofs.flatMap(({ letter, proof }) =>
      proof.properties
        .filter(({ property }) => property === name)
        .map((one): { letter: string; one: PropertyProof } => ({ letter, one })),
    );
    const of = (verdict: PropertyProof["verdict"]): typeof found =>
      found.filter(({ one }) => one.verdict === verdict);
    const letters = (some: typeof found): string =>
      some.length === found.length ? "" : ` (${some.map(({ letter }) => letter).join("")})`;
    const refuted = of("refuted");
    if (refuted.length > 0) {
      const where = new Set(refuted.map(({ one }) => one.condition?.text ?? "somewhere"));
      const numbers = [...where].map((text) => noted(text)).join(",");
      return style.red(`violated [${numbers}]${letters(refuted)}`);
    }
    const unknown = of("unknown");
    if (unknown.length > 0) return style.yellow(`?${letters(unknown)}`);
    return found.length === 0 ? style.dim("–") : style.green("proved");
  };
  const rows = names.map((name) => [name, ...releases.map((release) => cell(release, name))]);
  const notes = conditions.map((condition, index) =>
    condition === "somewhere"
      ? `[${index + 1}]: violated; no exact condition is known`
      : `[${index + 1}]: violated if and only if ${condition}`,
  );
  return { rows, notes };
}
