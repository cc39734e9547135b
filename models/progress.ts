import type { Comparison } from "./comparison.ts";

/** How the outputs are, in the states from which a clause is judged, and for ever after. */
type OutputsCondition =
  | { readonly kind: "any" }
  | { readonly kind: "all online" }
  | { readonly kind: "some not online" }
  /** Output 0 is in this state, the others are online. */
  | { readonly kind: "first"; readonly state: string };

/**
 * What waits: a slot that a total counts, until it is counted no more; a delivery that is owed to an online output, until
 * something is delivered to it or (`must`) until it is owed no more; a shared machine, until it is in a state; or that
 * comparisons hold no longer (`acts` and `keepsActing` alone).
 */
export type Pending =
  | { readonly kind: "slot"; readonly total: string }
  | { readonly kind: "delivery" }
  | { readonly kind: "machine"; readonly role: string; readonly until: string }
  | { readonly kind: "guard"; readonly where: readonly Comparison[] };

/** One demand of a progress property. The environment is frozen from the state that is judged on. */
export interface ProgressClause {
  /**
   * `acts`: some action changes the state. `keepsActing`: so it is wherever these agents alone lead. `can`: what waits can still come to its end. `must`: under weak fairness it does.
   */
  readonly modality: "acts" | "keepsActing" | "can" | "must";
  readonly agents: readonly ("engine" | "input")[];
  readonly outputs: OutputsCondition;
  readonly pending: Pending;
}

/** A progress property: what must stay possible, or happen, from which states. */
export interface ProgressProperty {
  readonly kind: "progress";
  readonly name: string;
  readonly meaning: string;
  /** The states of the machine that says whether the engine runs, in which the property is judged. */
  readonly phases: readonly string[];
  /** Whether a violation has a shortest length: with a demand under fairness and going input it has none. */
  readonly hasLength: boolean;
  /** The property says nothing about systems with fewer outputs. */
  readonly leastOutputs: number;
  readonly clauses: readonly ProgressClause[];
}

const allOnline: OutputsCondition = { kind: "all online" };
const liveChunk: Pending = { kind: "slot", total: "live" };
const owedDelivery: Pending = { kind: "delivery" };
const whileRunning = { kind: "progress", phases: ["running"], leastOutputs: 1 } as const;

const neverStuck: ProgressProperty = {
  ...whileRunning,
  name: "neverStuck",
  meaning:
    "with every output online and a live chunk, some engine action changes something (a livelock counts as stuck)",
  hasLength: true,
  clauses: [{ modality: "acts", agents: ["engine"], outputs: allOnline, pending: liveChunk }],
};

const recovery: ProgressProperty = {
  ...whileRunning,
  name: "recovery",
  meaning:
    "once every output is online, each output that is owed something can still be delivered to, and without new input every chunk is delivered in the end",
  hasLength: true,
  clauses: [
    { modality: "can", agents: ["engine", "input"], outputs: allOnline, pending: owedDelivery },
    { modality: "must", agents: ["engine"], outputs: allOnline, pending: liveChunk },
  ],
};

const isolation: ProgressProperty = {
  ...whileRunning,
  name: "isolation",
  meaning:
    "while some output is offline, an online output that is owed something can still be delivered to",
  hasLength: true,
  leastOutputs: 2,
  clauses: [
    {
      modality: "can",
      agents: ["engine", "input"],
      outputs: { kind: "some not online" },
      pending: owedDelivery,
    },
  ],
};

const isolationFair: ProgressProperty = {
  ...whileRunning,
  name: "isolationFair",
  meaning: "with output 0 offline for ever, every delivery owed to an online output ends",
  hasLength: false,
  leastOutputs: 2,
  clauses: [
    {
      modality: "must",
      agents: ["engine", "input"],
      outputs: { kind: "first", state: "offline" },
      pending: owedDelivery,
    },
  ],
};

export const isolationHangFair: ProgressProperty = {
  ...isolationFair,
  name: "isolationHangFair",
  meaning: "with output 0 hung for ever, every delivery owed to an online output ends",
  clauses: [
    {
      modality: "must",
      agents: ["engine", "input"],
      outputs: { kind: "first", state: "hung" },
      pending: owedDelivery,
    },
  ],
};

const noStarvation: ProgressProperty = {
  ...whileRunning,
  name: "noStarvation",
  meaning:
    "with every output online and input going on, every chunk is delivered in the end (nothing starves)",
  hasLength: false,
  clauses: [
    { modality: "must", agents: ["engine", "input"], outputs: allOnline, pending: liveChunk },
  ],
};

const pausedInput: Pending = { kind: "machine", role: "input", until: "running" };

export const inputResumes: ProgressProperty = {
  ...whileRunning,
  name: "inputResumes",
  meaning:
    "once every output is online, each paused input can still resume, and without new input it does in the end",
  hasLength: true,
  clauses: [
    { modality: "can", agents: ["engine", "input"], outputs: allOnline, pending: pausedInput },
    { modality: "must", agents: ["engine"], outputs: allOnline, pending: pausedInput },
  ],
};

export const inputResumesFair: ProgressProperty = {
  ...whileRunning,
  name: "inputResumesFair",
  meaning:
    "with every output online and the other inputs going on, each paused input resumes in the end",
  hasLength: false,
  clauses: [
    { modality: "must", agents: ["engine", "input"], outputs: allOnline, pending: pausedInput },
  ],
};

const notStopped: Pending = { kind: "machine", role: "engine", until: "stopped" };

export const shutdownEnds: ProgressProperty = {
  kind: "progress",
  name: "shutdownEnds",
  meaning:
    "once every output is online, an engine that is ending can still stop, and does in the end",
  phases: ["ending", "segregated"],
  hasLength: true,
  leastOutputs: 1,
  clauses: [
    { modality: "can", agents: ["engine"], outputs: allOnline, pending: notStopped },
    { modality: "must", agents: ["engine"], outputs: allOnline, pending: notStopped },
  ],
};

/** The progress properties that every system has. */
export const progressProperties: readonly ProgressProperty[] = [
  neverStuck,
  recovery,
  isolation,
  isolationFair,
  noStarvation,
];

/** Every progress property whose name stands for what it says here. */
export const knownProgress: readonly ProgressProperty[] = [
  ...progressProperties,
  isolationHangFair,
  inputResumes,
  inputResumesFair,
  shutdownEnds,
];
