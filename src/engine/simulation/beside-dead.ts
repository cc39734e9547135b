import type { Release } from "../core/engine.ts";
import { scenarioOf } from "./default-story.ts";
import type { Scenario } from "./scenario.ts";
import type { SimulationResult } from "./simulation-result.ts";
import type { PhaseTraffic } from "./traffic.ts";

/** Whether new chunks go to both outputs, or to the healthy one only. */
export type LiveTraffic = "both" | "healthy only";

/** The output that is down all the time, and the one that answers all the time. */
const dead = 0;
const healthy = 1;

/** Chunks that owe the dead output when the engine starts. */
export const deadBacklog = 4096;

/**
 * A healthy output beside a dead one, at the real limits: 4,096 chunks are on disk that go to the dead output only;
 * 70 tags, which fit into memory twice nearly, get one record a second each, and a flush comes every second. After two
 * minutes, twenty are measured.
 */
export function besideDead(release: Release, traffic: LiveTraffic, seed: number): Scenario {
  const phase = { down: [dead], feeding: true };
  return scenarioOf(
    release,
    [
      { name: "warming up", seconds: 120, ...phase },
      { name: "measured", seconds: 1200, ...phase },
    ],
    seed,
    {
      tags: 70,
      matches: [traffic === "both" ? "*" : "old.*", "t.*"],
      inherited: [{ tag: "old.0", count: deadBacklog }],
    },
  );
}

/** How the healthy output fared, and what the dead one cost. */
export interface BesideDeadFigures {
  /** Records that reached the healthy output, for each virtual second. */
  readonly recordsPerSecond: number;
  /** Chunks that reached it, for each virtual second. */
  readonly deliveriesPerSecond: number;
  /** Virtual seconds from a record's production to its arrival there; null if none arrived. */
  readonly delay: PhaseTraffic["outputs"][number]["delay"];
  /** Flushes to the dead output that were started, for each virtual second. */
  readonly attemptsPerSecond: number;
  /** Those, for each chunk that reached the healthy output; null if none did. */
  readonly wastedPerDelivery: number | null;
  /** Chunks brought up from disk, for each chunk that reached the healthy output; null if none did. */
  readonly loadsPerDelivery: number | null;
  /** Chunk files at the end, those of the backlog included. */
  readonly filesLeft: number;
}

/** What was measured in {@link besideDead}. */
export function besideDeadFigures({
  phases,
  traffic,
  remainingChunks,
}: SimulationResult): BesideDeadFigures {
  const seconds = phases.at(-1)?.seconds ?? 0;
  const { outputs, loads } = traffic.at(-1) ?? { outputs: [], loads: 0 };
  const attempts = outputs[dead]?.attempts ?? 0;
  const { deliveries = 0, records = 0, delay = null } = outputs[healthy] ?? {};
  return {
    recordsPerSecond: records / seconds,
    deliveriesPerSecond: deliveries / seconds,
    delay,
    attemptsPerSecond: attempts / seconds,
    wastedPerDelivery: deliveries === 0 ? null : attempts / deliveries,
    loadsPerDelivery: deliveries === 0 ? null : loads / deliveries,
    filesLeft: remainingChunks,
  };
}
