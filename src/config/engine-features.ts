import { isAtLeast, NEWEST_KNOWN_VERSION, type FluentBitVersion } from "./version.ts";

/** The first release that has each feature, found in the sources at every release tag. */
const FEATURE_SINCE = {
  /** Filesystem chunks are kept down beyond `storage.max_chunks_up`. */
  maxChunksUp: [1, 2, 0],
  noRetries: [1, 7, 5],
  pauseOnChunksOverlimit: [1, 8, 7],
  forwardTagPrefix: [1, 8, 12],
  yamlFormat: [1, 9, 0],
  /** in_forward prefers its own `Tag` to the client's. */
  forwardOwnTag: [2, 1, 2],
  /** in_splunk and in_elasticsearch prefer their own `Tag` to the address that was called. */
  httpServerOwnTag: [2, 1, 7],
  /** Dispatch looks for a task slot before it brings a chunk up. */
  checkMapFirst: [3, 0, 2],
  /** `storage.pause_on_chunks_overlimit` counts wherever it stands in its section. */
  pauseInAnyOrder: [3, 1, 2],
  /** `1.5M` is one and a half million bytes; before, one million. */
  decimalSizes: [3, 1, 0],
  /** Over storage.total_limit_size data is written all the same; before, the process ends. */
  limitIsOverrun: [3, 1, 4],
  /** Over storage.total_limit_size new data is refused. */
  limitRefuses: [4, 0, 0],
  taskMapGrows: [4, 0, 0],
  hotReload: [2, 1, 0],
  /** A shutdown waits for chunks, not for tasks only. */
  shutdownWaitsForChunks: [4, 0, 3],
  flushBacklogOnShutdown: [4, 0, 3],
  deadLetters: [4, 2, 0],
  /** Dead letters are found again at a start, and stay up; before, they are deleted. */
  deadLettersStay: [5, 0, 0],
  storageInherit: [4, 0, 4],
  conditionalRoutes: [4, 2, 0],
  /** An emitter that stores on disk pauses on `storage.max_chunks_up` unless told otherwise. */
  emitterPauses: [5, 0, 0],
  /** What an output has got counts no more for its storage.total_limit_size. */
  limitReleasesRoutes: [5, 0, 8],
  /** `${NAME:-default}`. */
  variableDefaults: [5, 0, 6],
  /** in_opentelemetry prefers its own `Tag` to one made from the address. */
  openTelemetryOwnTag: [5, 0, 3],
} as const;

/** Something that not every release has. */
export type EngineFeature = keyof typeof FEATURE_SINCE;

/** Whether a version of Fluent Bit has a feature. */
export function hasFeature(version: FluentBitVersion, feature: EngineFeature): boolean {
  const [major, minor, patch] = FEATURE_SINCE[feature];
  return isAtLeast(version, major, minor, patch);
}

/** The first release with a feature, as in "3.1.2". */
export function featureSince(feature: EngineFeature): string {
  return FEATURE_SINCE[feature].join(".");
}

/** What the machinery of a version is like. */
export interface EngineOfVersion {
  /** The release of the model with the same rules. */
  readonly release: "v3.0.1" | "v3.0.4" | "v5.1";
  /** Tasks that can exist at once, `FLB_CONFIG_DEFAULT_TASK_MAP_SIZE(_LIMIT)`. */
  readonly taskMapSize: number;
  /** Tasks that the map has room for when the engine starts; it grows by 256. */
  readonly initialTaskMapSize: number;
  /** Whether `storage.max_chunks_up` is a limit in this version (since v1.2.0). */
  readonly limitsChunksUp: boolean;
  /** What happens where storage.total_limit_size has no room and nothing can be evicted; the model's name for it. */
  readonly limitRule: "v3.0.4" | "v3.1.4" | "v4.0.0" | "v5.0.8";
  /** A version later than the newest one whose sources were looked at. */
  readonly newerThanKnown: boolean;
}

function isNewerThanKnown(version: FluentBitVersion): boolean {
  const { major, minor, patch } = NEWEST_KNOWN_VERSION;
  const given = Number.isFinite(version.minor) && Number.isFinite(version.patch);
  const seriesIsKnown =
    version.major === major && (!Number.isFinite(version.minor) || version.minor === minor);
  return (given || !seriesIsKnown) && isAtLeast(version, major, minor, patch + 1);
}

function limitRuleOf(version: FluentBitVersion): EngineOfVersion["limitRule"] {
  if (hasFeature(version, "limitReleasesRoutes")) return "v5.0.8";
  if (hasFeature(version, "limitRefuses")) return "v4.0.0";
  return hasFeature(version, "limitIsOverrun") ? "v3.1.4" : "v3.0.4";
}

/** The machinery of a version of Fluent Bit, as far as the model tells versions apart. */
export function engineOfVersion(version: FluentBitVersion): EngineOfVersion {
  const grows = hasFeature(version, "taskMapGrows");
  const release = hasFeature(version, "checkMapFirst") ? "v3.0.4" : "v3.0.1";
  return {
    release: grows ? "v5.1" : release,
    taskMapSize: grows ? 16_384 : 2048,
    initialTaskMapSize: 2048,
    limitsChunksUp: hasFeature(version, "maxChunksUp"),
    limitRule: limitRuleOf(version),
    newerThanKnown: isNewerThanKnown(version),
  };
}
