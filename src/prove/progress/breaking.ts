import type { CountedSystem } from "../counted/counting.ts";
import { all, not, substitute } from "../logic/formula.ts";
import type { Invariant } from "../invariant/invariant.ts";
import type { Prover } from "../logic/prover.ts";
import { violationOfState } from "../invariant/safety.ts";

/** The actions that lead from states in which a state property holds to states in which it does not. */
export async function actionsThatBreak(
  counted: CountedSystem,
  property: string,
  invariant: Invariant,
  prover: Prover,
): Promise<readonly string[]> {
  const violations = counted.system.stateProperties
    .filter(({ name }) => name === property)
    .map((one) => violationOfState(counted, one));
  const before = all(invariant.formula, ...violations.map(not));
  const breaking: string[] = [];
  for (const { name, enabled, becomes } of counted.actions) {
    for (const violation of violations) {
      const after = substitute(violation, becomes);
      if (after === violation) continue;
      const claim = `${property} is kept by ${name}`;
      const { answer } = await prover.solve(claim, [before, enabled, after]);
      if (answer === "sat" && !breaking.includes(name)) breaking.push(name);
    }
  }
  return breaking;
}
