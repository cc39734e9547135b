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

/** One value for every input or every output, or a list with one for each. */
export type OneOrEach<T> = T | readonly T[];

/** A limit in chunks. */
export type ChunkLimit = number | "none";

/** A way in which a flush is not started (§9.5). */
export type FlushFailure = "start" | "retry" | "worker" | "read";

/** What happens to new data of which an output's storage is full (§9.6). */
export type LimitRule = "v3.0.4" | "v3.1.4" | "v4.0.0" | "v5.0.8";

/** A scope of one of Fluent Bit's releases or fixes, with the names of §1; what is left out is off. */
export interface ReleaseParameters extends Omit<CommonParameters, "routing"> {
  readonly park?: false;
  /** `all`, `any`, or one fixed mask for each input; `all` unless given. */
  readonly routing?: "all" | "any" | readonly (readonly number[])[];
  /** Q, chunks one output may hold up above X; 0 unless given. */
  readonly overLimitQuota?: number;
  /** true unless given. */
  readonly releaseOnClose?: boolean;
  /** true unless given. */
  readonly checkMapFirst?: boolean;
  readonly evictIdleWhenMapFull?: boolean;
  /** Places in memory that only retries may use (`reserve-slot`: 1); 0 unless given. Not of the page. */
  readonly keptForRetries?: number;
  readonly schedulerFails?: boolean;
  readonly shutdown?: boolean;
  readonly detachOnOutputExit?: boolean;
  /** I; 1 unless given. */
  readonly inputs?: number;
  /** For each input. */
  readonly pauseOnChunksOverlimit?: OneOrEach<boolean>;
  /** B, for each input; `none` unless given. */
  readonly memBufLimit?: OneOrEach<ChunkLimit>;
  readonly chunksFull?: boolean;
  /** For each input; `filesystem` unless given. */
  readonly storageType?: OneOrEach<"filesystem" | "memory">;
  readonly outputHangs?: boolean;
  readonly flushFails?: readonly FlushFailure[];
  readonly readCostsAttempt?: boolean;
  /** Whether a plugin may answer `FLB_ERROR`: the delivery is dropped at once. Not of the page's tables. */
  readonly flushError?: boolean;
  /** D, for each output; `none` unless given. */
  readonly totalLimit?: OneOrEach<ChunkLimit>;
  /** `v4.0.0` unless given. */
  readonly limitRule?: LimitRule;
  readonly backlog?: boolean;
  /** What a shutdown waits for; there is no such phase unless given. */
  readonly shutdownPhase?: "tasks" | "chunks";
  readonly reload?: boolean;
  readonly flushOnShutdown?: boolean;
  readonly deadLetter?: boolean;
  /** R; `none` unless given. */
  readonly deadLetterLimit?: ChunkLimit;
  /** `kept` unless given. */
  readonly deadLetterRestart?: "kept" | "deleted";
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
