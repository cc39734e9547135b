import type { Release } from "../core/engine.ts";
import { scenarioOf, storyPhases } from "./default-story.ts";
import type { BacklogAccount } from "./recovery.ts";
import type { Scenario } from "./scenario.ts";
import type { SimulationResult } from "./simulation-result.ts";

/**
 * The story of two hours without the endpoint, at the real limits, and an hour after its return.
 *
 * @param inputGoesOn whether records come in after the return
 */
export function longOutage(release: Release, inputGoesOn: boolean, seed: number): Scenario {
  const phases = storyPhases.map((phase, index) =>
    index === storyPhases.length - 1 && !inputGoesOn
      ? { ...phase, name: "drain", feeding: false }
      : phase,
  );
  return scenarioOf(release, phases, seed);
}

/** What a long outage comes to. */
export interface LongOutageFigures {
  /** What was owed at the return, an hour later. */
  readonly backlog: BacklogAccount;
  /** Virtual seconds at which the engine got stuck for good; null if it did not. */
  readonly stuckSince: number | null;
  /** Most chunks in memory. */
  readonly mostUp: number;
  /** Chunks brought up from disk for each chunk delivered, before the outage. */
  readonly healthyLoadsPerDelivery: number;
  /** Chunks brought up from disk for each virtual second of the outage. */
  readonly outageLoadsPerSecond: number;
}

/** What was measured in {@link longOutage}. */
export function longOutageFigures(result: SimulationResult): LongOutageFigures {
  const [healthy, outage] = result.traffic;
  const deliveries = healthy?.outputs[0]?.deliveries ?? 0;
  return {
    backlog: result.backlog,
    stuckSince: result.stuckSince,
    mostUp: result.mostUp,
    healthyLoadsPerDelivery: (healthy?.loads ?? 0) / deliveries,
    outageLoadsPerSecond: (outage?.loads ?? 0) / (result.phases[1]?.seconds ?? 0),
  };
}
