import type { Release } from "../core/engine.ts";
import { type Phase, realLimits, type Scenario } from "./scenario.ts";

/** What everything that is not said about a scenario is taken to be. */
const ordinary: Omit<Scenario, "release" | "limits" | "phases" | "seed"> = {
  tags: 140,
  period: 1000,
  matches: ["*"],
  flush: 1,
  inputOffset: 500,
  latency: [20, 80],
  refusal: [1, 60],
  lateness: [0, 20],
  sampleEvery: 10,
};

/** A scenario with Fluent Bit's own limits; 140 tags are more than `storage.max_chunks_up` holds. */
export function scenarioOf(
  release: Release,
  phases: readonly Phase[],
  seed: number,
  changes: Partial<Scenario> = {},
): Scenario {
  return { release, limits: realLimits, phases, seed, ...ordinary, ...changes };
}

/** A healthy minute, the endpoint down for two hours, and an hour after it came back. */
export const storyPhases: readonly Phase[] = [
  { name: "healthy", seconds: 60, down: [], feeding: true },
  { name: "outage", seconds: 7200, down: [0], feeding: true },
  { name: "healthy", seconds: 3600, down: [], feeding: true },
];
