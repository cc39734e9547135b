import type { HeldUp } from "../../engine/simulation/held-up.ts";
import { isRecovered, type Outcome } from "../../engine/simulation/outcome.ts";
import type { Limits, Phase } from "../../engine/simulation/scenario.ts";
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
  readonly outcome: Outcome["kind"];
  readonly recovered: boolean;
  readonly stuckSince: number | null;
  readonly unmoved: Unmoved | null;
  readonly heldUp: HeldUp | null;
  readonly backlogLeft: number;
  readonly remainingChunks: number;
}

/** Seconds for which nothing moved that should have. */
interface Unmoved {
  readonly seconds: number;
  /** The longest wait that can have been planned, and what for. */
  readonly longestWait: number;
  readonly planned: string;
}

function unmovedIn(outcome: Outcome): Unmoved | null {
  if (!("longestWait" in outcome)) return null;
  const { quietFor, longestWait } = outcome;
  return { seconds: quietFor, longestWait: longestWait.seconds, planned: longestWait.what };
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
      outcome: result.outcome.kind,
      recovered: isRecovered(result.outcome),
      stuckSince: result.stuckSince,
      unmoved: unmovedIn(result.outcome),
      heldUp: result.outcome.kind === "stuck" ? result.outcome.heldUp : null,
      backlogLeft: result.backlog.left,
      remainingChunks: result.remainingChunks,
    })),
  };
}
