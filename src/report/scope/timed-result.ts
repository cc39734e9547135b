import type { ScopeResult } from "../../explore/check-scope.ts";

/** A result, and how long it took. */
export interface TimedResult {
  readonly result: ScopeResult;
  readonly elapsedMs: number;
}
