import type { OutputAccount } from "./ledger.ts";
import type { Outcome } from "./outcome.ts";
import type { BacklogAccount } from "./recovery.ts";
import type { Limits, Phase, Sample } from "./scenario.ts";
import type { PhaseTraffic } from "./traffic.ts";

/** What a simulation came to. */
export interface SimulationResult {
  readonly release: string;
  readonly limits: Limits;
  readonly phases: readonly Phase[];
  readonly seed: number;
  /** Records that the engine took; records that it refused never entered it. */
  readonly accepted: number;
  readonly refused: number;
  /** Different records that arrived, over all outputs. */
  readonly delivered: number;
  readonly duplicated: number;
  /** Deliveries that can no longer happen: the record is neither delivered nor in a file. */
  readonly lost: number;
  /** Deliveries that are still to come: their records are in files. */
  readonly waiting: number;
  /** Deliveries that were given up because `Retry_Limit` was reached; they are among the lost. */
  readonly dropped: number;
  readonly outputs: readonly OutputAccount[];
  /** Most chunks in memory at the end of any step. */
  readonly mostUp: number;
  readonly mostTasks: number;
  readonly mostBytesInMemory: number;
  /** What is known at the end: whether the engine is stuck, or what was owed has been delivered. */
  readonly outcome: Outcome;
  /** Virtual seconds at which the engine got stuck; null if it is not stuck at the end. */
  readonly stuckSince: number | null;
  readonly backlog: BacklogAccount;
  readonly remainingChunks: number;
  /** What moved in each phase. */
  readonly traffic: readonly PhaseTraffic[];
  readonly samples: readonly Sample[];
}
