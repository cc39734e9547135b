import type { Parameters } from "../../models/parameters.ts";
import type { CompiledSystem } from "../compile/compiled-system.ts";
import { obligationsOfRun } from "./certified.ts";
import { conditionOf } from "./condition.ts";
import { count } from "./counting.ts";
import { NoCertificate } from "./no-certificate.ts";
import { readCertificate } from "./read-certificate.ts";
import { scriptOf, type Obligation } from "./smt-lib.ts";
import type { Solver } from "./solver.ts";

/** What a certificate says of a property. */
interface CheckedProperty {
  readonly property: string;
  /** It is violated at most where this holds; `null` for nowhere. */
  readonly condition: string | null;
  /** Whether it is shown to be violated wherever the condition holds. */
  readonly exact: boolean;
}

/** What came of checking one run of a certificate. */
export interface CheckedRun {
  readonly release: string;
  readonly parameters: Parameters;
  readonly properties: readonly CheckedProperty[];
  /** How many statements the solver confirmed. */
  readonly confirmed: number;
  /** The statements that it did not. */
  readonly failed: readonly string[];
}

/**
 * Checks a certificate against the model: makes every statement anew, sees that the file holds the same ones, and asks
 * the solver about them one by one.
 *
 * @param systemOf the model of a release in this shape
 * @param onObligation called before each question
 * @throws NoCertificate if the file is no certificate of this model, whatever a solver may answer.
 */
export async function checkCertificate(
  json: unknown,
  systemOf: (release: string, parameters: Parameters) => CompiledSystem,
  solver: Pick<Solver, "solve">,
  onObligation: (obligation: Obligation) => void = () => undefined,
): Promise<readonly CheckedRun[]> {
  const checked: CheckedRun[] = [];
  for (const { release, parameters, scripts, read } of readCertificate(json)) {
    const counted = count(systemOf(release, parameters), parameters);
    const run = read(counted);
    const obligations = obligationsOfRun(counted, run);
    const differing = obligations.findIndex((one, index) => scriptOf(one) !== scripts[index]);
    if (differing >= 0 || obligations.length !== scripts.length) {
      const { claim } = obligations[differing] ?? { claim: "the number of statements" };
      throw new NoCertificate(`${release}: the file differs from the model in: ${claim}`);
    }
    let confirmed = 0;
    const failed: string[] = [];
    for (const obligation of obligations) {
      onObligation(obligation);
      const { answer } = await solver.solve(obligation.hypotheses);
      if (answer === "unsat") confirmed++;
      else failed.push(`${obligation.claim} (${answer})`);
    }
    checked.push({
      release,
      parameters,
      properties: run.properties.map(({ property, violatedFrom, paths }) => ({
        property,
        condition: violatedFrom === null ? null : conditionOf(violatedFrom).text,
        exact: violatedFrom === null || paths.length > 0,
      })),
      confirmed,
      failed,
    });
  }
  return checked;
}
