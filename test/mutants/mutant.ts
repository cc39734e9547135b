/** One small change of the engine's source. */
export interface Mutant {
  /** File, from `src/engine/` on. */
  readonly file: string;
  /** What is wrong after the change, in a few words. */
  readonly what: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** Why no suite can notice it; undefined if one must. */
  readonly survives?: string;
}
