import { callOf } from "../../conform/action-call.ts";
import type { ConformScope } from "../../conform/conform-scopes.ts";
import type { Trap } from "../../conform/suites/counterexamples.ts";
import { checkScope } from "../../explore/check-scope.ts";
import { toldPaths } from "../../report/scope/scope-report.ts";

/** The shortest way into each violated property of a scope. */
export function knownTraps({ scope }: ConformScope): readonly Trap[] {
  return toldPaths(checkScope(scope).properties.filter(({ length }) => length !== null)).map(
    ({ names, property }) => ({
      properties: names,
      calls: property.path?.steps.map(({ taken }) => callOf(taken)) ?? [],
    }),
  );
}
