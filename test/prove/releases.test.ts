import { describe, expect, it } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { release as v51 } from "../../models/releases/v5.1.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf, slotsOf } from "../../src/compile/scope.ts";
import type { Stepper } from "../../src/compile/stepper.ts";
import { pathText, replay } from "../../src/prove/violation/accelerated-path.ts";
import type { PropertyProof, SystemProof } from "../../src/prove/prove.ts";
import { prove, withSolver } from "./with-solver.ts";

function of(proof: SystemProof, property: string): PropertyProof {
  const found = proof.properties.find((one) => one.property === property);
  if (found === undefined) throw new Error(`${property} was not decided`);
  return found;
}

/** Whether every output is online, some chunk lives, and the engine can only do what changes nothing. */
function isStuck(state: Stepper): boolean {
  const { vocabulary } = state.scope.system;
  const { online, live } = vocabulary;
  const places = new Set(
    Array.from({ length: slotsOf(state.scope) }, (_, slot) => state.place(slot)),
  );
  const changes = [...places].some((place) =>
    (state.scope.system.movesFrom[place] ?? []).some(
      (move) =>
        move.agent === "engine" && move.to !== place && state.canMove(move, state.slotIn(place)),
    ),
  );
  return (
    online.every(({ machine, state: one }) => state.shared(machine) === one) &&
    state.amount(live) > 0 &&
    !changes
  );
}

// All releases in all shapes are proved by test/cli/package.test.ts, on threads.
describe("paths for all N, T, X and Q", () => {
  withSolver();

  it("v3.0.4: the run into the deadlock is the shortest one, at the real sizes too", async () => {
    const parameters = { ...defaultParameters };
    const proof = await prove(EverySizeScope.of(v304, parameters), undefined, ["neverStuck"]);
    const [path] = of(proof, "neverStuck").paths ?? [];
    expect(path?.text).toBe("outputDown (ingest dispatch flushRetry)^T ingest^X outputUp");
    expect(path?.lengthText).toBe("3 T + X + 2");
    if (path === undefined) return;
    for (const [release, taskMapSize, steps] of [
      [v304, 2048, 6274],
      [v51, 16384, 49282],
    ] as const) {
      const sizes = { taskMapSize, maxChunksUp: 128, chunks: taskMapSize + 128 };
      const run = replay(path.path, {
        ...scopeOf(release, { ...parameters, ...sizes }),
        system: proof.counted.system,
      });
      expect(run.steps).toBe(steps);
      expect(isStuck(run.end)).toBe(true);
    }
  });

  it("published-fix: the counter is not what is charged, and every quota is used up in Q + 1 outages", async () => {
    const parameters = { ...defaultParameters, ...publishedFix.defaults };
    const proof = await prove(EverySizeScope.of(publishedFix, parameters), undefined, [
      "quotaConserved",
      "neverStuck",
    ]);
    const leaks = of(proof, "quotaConserved");
    expect(leaks.brokenBy).toEqual([
      "flushOk 0: upForOutput(0) running flushing -> absent vacant unrouted",
    ]);
    expect(leaks.paths?.[0]?.lengthText).toBe("X + 7");
    const [path] = of(proof, "neverStuck").paths ?? [];
    expect(path?.lengthText).toBe("3 T + X + 7 Q + 2");
    expect(path?.outages).toBe("Q + 1");
    if (path === undefined) return;
    for (const overLimitQuota of [1, 2, 5]) {
      const sizes = { taskMapSize: 4, maxChunksUp: 3, chunks: 7, overLimitQuota };
      const scope = {
        ...scopeOf(publishedFix, { ...parameters, ...sizes }),
        system: proof.counted.system,
      };
      const { end, steps } = replay(path.path, scope);
      expect(steps).toBe(3 * 4 + 3 + 7 * overLimitQuota + 2);
      expect(isStuck(end)).toBe(true);
      expect(pathText(path.path, proof.counted)).toBe(path.text);
    }
  });
});
