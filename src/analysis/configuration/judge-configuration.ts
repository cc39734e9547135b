import type { Release } from "../../../models/description.ts";
import type { RouteMask } from "../../config/routing/route-mask.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { isStuck } from "../../compile/stuck.ts";
import { Stepper } from "../../compile/stepper.ts";
import { drain } from "../../explore/drain.ts";
import type { ScopeResult } from "../../explore/check-scope.ts";
import { foldedWords, foldStall, replayFolded } from "../../explore/folded-path.ts";
import type { ConfigurationVerdict, LiftedPath } from "./configuration-verdict.ts";
import { type Scope, limitValue } from "../../compile/scope.ts";
import type { Deadline } from "./deadline.ts";
import {
  isOutOfTime,
  judgedSizes,
  judgeSizes,
  mostTelling,
  searchWithin,
  violates,
  type JudgedScope,
} from "./judged-sizes.ts";
import { judgeLifecycle, type Lifecycle } from "./judge-lifecycle.ts";
import type { JudgedInput } from "./judged-inputs.ts";
import { realSettings, type Variant } from "./judged-variants.ts";
import { findRelease } from "../../compile/find-release.ts";
import {
  judgedTraffic,
  scopeOfShape,
  shapeOfConfiguration,
  type ConfigurationShape,
} from "./scope-of-configuration.ts";
import { gaugeOf } from "../../compile/gauge.ts";
import { fluentBitParameters } from "../../../models/fluent-bit-system.ts";

/** Sizes at which a folded path is tried before it is believed. */
const probeSizes = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
  { taskMapSize: 1, maxChunksUp: 3, chunks: 4 },
  { taskMapSize: 4, maxChunksUp: 3, chunks: 7 },
] as const;

/** Actions of a path that is tried to be folded: there are as many ways as its length to the fourth power. */
const longestFolded = 10;

/** Stalls of one kind that are tried to be folded. */
const mostFolded = 4;

/** With so many ways in which limits may be met, the first stall is enough. */
const manyVariants = 9;

/** States of one scope: seconds at most. */
const mostStates = 60_000;

function isolationOf(judged: readonly JudgedScope[]): "holds" | "violated" | null {
  if (judged.some(({ result }) => violates(result, "isolation"))) return "violated";
  return judged.some(({ result }) => isOutOfTime(result)) ? null : "holds";
}

interface Lifting {
  readonly release: Release;
  /** Of the real engine. */
  readonly sizes: { readonly taskMapSize: number; readonly maxChunksUp: number };
}

