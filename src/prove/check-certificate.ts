import type { Parameters } from "../../models/parameters.ts";
import type { CompiledSystem } from "../compile/compiled-system.ts";
import { obligationsOfRun, type Statement } from "./certified.ts";
import { conditionOf } from "./condition.ts";
import { count } from "./counting.ts";
import { UnfitCertificate } from "./no-certificate.ts";
import { readCertificate } from "./read-certificate.ts";
import { scriptOf } from "./smt-lib.ts";
import type { Solver } from "./solver.ts";

/** What a certificate says of a property. */
export interface CheckedProperty {
  readonly property: string;
  /** It is violated at most where this holds; `null` for nowhere. */
  readonly condition: string | null;
  /** Whether it is shown to be violated wherever the condition holds. */
  readonly exact: boolean;
  /** Whether every statement that it rests on was confirmed. */
  readonly confirmed: boolean;
}

/** What came of checking one run of a certificate. */
export interface CheckedRun {
  readonly release: string;
  readonly parameters: Parameters;
  readonly masks: readonly (readonly number[])[] | null;
  readonly properties: readonly CheckedProperty[];
  /** The properties of the system that the certificate says nothing of. */
  readonly notCertified: readonly string[];
  /** How many statements the solver confirmed. */
  readonly confirmed: number;
  /** The statements that it did not. */
  readonly failed: readonly string[];
}

/** The model of a release in a shape; `null` if there is no such release. */
type SystemOf = (
  release: string,
  parameters: Parameters,
  masks: readonly (readonly number[])[] | null,
) => CompiledSystem | null;

/** A statement on its way to the solver. */
export interface Asked {
  readonly statement: Statement;
  /** Index of the run in the file. */
  readonly run: number;
  readonly release: string;
  readonly parameters: Parameters;
  /** Index of the statement within the run, and how many there are. */
  readonly index: number;
  readonly of: number;
}

/**
 * Checks a certificate against the model: makes every statement anew, sees that the file holds the same ones, and asks
 * the solver about them one by one.
 *
 * @param onStatement called before each question
 * @throws NoCertificate if the file is no certificate.
 * @throws UnfitCertificate if it does not fit this model, or does not show what it says, whatever a solver may answer.
 */
export async function checkCertificate(
  json: unknown,
  systemOf: SystemOf,
  solver: Pick<Solver, "solve">,
  onStatement: (asked: Asked) => void = () => undefined,
): Promise<readonly CheckedRun[]> {
  const checked: CheckedRun[] = [];
  for (const paper of readCertificate(json)) {
    const { release, parameters, masks, scripts, read } = paper;
    const system = systemOf(release, parameters, masks);
    if (system === null) throw new UnfitCertificate(`there is no release "${release}"`);
    const counted = count(system, parameters);
    const run = read(counted);
    const statements = obligationsOfRun(counted, run);
    const differing = statements.findIndex((one, index) => scriptOf(one) !== scripts[index]);
    if (differing >= 0 || statements.length !== scripts.length) {
      const { claim } = statements[differing] ?? { claim: "the number of statements" };
      throw new UnfitCertificate(`${release}: the file differs from the model in: ${claim}`);
    }
    const failed: { readonly statement: Statement; readonly answer: string }[] = [];
    for (const [index, statement] of statements.entries()) {
      onStatement({
        statement,
        run: checked.length,
        release,
        parameters,
        index,
        of: statements.length,
      });
      const { answer } = await solver.solve(statement.hypotheses);
      if (answer !== "unsat") failed.push({ statement, answer });
    }
    const rests = (on: string | null): boolean =>
      failed.every(({ statement }) => statement.property !== on);
    checked.push({
      release,
      parameters,
      masks,
      properties: run.properties.map(({ property, violatedFrom, paths }) => ({
        property,
        condition: violatedFrom === null ? null : conditionOf(violatedFrom).text,
        exact: violatedFrom === null || paths.length > 0,
        confirmed: rests(null) && rests(property),
      })),
      notCertified: system.properties
        .map(({ name }) => name)
        .filter((name) => run.properties.every(({ property }) => property !== name)),
      confirmed: statements.length - failed.length,
      failed: failed.map(({ statement, answer }) => `${statement.claim} (${answer})`),
    });
  }
  return checked;
}
