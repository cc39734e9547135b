import {
  defaultParameters,
  parameterNames,
  type ParameterName,
  type Parameters,
} from "./parameters.ts";
import { fits, isOn, type Parameter, type System, type Values } from "./system.ts";

const flag = { kind: "flag" } as const;
const size = { takes: { kind: "number", least: 1 }, isOf: "size" } as const;
const limit = {
  kind: "number",
  least: 1,
  or: { value: "none", written: ["none"] },
} as const;

/** With ten outputs a slot alone has more local states than can be tabulated. */
const mostOutputs = 9;
const mostInputs = 9;

const isPhase = (values: Values): boolean => values["shutdownPhase"] !== "none";

type Declared = Omit<Parameter, "name" | "default" | "isOf"> & Partial<Pick<Parameter, "isOf">>;

const declared: Readonly<Record<ParameterName, Declared>> = {
  chunks: { ...size, label: "chunks", meaning: "slots, each free or holding one live chunk" },
  taskMapSize: { ...size, label: "task map", meaning: "places in the task map" },
  maxChunksUp: { ...size, label: "max chunks up", meaning: "storage.max_chunks_up" },
  outputs: {
    takes: { kind: "number", least: 1, most: mostOutputs },
    label: "outputs",
    inCharts: 2,
    meaning: "[OUTPUT] sections",
  },
  routing: {
    takes: { kind: "routes" },
    forEach: "inputs",
    inCharts: "any",
    meaning: "the outputs to which an input's chunks go",
  },
  retryLimit: {
    takes: {
      kind: "number",
      least: 0,
      or: { value: "unlimited", written: ["unlimited", "no_limits", "false"] },
    },
    inCharts: 2,
    meaning: "Retry_Limit of the outputs",
  },
  // Its value is a size, too; but whether there is one is the release's.
  overLimitQuota: {
    takes: { kind: "number", least: 0 },
    isOf: "optional size",
    meaning: "MAX_OVER_LIMIT_OUTPUT_CHUNKS_UP; 0: there is none",
  },
  releaseOnClose: {
    takes: flag,
    isOf: "release",
    meaning: "closing a chunk gives its over-limit unit back",
  },
  checkMapFirst: {
    takes: flag,
    addsActions: false,
    isOf: "release",
    meaning: "dispatch looks for a task before it brings a chunk up",
  },
  pauseOnChunksOverlimit: {
    takes: flag,
    forEach: "inputs",
    meaning: "storage.pause_on_chunks_overlimit",
  },
  evictIdleWhenMapFull: {
    takes: flag,
    addsActions: true,
    isOf: "release",
    meaning: "an idle chunk may be put down while the task map is full",
  },
  crash: {
    takes: flag,
    addsActions: true,
    inCharts: true,
    meaning: "the process may be killed and restarted",
  },
  schedulerFails: {
    takes: flag,
    addsActions: true,
    inCharts: true,
    meaning: "a retry may fail to be scheduled",
  },
  shutdown: {
    takes: flag,
    addsActions: true,
    inCharts: true,
    meaning: "the engine may be shut down",
  },
  detachOnOutputExit: {
    takes: flag,
    isOf: "release",
    meaning: "an exiting output takes its mark off chunks",
  },
  flushError: { takes: flag, meaning: "a flush may end by an error that is not retried" },
  inputs: { takes: { kind: "number", least: 1, most: mostInputs }, meaning: "[INPUT] sections" },
  memBufLimit: { takes: limit, forEach: "inputs", meaning: "mem_buf_limit, in chunks" },
  chunksFull: { takes: flag, meaning: "an append may fill a chunk" },
  storageType: {
    takes: { kind: "choice", choices: ["filesystem", "memory"] },
    forEach: "inputs",
    meaning: "storage.type of the inputs",
  },
  outputHangs: { takes: flag, meaning: "outputs may hang" },
  flushFails: {
    takes: { kind: "choices", choices: ["start", "retry", "worker", "read"] },
    meaning: "how flushes may fail to start",
  },
  readCostsAttempt: {
    takes: flag,
    meaning: "a chunk that cannot be read costs an attempt",
    needs: {
      words: "flushFails=read",
      isGiven: ({ flushFails }) => Array.isArray(flushFails) && flushFails.includes("read"),
    },
  },
  totalLimit: {
    takes: limit,
    forEach: "outputs",
    meaning: "storage.total_limit_size of the outputs, in chunks",
  },
  limitRule: {
    takes: { kind: "choice", choices: ["v3.0.4", "v3.1.4", "v4.0.0", "v5.0.8"] },
    meaning: "what happens where nothing can be evicted",
  },
  backlog: {
    takes: flag,
    meaning: "chunks of an earlier run are queued one by one",
    needs: { words: "crash=true", isGiven: (values) => isOn(values, "crash") },
  },
  shutdownPhase: {
    takes: { kind: "choice", choices: ["none", "tasks", "chunks"] },
    meaning: "what a shutdown waits for",
  },
  reload: {
    takes: flag,
    meaning: "the shutdown is a hot reload",
    needs: { words: "shutdownPhase", isGiven: isPhase },
  },
  flushOnShutdown: {
    takes: flag,
    meaning: "storage.backlog.flush_on_shutdown",
    needs: { words: "shutdownPhase", isGiven: isPhase },
  },
  deadLetter: { takes: flag, meaning: "storage.keep.rejected" },
  deadLetterLimit: {
    takes: limit,
    meaning: "storage.rejected.limit, in chunks",
    needs: { words: "deadLetter=true", isGiven: (values) => isOn(values, "deadLetter") },
  },
  deadLetterRestart: {
    takes: { kind: "choice", choices: ["kept", "deleted"] },
    meaning: "what a restart does with dead letters",
  },
};

/** Fluent Bit, as `unstuck` has it where no other system is named. */
export const fluentBitSystem: System = {
  name: "fluent-bit",
  title: "Fluent Bit",
  atFirst: "no chunks, no tasks, every output online",
  slots: { noun: "chunk", parameter: "chunks" },
  usualRelease: "v3.0.4",
  inPorts: [
    ...["chunks", "taskMapSize", "maxChunksUp", "outputs", "routing", "retryLimit"],
    ...["overLimitQuota", "releaseOnClose", "checkMapFirst", "pauseOnChunksOverlimit"],
    ...["evictIdleWhenMapFull", "crash", "schedulerFails", "shutdown", "detachOnOutputExit"],
  ],
  parameters: parameterNames.map((name) => ({
    name,
    default: defaultParameters[name],
    isOf: "user",
    ...declared[name],
  })),
  refuses: ({ totalLimit, crash, limitRule }) =>
    JSON.stringify(totalLimit) !== '"none"' && crash === true && limitRule !== "v5.0.8"
      ? "totalLimit with crash is defined for limitRule v5.0.8 only: before, the age of chunks matters"
      : null,
};

/** Sizes are only looked for: a description that looks at one would depend on it. */
function isFluentBit(values: Values): values is Parameters {
  return fluentBitSystem.parameters.every(({ name, isOf, ...parameter }) =>
    isOf === "size" || isOf === "optional size" ? name in values : fits(parameter, values[name]),
  );
}

/**
 * Values as Fluent Bit's own parameters.
 *
 * @throws TypeError if they are those of another system
 */
export function fluentBitParameters(values: Values): Parameters {
  if (isFluentBit(values)) return values;
  throw new TypeError("these are no parameters of Fluent Bit's model");
}
