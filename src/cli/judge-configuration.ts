import type { Release } from "../../models/description.ts";
import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import { isStuck } from "../compile/stuck.ts";
import { Stepper } from "../compile/stepper.ts";
import { drain } from "../explore/drain.ts";
import type { ScopeResult } from "../explore/check-scope.ts";
import { foldedWords, foldStall, replayFolded } from "../explore/folded-path.ts";
import type { Path } from "../explore/path.ts";
import type { ConfigurationVerdict, LiftedPath } from "../report/configuration-verdict.ts";
import { type Scope, limitValue } from "../compile/scope.ts";
import type { Deadline } from "./deadline.ts";
import { isOutOfTime, judgeSizes, mostTelling, searchWithin, violates } from "./judged-sizes.ts";
import { findRelease } from "./scope-arguments.ts";
import {
  certainRoutes,
  scopeOfShape,
  shapeOfConfiguration,
  type ConfigurationShape,
} from "./scope-of-configuration.ts";
import { gaugeOf } from "../compile/gauge.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

/** Sizes at which a folded path is tried before it is believed. */
const probeSizes = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
  { taskMapSize: 1, maxChunksUp: 3, chunks: 4 },
  { taskMapSize: 4, maxChunksUp: 3, chunks: 7 },
] as const;

/** States of one scope: seconds at most. */
const mostStates = 60_000;

function isolationOf(results: readonly ScopeResult[]): "holds" | "violated" | null {
  if (results.some((result) => violates(result, "isolation"))) return "violated";
  return results.some(isOutOfTime) ? null : "holds";
}

function lift(
  release: Release,
  shape: ConfigurationShape,
  path: Path,
  found: number,
  sizes: { readonly taskMapSize: number; readonly maxChunksUp: number },
): LiftedPath | null {
  // With fewer places in memory than where the path was found, an input that pauses may keep the engine from being stuck.
  const probes = probeSizes
    .filter(({ maxChunksUp }) => maxChunksUp >= found)
    .map((size) => scopeOfShape(release, shape, size));
  const folded = foldStall(path, probes);
  if (folded === null) return null;
  const chunks = sizes.taskMapSize + sizes.maxChunksUp;
  const replayed = replayFolded(scopeOfShape(release, shape, { ...sizes, chunks }), folded);
  if (replayed === null || !isStuck(replayed.stepper)) return null;
  const { system } = replayed.stepper.scope;
  return {
    ...sizes,
    chunks,
    words: foldedWords(folded),
    steps: replayed.steps,
    up: replayed.stepper.amount(gaugeOf(system, "up")),
    tasks: replayed.stepper.amount(gaugeOf(system, "tasks")),
    live: replayed.stepper.amount(system.vocabulary.live),
  };
}

/** Restarts a stuck engine of the model, and sees whether everything is delivered then; null if the time is over before. */
function restartFrees(
  release: Release,
  shape: ConfigurationShape,
  judged: ScopeResult,
  clock: Deadline,
): boolean | null {
  const { chunks, taskMapSize, maxChunksUp } = fluentBitParameters(judged.scope.parameters);
  const scope = scopeOfShape(release, shape, { chunks, taskMapSize, maxChunksUp, crash: true });
  const { complete, properties } = searchWithin(mostStates, clock)(scope);
  const neverStuck = properties.find(({ property }) => property === "neverStuck");
  if (!complete && neverStuck?.verdict !== "violated") return null;
  const stuck = neverStuck?.path?.steps.at(-1)?.after;
  if (stuck === undefined) return false;
  const stepper = new Stepper(scope, stuck);
  const crash = scope.system.systemMoves.find(
    (move) => move.action === "crash" && stepper.canMoveSystem(move),
  );
  if (crash === undefined) return false;
  stepper.moveSystem(crash);
  return drain(stepper);
}

/** What the model says of a configuration, before anyone asked what else it uses. */
export type JudgedConfiguration = Pick<ConfigurationVerdict, "shape" | "judged" | "isolation"> & {
  /** Whether it gets stuck by routes, too, that chunks certainly have; null where it does not get stuck. */
  readonly certainlyStuck: boolean | null;
};

const nothingJudged: JudgedConfiguration = {
  shape: null,
  judged: null,
  isolation: null,
  certainlyStuck: null,
};

/** Whether the routes that are certain are enough. */
function isCertain(
  configuration: FluentBitConfiguration,
  release: Release,
  search: (scope: Scope) => ScopeResult,
): boolean {
  const { routes } = configuration.filesystem;
  if (routes.exact) return true;
  if (routes.certain.length === 0) return false;
  const shape = shapeOfConfiguration(configuration, certainRoutes(configuration));
  return judgeSizes(release, shape, search).some((result) => violates(result, "neverStuck"));
}

/**
 * Judges whether an engine with this configuration can get stuck, at the smallest scopes of the same shape.
 *
 * @throws DependsOnSize if a release is not the same at every size.
 */
export function judgeConfiguration(
  configuration: FluentBitConfiguration,
  releases: readonly Release[],
  clock: Deadline,
): JudgedConfiguration {
  const { filesystem, engine } = configuration;
  if (filesystem.inputs.length === 0 || filesystem.outputs.length === 0 || !engine.limitsChunksUp) {
    return nothingJudged;
  }
  const release = findRelease(releases, engine.release);
  const shape = shapeOfConfiguration(configuration);
  const search = searchWithin(mostStates, clock);
  const results = judgeSizes(release, shape, search);
  const judged = mostTelling(results);
  return {
    shape,
    judged,
    isolation: shape.outputs < 2 ? null : isolationOf(results),
    certainlyStuck: violates(judged, "neverStuck")
      ? isCertain(configuration, release, search)
      : null,
  };
}

/**
 * The way into the stall at the real sizes, lifted from a small scope and replayed step by step, and whether a restart
 * helps; nulls where the engine does not get stuck.
 */
export function wayIntoStall(
  configuration: FluentBitConfiguration,
  judged: ScopeResult | null,
  releases: readonly Release[],
  clock: Deadline,
): Pick<ConfigurationVerdict, "lifted" | "restartFrees"> {
  const path = judged?.properties.find(({ property }) => property === "neverStuck")?.path ?? null;
  if (judged === null || path === null) return { lifted: null, restartFrees: null };
  const { engine, service } = configuration;
  const release = findRelease(releases, engine.release);
  const shape = shapeOfConfiguration(configuration);
  const sizes = { taskMapSize: engine.taskMapSize, maxChunksUp: service.maxChunksUp.value };
  return {
    lifted: lift(release, shape, path, limitValue(judged.scope, "maxChunksUp"), sizes),
    restartFrees: restartFrees(release, shape, judged, clock),
  };
}