/** Follows the way into a stall at the real sizes; null if it cannot be followed there. */
function lift(
  { release, sizes }: Lifting,
  { shape, result, variant }: JudgedScope,
  clock: Deadline,
): LiftedPath | null {
  const path = result.properties.find(({ property }) => property === "neverStuck")?.path ?? null;
  if (path === null || path.steps.length > longestFolded) return null;
  const least = limitValue(result.scope, "maxChunksUp");
  // With fewer places in memory than where the path was found, an input that pauses may keep the engine from being stuck.
  const probes = probeSizes
    .filter(({ maxChunksUp }) => maxChunksUp >= least)
    .map((size) => scopeOfShape(release, shape, size, { variant }));
  const folded = foldStall(path, probes, () => clock.left() === 0);
  if (folded === null) return null;
  const chunks = sizes.taskMapSize + sizes.maxChunksUp;
  const real = scopeOfShape(
    release,
    shape,
    { ...sizes, chunks },
    { variant, chunks, ...realSettings(variant, shape.inputs, shape.totalLimits, sizes) },
  );
  const replayed = replayFolded(real, folded);
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
  { shape, result, variant }: JudgedScope,
  clock: Deadline,
): boolean | null {
  const { chunks, taskMapSize, maxChunksUp, totalLimit } = fluentBitParameters(
    result.scope.parameters,
  );
  // With a limit on files, a crash is defined for one rule only; it evicts nothing by itself.
  const limited = totalLimit !== "none";
  const scope = scopeOfShape(
    release,
    shape,
    { chunks, taskMapSize, maxChunksUp },
    { variant, chunks, crash: true, ...(limited ? { limitRule: "v5.0.8" as const } : {}) },
  );
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
export interface JudgedConfiguration {
  readonly shape: ConfigurationShape | null;
  /** The result that tells most. */
  readonly judged: JudgedScope | null;
  readonly isolation: ConfigurationVerdict["isolation"];
  /** Whether it gets stuck by routes, too, that chunks certainly have; null where it does not get stuck. */
  readonly certainlyStuck: boolean | null;
  /** What the limits in bytes come to where it gets stuck. */
  readonly stuckIn: readonly Variant[];
  /** The properties that are violated at some size. */
  readonly violated: ReadonlySet<string>;
  /** Whether every search came to its end. */
  readonly complete: boolean;
  /** What starts and ends do. */
  readonly lifecycle: Lifecycle;
  /** The way in at the real sizes; null where there is none, or none was found. */
  readonly lifted: LiftedPath | null;
}

const nothingJudged: JudgedConfiguration = {
  shape: null,
  judged: null,
  isolation: null,
  certainlyStuck: null,
  stuckIn: [],
  violated: new Set(),
  lifecycle: { stalls: [], consequences: [], open: [] },
  complete: false,
  lifted: null,
};

/** Whether the routes that are certain are enough. */
function isCertain(
  configuration: FluentBitConfiguration,
  release: Release,
  search: (scope: Scope) => ScopeResult,
): boolean {
  const { routes } = judgedTraffic(configuration);
  if (routes.exact) return true;
  if (routes.certain.length === 0) return false;
  const shape = shapeOfConfiguration(configuration, true);
  return judgeSizes(release, shape, search, { isEnough: isStuckIn }).some(({ result }) =>
    isStuckIn(result),
  );
}

function isStuckIn(result: ScopeResult): boolean {
  return violates(result, "neverStuck");
}

function isLimited({ totalLimits }: ConfigurationShape): boolean {
  return totalLimits.some((limit) => limit !== undefined);
}

/** The same engine where every chunk has one set of routes: what it does there, it can do with the others, too. */
function onlyWith(shape: ConfigurationShape, mask: RouteMask): ConfigurationShape {
  const isOf = (input: JudgedInput | undefined): boolean =>
    input?.masks.some((one) => one.join() === mask.join()) ?? false;
  return {
    ...shape,
    masks: [mask],
    inputs: shape.inputs.filter(isOf).map((input) => ({ ...input, masks: [mask] })),
    variants: shape.variants.map(({ buffers, limits }) => ({
      buffers: buffers.filter((_, input) => isOf(shape.inputs[input])),
      limits,
    })),
  };
}

/** The scope that tells most and, where it is stuck, its way in at the real sizes; one that can be followed there first. */
function told(
  lifting: Lifting,
  judged: readonly JudgedScope[],
  again: (shape: ConfigurationShape) => readonly JudgedScope[],
  clock: Deadline,
): Pick<JudgedConfiguration, "judged" | "lifted"> {
  const stuck = judged.filter(({ result }) => isStuckIn(result));
  const shape = stuck[0]?.shape;
  if (shape === undefined) return { judged: mostTelling(judged), lifted: null };
  // A shortest way in may use several sets of routes where one would do, and then not fit the real limits.
  const narrower = shape.masks.length === 1 ? [] : shape.masks;
  const narrow = narrower.map((mask) => () => again(onlyWith(shape, mask)));
  const ways = isLimited(shape) ? [...narrow, () => again(shape)] : [() => stuck, ...narrow];
  for (const way of ways) {
    for (const one of way()
      .filter(({ result }) => isStuckIn(result))
      .slice(0, mostFolded)) {
      if (clock.left() === 0) break;
      const lifted = lift(lifting, one, clock);
      if (lifted !== null) return { judged: one, lifted };
    }
  }
  return { judged: mostTelling(judged), lifted: null };
}

/** That outputs go on is not said of chunks that were left out. */
function isolationAll(
  configuration: FluentBitConfiguration,
  shape: ConfigurationShape,
  judged: readonly JudgedScope[],
): JudgedConfiguration["isolation"] {
  if (shape.outputs < 2) return null;
  const isolation = isolationOf(judged);
  const isAll =
    judgedTraffic(configuration) === configuration.memory ||
    configuration.memory.outputs.length === 0;
  return isolation === "holds" && !isAll ? null : isolation;
}

/**
 * Judges whether an engine with this configuration can get stuck, at the smallest scopes of the same shape, and follows
 * the way in at the real sizes.
 *
 * @throws DependsOnSize if a release is not the same at every size.
 */
export function judgeConfiguration(
  configuration: FluentBitConfiguration,
  releases: readonly Release[],
  clock: Deadline,
): JudgedConfiguration {
  const { filesystem, engine, service } = configuration;
  const traffic = judgedTraffic(configuration);
  if (traffic.outputs.length === 0) return nothingJudged;
  if (filesystem.inputs.length > 0 && !engine.limitsChunksUp) return nothingJudged;
  const release = findRelease(releases, engine.release);
  const shape = shapeOfConfiguration(configuration);
  const search = searchWithin(mostStates, clock);
  const isEnough = (result: ScopeResult): boolean =>
    shape.variants.length >= manyVariants && isStuckIn(result);
  const judged = judgeSizes(release, shape, search, { isEnough });
  // One task is enough for a path that is folded.
  const again = (one: ConfigurationShape): readonly JudgedScope[] =>
    judgeSizes(release, one, search, { isEnough, sizes: judgedSizes });
  const stuck = judged.filter(({ result }) => isStuckIn(result));
  const sizes = { taskMapSize: engine.taskMapSize, maxChunksUp: service.maxChunksUp.value };
  return {
    shape,
    ...told({ release, sizes }, judged, again, clock),
    isolation: isolationAll(configuration, shape, judged),
    certainlyStuck: stuck.length > 0 ? isCertain(configuration, release, search) : null,
    stuckIn: stuck.map(({ variant }) => variant),
    violated: new Set(
      judged.flatMap(({ result }) =>
        result.properties.flatMap(({ verdict, property }) =>
          verdict === "violated" ? [property] : [],
        ),
      ),
    ),
    lifecycle: judgeLifecycle({ configuration, release, shape, search }),
    complete: judged.every(({ result }) => result.complete),
  };
}

/** Whether a restart frees a stuck engine; null where it does not get stuck. */
export function judgeRestart(
  { engine }: FluentBitConfiguration,
  { judged, stuckIn }: JudgedConfiguration,
  releases: readonly Release[],
  clock: Deadline,
): boolean | null {
  if (judged === null || stuckIn.length === 0) return null;
  return restartFrees(findRelease(releases, engine.release), judged, clock);
}
