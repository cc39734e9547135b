import { expect } from "vitest";
import type { Scope } from "../../src/compile/scope.ts";
import { slotsOf } from "../../src/compile/scope.ts";
import { sizesIn } from "../../src/compile/sizes.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import type { PropertyProof } from "../../src/prove/prove.ts";
import { conditionHolds } from "../../src/prove/violation/condition.ts";

/** What was proved for every size, or under an exact condition, is what the exploration of a scope finds. */
export function expectAgreement(properties: readonly PropertyProof[], scope: Scope): void {
  for (const { property, verdict } of checkScope(scope).properties) {
    const proof = properties.find((found) => found.property === property);
    const said = JSON.stringify([property, scope.parameters]);
    if (proof?.verdict === "proved") expect(verdict, said).toBe("holds");
    const exact = proof?.condition ?? null;
    if (exact === null) continue;
    const holds = conditionHolds(exact, slotsOf(scope), sizesIn(scope.system, scope.parameters));
    expect(verdict, said).toBe(holds ? "violated" : "holds");
  }
}
