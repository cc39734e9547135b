import type { Release } from "../../../models/description.ts";
import type { BesideDeadFigures, LiveTraffic } from "../../engine/simulation/beside-dead.ts";
import type { LongOutageFigures } from "../../engine/simulation/long-outage.ts";
import type { SystemProof } from "../../prove/prove.ts";
import type { LetteredRun } from "../scope/release-table.ts";
import type { SimulationRun } from "../simulation/simulation-run.ts";

/** A proof for every size; the letter says of what shape. */
export interface LetteredProof {
  readonly letter: string;
  readonly proof: SystemProof;
}

/** What a release may have in memory, and what it sends twice. */
export interface MemoryFindings {
  /** The most chunks in memory that it promises, such as `X + 2 Q`; null if it promises nothing. */
  readonly bound: string | null;
  /** The most chunks above X in any state of the crash scopes. */
  readonly mostAbove: number;
  /** For each crash scope the most deliveries that a crash repeats; null where the search was not complete. */
  readonly repeated: readonly (number | null)[];
  /** Records that arrived twice after a kill in the simulator; null if the engine does not have the release. */
  readonly sentTwice: number | null;
}

/** What the simulator measured of a long outage. */
interface OutageFindings {
  readonly drain: LongOutageFigures;
  readonly inputGoesOn: LongOutageFigures;
  /** The outage after which nothing comes in, for a picture. */
  readonly run: SimulationRun;
}

/** A release in a comparison. What was not asked for is empty or null, as is what the engine does not have. */
export interface ComparedRelease {
  readonly release: Release;
  readonly runs: readonly LetteredRun[];
  readonly proofs: readonly LetteredProof[];
  readonly memory: MemoryFindings | null;
  readonly throughput: Readonly<Record<LiveTraffic, BesideDeadFigures>> | null;
  readonly outage: OutageFindings | null;
}

/** What a letter stands for. */
export interface Lettered {
  readonly letter: string;
  readonly title: string;
  readonly words: string;
}

/** Releases side by side. */
export interface Comparison {
  readonly releases: readonly ComparedRelease[];
  readonly scopes: readonly Lettered[];
  readonly shapes: readonly Omit<Lettered, "words">[];
  /** The scopes in which crashes were looked at, in words. */
  readonly crashScopes: readonly string[];
}
