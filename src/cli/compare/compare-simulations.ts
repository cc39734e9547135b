import type { Release } from "../../engine/core/engine.ts";
import { besideDead, besideDeadFigures } from "../../engine/simulation/beside-dead.ts";
import { longOutage, longOutageFigures } from "../../engine/simulation/long-outage.ts";
import type { Scenario } from "../../engine/simulation/scenario.ts";
import type { SimulationResult } from "../../engine/simulation/simulation-result.ts";
import { simulate } from "../../engine/simulation/simulate.ts";
import type { ComparedRelease } from "../../report/comparison/comparison.ts";

/** Called now and then with the virtual seconds that have passed. */
type OnTime = (seconds: number) => void;

function watched(scenario: Scenario, onTime: OnTime): SimulationResult {
  return simulate({
    ...scenario,
    onSample: ({ time }) => {
      onTime(time);
    },
  });
}

/** A healthy output beside a dead one: see {@link besideDead}. */
export function throughputFindings(
  release: Release,
  seed: number,
  onTime: OnTime,
): NonNullable<ComparedRelease["throughput"]> {
  return {
    both: besideDeadFigures(watched(besideDead(release, "both", seed), onTime)),
    "healthy only": besideDeadFigures(watched(besideDead(release, "healthy only", seed), onTime)),
  };
}

/** Two hours without the output: see {@link longOutage}. */
export function outageFindings(
  release: Release,
  seed: number,
  onTime: OnTime,
): NonNullable<ComparedRelease["outage"]> {
  const scenario = longOutage(release, false, seed);
  const result = watched(scenario, onTime);
  return {
    drain: longOutageFigures(result),
    inputGoesOn: longOutageFigures(watched(longOutage(release, true, seed), onTime)),
    run: { scenario, result },
  };
}
