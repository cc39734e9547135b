import { afterAll, beforeAll } from "vitest";
import type { EverySizeScope } from "../../src/compile/every-size.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { proveSystem, type SystemProof } from "../../src/prove/prove.ts";
import type { Search } from "../../src/prove/invariant/small-scopes.ts";
import { startZ3, type Solver } from "../../src/prove/logic/solver.ts";

/** The explorer, as a proof asks for it. */
const search: Search = (scope) =>
  checkScope(scope).properties.map(({ property, verdict, path, length }) => ({
    property,
    verdict,
    length,
    steps: path === null ? null : path.steps.map(({ taken }) => taken),
  }));

let solver: Solver | null = null;

/** Starts Z3 for the tests of a file, and ends it. */
export function withSolver(): void {
  beforeAll(async () => {
    solver = await startZ3();
  });
  afterAll(async () => {
    await solver?.close();
  });
}

/** The solver that `withSolver` started. */
export function theSolver(): Solver {
  if (solver === null) throw new Error("there is no solver: call withSolver()");
  return solver;
}

/** Proves a system, or one property of it, without watching a clock. */
export function prove(
  scope: EverySizeScope,
  by: Search | null = search,
  only?: readonly string[],
): Promise<SystemProof> {
  return proveSystem(scope, {
    solver: theSolver(),
    search: by,
    now: () => 0,
    timeLimit: Infinity,
    ...(only === undefined ? {} : { only }),
  });
}
