import { scenarioOf, storyPhases } from "../../engine/simulation/default-story.ts";
import {
  type InputLoad,
  type Limits,
  type Phase,
  realLimits,
  type Scenario,
} from "../../engine/simulation/scenario.ts";
import { BadInput } from "../bad-input.ts";
import { engineRelease } from "./engine-release.ts";
import { resolvePhases, type WrittenPhase } from "./simulate-phases.ts";

/** An output of a simulation. */
interface OutputSetting {
  readonly name: string;
  readonly match: string;
  /** That of the limits if undefined. */
  readonly retryLimit: Limits["retryLimit"] | undefined;
}

/** An input of a simulation. */
interface InputSetting {
  readonly tags: readonly string[];
  /** Records a second for each tag; the default if undefined. */
  readonly rate: number | undefined;
  /** Seconds after a flush at which records come in; the default if undefined. */
  readonly offset: number | undefined;
  readonly pauseOnChunksOverlimit: boolean | undefined;
}

/** What one source (a file, or the command line) says about a simulation; the rest is undefined. */
export interface SimulationSettings {
  readonly releases?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Seconds. */
  readonly flush?: number | undefined;
  readonly outputs?: readonly OutputSetting[] | undefined;
  readonly inputs?: readonly InputSetting[] | undefined;
  /** Records a second for each tag of inputs that do not say their own. */
  readonly rate?: number | undefined;
  /** Seconds after a flush at which the records of inputs that do not say their own come in. */
  readonly inputOffset?: number | undefined;
  readonly phases?: readonly WrittenPhase[] | undefined;
  /** Seconds. */
  readonly sampleEvery?: number | undefined;
}

/** A simulation that lacks nothing: one scenario for each release. */
export interface PlannedSimulation {
  readonly scenarios: readonly Scenario[];
  readonly outputNames: readonly string[];
}

/** An input with tags that are numbered from 0, and nothing else said. */
export function plainInput(tags: number): InputSetting {
  return {
    tags: Array.from({ length: tags }, (_, tag) => `t.${tag}`),
    rate: undefined,
    offset: undefined,
    pauseOnChunksOverlimit: undefined,
  };
}

/** The books of a simulation have one bit for each. */
const mostOutputs = 32;

/** More tags than `storage.max_chunks_up` holds. */
export const usualTags = 140;

/**
 * What a later source says wins, field by field. Limits are put together limit by limit; one that a
 * later source sets holds for every output and input of the earlier ones.
 */
export function mergeSettings(sources: readonly SimulationSettings[]): SimulationSettings {
  let merged: SimulationSettings = {};
  for (const source of sources) {
    const said = Object.fromEntries(
      Object.entries(source).filter(([, value]) => value !== undefined),
    );
    merged = {
      ...merged,
      outputs: merged.outputs?.map((output) =>
        source.limits?.retryLimit === undefined ? output : { ...output, retryLimit: undefined },
      ),
      inputs: merged.inputs?.map((input) =>
        source.limits?.pauseOnChunksOverlimit === undefined
          ? input
          : { ...input, pauseOnChunksOverlimit: undefined },
      ),
      ...said,
      limits: { ...merged.limits, ...source.limits },
    };
  }
  return merged;
}

/**
 * Fills in what was not said: the story of one outage at the real limits, v3.0.4 beside hardened-fix.
 *
 * @param isForPage whether a page shows it, on which one can look closely at where something fills up
 * @throws BadInput for a release or an output that does not exist
 */
export function planSimulation(settings: SimulationSettings, isForPage = false): PlannedSimulation {
  const outputs = settings.outputs ?? [{ name: "a", match: "*", retryLimit: undefined }];
  if (outputs.length > mostOutputs) {
    throw new BadInput(`a simulation has at most ${mostOutputs} outputs, not ${outputs.length}`);
  }
  const outputNames = outputs.map(({ name }) => name);
  const phases =
    settings.phases === undefined ? storyPhases : resolvePhases(settings.phases, outputNames);
  const flush = settings.flush ?? 1;
  const changes: Partial<Scenario> = {
    limits: { ...realLimits, ...settings.limits },
    matches: outputs.map(({ match }) => match),
    retryLimits: outputs.map(({ retryLimit }) => retryLimit),
    inputs: inputLoads(settings, flush),
    flush,
    sampleEvery: settings.sampleEvery ?? (isForPage ? fineSampling(phases) : usualSampling(phases)),
  };
  const names = settings.releases ?? ["v3.0.4", "hardened-fix"];
  return {
    scenarios: names.map((name) =>
      scenarioOf(engineRelease(name), phases, settings.seed ?? 1, changes),
    ),
    outputNames,
  };
}

/**
 * Unless they say so, records come in a third of the way from one flush to the next: at most rates they
 * then never meet a flush, which would be a race.
 */
function inputLoads(settings: SimulationSettings, flush: number): readonly InputLoad[] {
  const { inputs = [plainInput(usualTags)], rate = 1, inputOffset = flush / 3 } = settings;
  return inputs.map((input) => ({
    tags: input.tags,
    period: Math.max(1, Math.round(1000 / (input.rate ?? rate))),
    offset: Math.round((input.offset ?? inputOffset) * 1000),
    ...(input.pauseOnChunksOverlimit === undefined
      ? {}
      : { pauseOnChunksOverlimit: input.pauseOnChunksOverlimit }),
  }));
}

/** Some hundred samples, and a few for the shortest phase too. */
function usualSampling(phases: readonly Phase[]): number {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const shortest = Math.min(...phases.map(({ seconds }) => seconds));
  return Math.max(1, Math.floor(Math.max(Math.min(total / 600, shortest / 20), total / 5000)));
}

/** As often as can matter, and some thousand samples. */
function fineSampling(phases: readonly Phase[]): number {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  return Math.min(usualSampling(phases), Math.ceil(total / 15_000));
}
