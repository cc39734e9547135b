import type { Difference } from "./differences.ts";
import type { JsonObject } from "./json.ts";
import type { SuiteStep } from "./suite.ts";

/** How something that is held against the model parted from it. */
export interface Divergence {
  /**
   * `state`: another state than expected. `refused`: an enabled action was refused. `accepted`: an action that is not
   * enabled was taken, or changed something while it was refused. `failure`: no usable answer came.
   */
  readonly kind: "state" | "refused" | "accepted" | "failure";
  /** The way from the initial state; the last step is the one that went wrong. Empty if the reset did. */
  readonly steps: readonly SuiteStep[];
  /** What the model does in the last step, such as `flushRetry`; null for a step that it refuses. */
  readonly rule: string | null;
  /** What should have happened, in Fluent Bit's words, and the C function that does it; empty where nothing should. */
  readonly tells: string;
  readonly cFunction: string;
  /** The state before the last step, as the model has it. */
  readonly before: JsonObject;
  /** The state after it, as the model has it. */
  readonly expected: JsonObject;
  /** What was reported instead; null where nothing was. */
  readonly actual: JsonObject | null;
  readonly differences: readonly Difference[];
  /** What happened, in one sentence. */
  readonly sentence: string;
  /** Whether finding this out took the whole time that an answer may take. */
  readonly timedOut: boolean;
}
