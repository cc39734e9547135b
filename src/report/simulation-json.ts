import type { Limits, Phase } from "../engine/simulation/scenario.ts";
import { limitsInForce, type SimulationReport } from "./simulation-run.ts";

/** One release in the output of `simulate --json`; `docs/simulate.md` describes each field. */
interface SimulationJson {
  readonly release: string;
  readonly limits: Limits;
  readonly phases: readonly Phase[];
  readonly delivered: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly mostUp: number;
  readonly mostTasks: number;
  readonly stuckSince: number | null;
  readonly recovered: boolean;
  readonly remainingChunks: number;
}

/** What `simulate --json` prints. */
export function simulationJson({ runs }: SimulationReport): { runs: readonly SimulationJson[] } {
  return {
    runs: runs.map(({ scenario, result }) => ({
      release: result.release,
      limits: limitsInForce(scenario),
      phases: result.phases,
      delivered: result.delivered,
      lost: result.lost,
      duplicated: result.duplicated,
      mostUp: result.mostUp,
      mostTasks: result.mostTasks,
      stuckSince: result.stuckSince,
      recovered: result.recovered,
      remainingChunks: result.remainingChunks,
    })),
  };
}
