import type { Release } from "../../models/description.ts";
import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import { EverySizeScope } from "../compile/every-size.ts";
import { isStalled } from "../compile/stalled.ts";
import { Stepper } from "../compile/stepper.ts";
import { drain } from "../explore/drain.ts";
import { checkScope, type ScopeResult } from "../explore/check-scope.ts";
import { foldedWords, foldStall, replayFolded } from "../explore/folded-path.ts";
import type { Path } from "../explore/path.ts";
import type { ConfigurationVerdict, LiftedPath, Remedy } from "../report/configuration-verdict.ts";
import { BadInput } from "./bad-input.ts";
import { findRelease } from "./scope-arguments.ts";
import {
  scopeOfShape,
  shapeOfConfiguration,
  type ConfigurationShape,
} from "./scope-of-configuration.ts";

/** Sizes at which a folded path is tried before it is believed. */
const probeSizes = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
  { taskMapSize: 1, maxChunksUp: 3, chunks: 4 },
  { taskMapSize: 4, maxChunksUp: 3, chunks: 7 },
] as const;

interface Sizes {
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly chunks: number;
}

/** Just enough chunks to fill the task map and the memory; more than one size, so that no verdict hangs on one. */
const judgedSizes: readonly Sizes[] = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 1, maxChunksUp: 2, chunks: 3 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
];

interface RemedyQuestion {
  readonly change: string;
  readonly release?: string;
  readonly shape?: Partial<ConfigurationShape>;
  readonly resize?: (sizes: Sizes) => Sizes;
}

function violates(result: ScopeResult, property: string): boolean {
  return result.properties.some((one) => one.property === property && one.verdict === "violated");
}

function judgeSizes(
  release: Release,
  shape: ConfigurationShape,
  resize: (sizes: Sizes) => Sizes = (sizes) => sizes,
): readonly ScopeResult[] {
  // What is seen at small sizes is said of the real ones.
  EverySizeScope.of(release, scopeOfShape(release, shape, {}).parameters, shape.masks);
  return judgedSizes.map((sizes) => checkScope(scopeOfShape(release, shape, resize(sizes))));
}

/** Of the results at every size the one that tells most: the first stall, or else the first cut-off. */
function mostTelling(results: readonly ScopeResult[]): ScopeResult {
  const [first] = results;
  if (first === undefined) throw new Error("a shape is judged at one size at least");
  return (
    results.find((result) => violates(result, "stalled")) ??
    results.find((result) => violates(result, "recovery")) ??
    results.find((result) => violates(result, "isolation")) ??
    first
  );
}

function isolationOf(results: readonly ScopeResult[]): "holds" | "violated" {
  return results.some((result) => violates(result, "isolation")) ? "violated" : "holds";
}

/** What people try, and what would help; the model answers each. */
function questions(shape: ConfigurationShape, maxChunksUp: number): readonly RemedyQuestion[] {
  return [
    shape.pauseOnChunksOverlimit
      ? {
          change: "storage.pause_on_chunks_overlimit off",
          shape: { pauseOnChunksOverlimit: false },
        }
      : { change: "storage.pause_on_chunks_overlimit on", shape: { pauseOnChunksOverlimit: true } },
    ...(shape.retryLimit === "unlimited"
      ? [{ change: "Retry_Limit 1", shape: { retryLimit: 1 } }]
      : [{ change: "Retry_Limit no_limits", shape: { retryLimit: "unlimited" as const } }]),
    ...(shape.retryLimit === 0
      ? []
      : [{ change: "Retry_Limit no_retries", shape: { retryLimit: 0 } }]),
    {
      change: `storage.max_chunks_up ${maxChunksUp * 2} (larger), with as many more chunks waiting`,
      resize: (sizes) => ({
        ...sizes,
        maxChunksUp: sizes.maxChunksUp + 1,
        chunks: sizes.chunks + 1,
      }),
    },
    {
      change: "a task map that is larger (newer version), with as many more chunks waiting",
      resize: (sizes) => ({
        ...sizes,
        taskMapSize: sizes.taskMapSize + 1,
        chunks: sizes.chunks + 1,
      }),
    },
    {
      change: "fewer chunks waiting than task map + storage.max_chunks_up",
      resize: (sizes) => ({ ...sizes, chunks: sizes.chunks - 1 }),
    },
    { change: "the published fix", release: "published-fix" },
    { change: "the corrected fix", release: "corrected-fix" },
    { change: "the hardened fix", release: "hardened-fix" },
    { change: "evict-idle (alternative fix)", release: "evict-idle" },
    { change: "park (candidate)", release: "park" },
    { change: "park-breaker (candidate)", release: "park-breaker" },
  ];
}

