import type {
  ChunkLimit,
  FlushFailure,
  LimitRule,
  OneOrEach,
  ReleaseParameters,
} from "../parameters.ts";
import { masksOf, upTo } from "../rules.ts";

/** What is set for one input. */
interface InputSettings {
  readonly memory: boolean;
  /** Whether `pauseOnChunksOverlimit` is on and the input is a filesystem input. */
  readonly pauses: boolean;
  /** B; infinite where there is none. */
  readonly bufferLimit: number;
  /** The masks that its new chunks may have. */
  readonly masks: readonly (readonly number[])[];
}

/** The parameters of a scope with every default filled in; a limit that is not set is infinite. */
export interface Settings {
  readonly chunks: number;
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly retryLimit: number;
  readonly overLimitQuota: number;
  readonly releaseOnClose: boolean;
  readonly checkMapFirst: boolean;
  readonly evictIdleWhenMapFull: boolean;
  readonly keptForRetries: number;
  readonly crash: boolean;
  readonly schedulerFails: boolean;
  readonly shutdown: boolean;
  readonly detachOnOutputExit: boolean;
  readonly inputs: readonly InputSettings[];
  readonly chunksFull: boolean;
  readonly outputHangs: boolean;
  readonly flushFails: readonly FlushFailure[];
  readonly readCostsAttempt: boolean;
  readonly flushError: boolean;
  /** D of each output. */
  readonly totalLimits: readonly number[];
  /** Whether any output has a limit, so that chunks are charged. */
  readonly limited: boolean;
  readonly limitRule: LimitRule;
  readonly backlog: boolean;
  readonly shutdownPhase: "tasks" | "chunks" | undefined;
  readonly reload: boolean;
  readonly flushOnShutdown: boolean;
  readonly deadLetter: boolean;
  readonly deadLetterLimit: number;
  readonly deadLetterRestart: "kept" | "deleted";
  /** Whether a state knows which chunks were restored after a crash. */
  readonly knowsRestored: boolean;
}

/** The value for one input or output; a list that is too short is an error. */
function each<T>(given: OneOrEach<T>, index: number): T {
  return isList(given) ? item(given, index) : given;
}

function isList<T>(given: OneOrEach<T>): given is readonly T[] {
  return Array.isArray(given);
}

/** The item of a list at an index that is known to be within it. */
export function item<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) {
    throw new RangeError(`no item ${index} in a list of ${list.length}`);
  }
  return found;
}

function limitOf(limit: ChunkLimit | "unlimited"): number {
  return typeof limit === "number" ? limit : Infinity;
}

function inputsOf(parameters: ReleaseParameters): InputSettings[] {
  const {
    inputs = 1,
    outputs = 1,
    routing = "all",
    pauseOnChunksOverlimit = false,
    memBufLimit = "none",
    storageType = "filesystem",
  } = parameters;
  return upTo(inputs).map((input) => {
    const memory = each(storageType, input) === "memory";
    return {
      memory,
      pauses: !memory && each(pauseOnChunksOverlimit, input),
      bufferLimit: limitOf(each(memBufLimit, input)),
      masks: typeof routing === "string" ? masksOf(outputs, routing) : [item(routing, input)],
    };
  });
}

/** The settings that the parameters stand for; throws where the semantics defines nothing. */
export function settingsOf(parameters: ReleaseParameters): Settings {
  const inputs = inputsOf(parameters);
  const totalLimits = upTo(parameters.outputs ?? 1).map((output) =>
    limitOf(each(parameters.totalLimit ?? "none", output)),
  );
  const limited = totalLimits.some(Number.isFinite);
  const limitRule = parameters.limitRule ?? "v4.0.0";
  const crash = parameters.crash ?? false;
  if (limited && crash && limitRule !== "v5.0.8") {
    throw new RangeError("totalLimit with crash is defined for limitRule v5.0.8 only");
  }
  return {
    chunks: parameters.chunks,
    taskMapSize: parameters.taskMapSize ?? 1,
    maxChunksUp: parameters.maxChunksUp ?? 1,
    retryLimit: limitOf(parameters.retryLimit ?? "unlimited"),
    overLimitQuota: parameters.overLimitQuota ?? 0,
    releaseOnClose: parameters.releaseOnClose ?? true,
    checkMapFirst: parameters.checkMapFirst ?? true,
    evictIdleWhenMapFull: parameters.evictIdleWhenMapFull ?? false,
    keptForRetries: parameters.keptForRetries ?? 0,
    crash,
    schedulerFails: parameters.schedulerFails ?? false,
    shutdown: parameters.shutdown ?? false,
    detachOnOutputExit: parameters.detachOnOutputExit ?? false,
    inputs,
    chunksFull: parameters.chunksFull ?? false,
    outputHangs: parameters.outputHangs ?? false,
    flushFails: parameters.flushFails ?? [],
    readCostsAttempt: parameters.readCostsAttempt ?? false,
    flushError: parameters.flushError ?? false,
    totalLimits,
    limited,
    limitRule,
    backlog: parameters.backlog ?? false,
    shutdownPhase: parameters.shutdownPhase,
    reload: parameters.reload ?? false,
    flushOnShutdown: parameters.flushOnShutdown ?? false,
    deadLetter: parameters.deadLetter ?? false,
    deadLetterLimit: limitOf(parameters.deadLetterLimit ?? "none"),
    deadLetterRestart: parameters.deadLetterRestart ?? "kept",
    knowsRestored:
      inputs.length > 1 ||
      limited ||
      inputs.some(({ pauses, bufferLimit }) => pauses || Number.isFinite(bufferLimit)),
  };
}
