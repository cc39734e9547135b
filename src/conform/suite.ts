import type { ActionCall } from "./action-call.ts";

/** A call, and whether the model refuses it: then nothing changes. */
export interface SuiteStep {
  readonly call: ActionCall;
  readonly refused: boolean;
}

/** A run from the initial state. */
interface SuiteTest {
  readonly name: string;
  readonly steps: readonly SuiteStep[];
}

/** Runs that belong together. */
export interface Suite {
  /** Such as `transition-coverage`. */
  readonly name: string;
  /** What the suite covers, in a sentence. */
  readonly covers: string;
  readonly tests: readonly SuiteTest[];
}

/** A call that is enabled. */
export function enabledStep(call: ActionCall): SuiteStep {
  return { call, refused: false };
}

/** The number of steps of a suite. */
export function stepsOf({ tests }: Suite): number {
  return tests.reduce((sum, { steps }) => sum + steps.length, 0);
}