function lift(
  release: Release,
  shape: ConfigurationShape,
  path: Path,
  sizes: { readonly taskMapSize: number; readonly maxChunksUp: number },
): LiftedPath | null {
  const probes = probeSizes.map((size) => scopeOfShape(release, shape, size));
  const folded = foldStall(path, probes);
  if (folded === null) return null;
  const chunks = sizes.taskMapSize + sizes.maxChunksUp;
  const replayed = replayFolded(scopeOfShape(release, shape, { ...sizes, chunks }), folded);
  if (replayed === null || !isStalled(replayed.stepper)) return null;
  const { system } = replayed.stepper.scope;
  return {
    ...sizes,
    chunks,
    words: foldedWords(folded),
    steps: replayed.steps,
    up: replayed.stepper.amount(system.vocabulary.up),
    tasks: replayed.stepper.amount(system.vocabulary.tasks),
    live: replayed.stepper.amount(system.vocabulary.live),
  };
}

/** Restarts a stuck engine of the model, and sees whether everything is delivered then. */
function restartFrees(release: Release, shape: ConfigurationShape, judged: ScopeResult): boolean {
  const { chunks, taskMapSize, maxChunksUp } = judged.scope.parameters;
  const scope = scopeOfShape(release, shape, { chunks, taskMapSize, maxChunksUp, crash: true });
  const stalled = checkScope(scope).properties.find(({ property }) => property === "stalled");
  const stuck = stalled?.path?.steps.at(-1)?.after;
  const crash = scope.system.systemMoves.find(({ action }) => action === "crash");
  if (stuck === undefined || crash === undefined) return false;
  const stepper = new Stepper(scope, stuck);
  stepper.moveSystem(crash);
  return drain(stepper);
}

/**
 * Judges whether an engine with this configuration can get stuck, at the smallest scope of the same shape and, by a
 * path that is lifted and replayed, at its real sizes.
 *
 * @throws BadInput if nothing of the configuration is within the model.
 * @throws DependsOnSize if a release is not the same at every size.
 */
export function judgeConfiguration(
  configuration: FluentBitConfiguration,
  releases: readonly Release[],
): Omit<ConfigurationVerdict, "everySize"> {
  const { filesystem, engine, service } = configuration;
  if (filesystem.inputs.length === 0 || filesystem.outputs.length === 0 || !engine.limitsChunksUp) {
    return {
      configuration,
      shape: null,
      judged: null,
      isolation: null,
      lifted: null,
      remedies: [],
      restartFrees: null,
    };
  }
  const release = findRelease(releases, engine.release);
  const shape = shapeOfConfiguration(configuration);
  const results = judgeSizes(release, shape);
  const judged = mostTelling(results);
  const stalled = judged.properties.find(({ property }) => property === "stalled");
  if (stalled === undefined) throw new BadInput(`${release.name} has no property called stalled`);
  const remedies = questions(shape, service.maxChunksUp.value).map((question): Remedy => {
    const candidate = findRelease(releases, question.release ?? release.name);
    const changed = { ...shape, ...question.shape };
    const result = mostTelling(judgeSizes(candidate, changed, question.resize));
    return { change: question.change, result };
  });
  return {
    configuration,
    shape,
    judged,
    isolation: shape.outputs < 2 ? null : isolationOf(results),
    lifted:
      stalled.path === null
        ? null
        : lift(release, shape, stalled.path, {
            taskMapSize: engine.taskMapSize,
            maxChunksUp: service.maxChunksUp.value,
          }),
    remedies,
    restartFrees: stalled.path === null ? null : restartFrees(release, shape, judged),
  };
}
