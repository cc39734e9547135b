/** The parameters that the releases and the candidates that park share; what is left out has the default of the reference results. */
interface CommonParameters {
  /** N: chunk slots. */
  readonly chunks: number;
  /** T: tasks that can exist at once; 1 unless given. */
  readonly taskMapSize?: number;
  /** X, `storage.max_chunks_up`; 1 unless given. */
  readonly maxChunksUp?: number;
  /** M; 1 unless given. */
  readonly outputs?: number;
  /** `all` unless given. */
  readonly routing?: "all" | "any";
  /** L, `Retry_Limit`; `unlimited` unless given. */
  readonly retryLimit?: number | "unlimited";
  readonly crash?: boolean;
}

/** A scope of one of Fluent Bit's releases or fixes. */
export interface ReleaseParameters extends CommonParameters {
  readonly park?: false;
  /** Q, chunks one output may hold up above X; 0 unless given. */
  readonly overLimitQuota?: number;
  /** true unless given. */
  readonly releaseOnClose?: boolean;
  /** true unless given. */
  readonly checkMapFirst?: boolean;
  readonly pauseOnChunksOverlimit?: boolean;
  readonly evictIdleWhenMapFull?: boolean;
  readonly schedulerFails?: boolean;
  readonly shutdown?: boolean;
  readonly detachOnOutputExit?: boolean;
}

/** A scope of the `park` candidate. The type admits no other parameter. */
export interface ParkParameters extends CommonParameters {
  readonly park: true;
  /** Test-only: the part of the design that is left out, to show that it is needed. */
  readonly without?: "ages" | "idleDownCheck" | "taskRelease";
}

/** A scope of the `park-breaker` candidate. The type admits no other parameter. */
export interface BreakerParameters extends CommonParameters {
  readonly park: "breaker";
  /** Test-only: the rule that is left out, to show what it is needed for. */
  readonly without?: BreakerRule;
}

/** A rule of `park-breaker` that can be left out. */
export type BreakerRule =
  /** A chunk whose outputs are all held back keeps its place in the queue. */
  | "setAside"
  /** A chunk that is set aside stays in memory. */
  | "putDown"
  | "recall"
  | "probe"
  /** A probe is dispatched from aside, whenever there is a task and a place in memory. */
  | "probeQueue"
  /** A new probe may be dispatched like an old one. */
  | "probeAge"
  /** A probe attempts what is let through and the output it was chosen for, nothing else that is held back. */
  | "wholeProbe"
  /** A probe is flushed to all that it owes, whoever is being flushed to it. */
  | "oneFlush"
  /** A probe may be sent to an output that is being attempted. */
  | "oneProbe"
  /** A chunk whose task ends with something owed joins the queue. */
  | "settleAside"
  /** No success closes a breaker. */
  | "closing";

export type CandidateParameters = ParkParameters | BreakerParameters;

export type OracleParameters = ReleaseParameters | CandidateParameters;
