/** The parameters that the releases and `park` share; what is left out has the default of the reference results. */
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

export type OracleParameters = ReleaseParameters | ParkParameters;
