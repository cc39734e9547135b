import type { SystemDescription } from "../../../models/description.ts";
import { release as park } from "../../../models/releases/park.ts";
import { release as v304 } from "../../../models/releases/v3.0.4.ts";
import { compile } from "../../../src/compile/compile.ts";
import type { Scope } from "../../../src/compile/scope.ts";
import { UserError } from "../../../src/errors/user-error.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";
import type { ReferenceRow } from "../../oracle/reference/reference-row.ts";
import { scopeForOracle } from "../scope-for.ts";
import { derivedMutants, type DerivedMutant } from "./derived-mutants.ts";

/** Everything that is said of a scope. */
function saidOf(scope: Scope): string {
  const { counts, properties } = checkScope(scope, { maxStates: 20_000 });
  const said = properties.map(({ property, verdict, length, clauses }) => [
    property,
    verdict,
    length,
    ...clauses.map((clause) => clause.length),
  ]);
  return JSON.stringify([...Object.values(counts).map(String), said]);
}

function scopeWith(scope: Scope, description: SystemDescription): Scope {
  return { ...scope, system: compile(description) };
}

/** Whether a row finds a mutant out; null if the row has no such mutant. */
function findsOut(scope: Scope, mutant: DerivedMutant, right: string): boolean | null {
  try {
    const changed = scopeWith(scope, mutant.description);
    return mutant.isOne() ? saidOf(changed) !== right : null;
  } catch (error) {
    // A description that cannot be compiled, or a counter that leaves its range.
    if (error instanceof UserError || error instanceof RangeError) return true;
    throw error;
  }
}

/** What became of mutants by their names. */
export type Tried = Map<string, "found" | "survives">;

/** Tries those mutants of the description behind a scope that no earlier scope has found out. */
export function tryScope(scope: Scope, mutants: readonly DerivedMutant[], tried: Tried): void {
  let right: string | undefined;
  for (const mutant of mutants) {
    if (tried.get(mutant.name) === "found") continue;
    right ??= saidOf(scope);
    const found = findsOut(scope, mutant, right);
    if (found !== null) tried.set(mutant.name, found ? "found" : "survives");
  }
}

/** Tries every mutant of the description behind a row that no earlier row has found out. */
export function tryRow({ parameters }: ReferenceRow, tried: Tried): void {
  const scope = scopeForOracle(parameters, park);
  const release = "park" in parameters && parameters.park ? park : v304;
  tryScope(scope, derivedMutants(release.describe(scope.parameters)), tried);
}
