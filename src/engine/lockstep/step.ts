/** A step of one slot: a slot is the place of one chunk with its task and deliveries. */
interface SlotStep {
  readonly type: "append" | "dispatch" | "dispatchWithoutTask" | "evict";
  readonly slot: number;
}

/** A step of one delivery: of the chunk in a slot to an output. */
interface DeliveryStep {
  readonly type:
    | "flushOk"
    | "flushRetry"
    | "flushDrop"
    | "retryFire"
    | "retryFireOverLimit"
    | "reschedule"
    | "scheduleFail";
  readonly slot: number;
  readonly output: number;
}

/** The smallest things that can happen to an engine, one action of the specification each. */
export type Step =
  | { readonly type: "ingest"; readonly slot: number; readonly routes: readonly number[] }
  | SlotStep
  | DeliveryStep
  | { readonly type: "outputDown" | "outputUp"; readonly output: number }
  | { readonly type: "crash" | "shutdown" }
  | {
      /** What only this release can do. */
      readonly type: "own";
      readonly action: string;
      readonly slot: number;
      readonly output: number | undefined;
    };
