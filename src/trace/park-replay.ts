import type { KnownDifferences } from "./known-differences.ts";
import type { RecordedQueue } from "./recorded-queue.ts";
import type { ReplayedModel } from "./replayed-model.ts";
import type { TraceDifference } from "./trace-difference.ts";
import type { TraceEvent } from "./trace-event.ts";
import type { StepMeaning } from "./trace-step.ts";

/** What only a build with `park` does. */
export type ParkMeaning = Extract<
  StepMeaning,
  { kind: "found" | "queued" | "recalled" | "turnLost" | "gate" }
>;

/**
 * The part of a replay that is about `park`. The model has one queue, that every idle chunk is in. A real build keeps chunks
 * out of it: those of an earlier process until `storage_backlog` has queued them, and, where parked chunks rest, those until
 * they are recalled. So does the replay; each such chunk is a known difference.
 */
export class ParkReplay {
  readonly #queue: RecordedQueue;
  readonly #model: ReplayedModel;
  readonly #known: KnownDifferences;
  readonly #rests: boolean;

  constructor(queue: RecordedQueue, model: ReplayedModel, known: KnownDifferences, rests: boolean) {
    this.#queue = queue;
    this.#model = model;
    this.#known = known;
    this.#rests = rests;
  }

  /** What a step means to the model; returns why the model does not allow it, or null. */
  take(
    meaning: ParkMeaning,
    chunk: string,
    describe: (sentence: string) => TraceDifference,
  ): string | null {
    const model = this.#model;
    switch (meaning.kind) {
      case "found":
        if (!model.isOutside(chunk)) model.findOutside(chunk);
        return null;
      case "queued":
        return this.#queued(chunk, meaning.owed, describe);
      case "recalled":
        if (!model.isOutside(chunk)) return "the chunk is recalled, and was not resting";
        model.putBack(chunk, null);
        return null;
      case "turnLost":
        if (!model.is(chunk, "age", null, "old")) return "the model does not have the chunk old";
        this.#known.note("turnLost", describe);
        model.makeNew(chunk);
        return null;
      case "gate":
        model.openGate();
        return this.#queue
          .names()
          .map((one) => this.disagreement(one))
          .reduce((first, one) => first ?? one, null);
    }
  }

  /** A task has ended with something owed. Returns how what the trace says of it differs from the model, or null. */
  parked(
    { chunk, owed }: TraceEvent,
    describe: (sentence: string) => TraceDifference,
  ): string | null {
    const modelled = this.#model.owedBy(chunk);
    if (modelled !== owed) {
      return `the model expects owed to be ${modelled}, the trace has ${owed}`;
    }
    if (this.#rests) {
      this.#known.note("rest", describe);
      this.#model.takeOut(chunk);
    }
    return null;
  }

  /** How the age of a chunk in the queue differs, or null. */
  disagreement(chunk: string): string | null {
    if (!this.#queue.has(chunk)) return null;
    const [recorded, modelled] = [
      this.#queue.isOld(chunk),
      this.#model.is(chunk, "age", null, "old"),
    ];
    if (recorded === modelled) return null;
    return `the model expects ${chunk} to be ${modelled ? "old" : "new"}, the trace has it ${recorded ? "old" : "new"}`;
  }

  #queued(
    chunk: string,
    owed: number,
    describe: (sentence: string) => TraceDifference,
  ): string | null {
    const model = this.#model;
    if (!model.isOutside(chunk)) return "the chunk is queued, and was not found on disk";
    const before = model.owedBy(chunk);
    if ((before & ~owed) !== 0) {
      return `the model expects owed to be ${before}, and ${owed} is not all of it`;
    }
    this.#known.note("queuedLater", describe);
    if (!model.isUnknown(chunk) && owed !== before) this.#known.note("owedAgain", describe);
    model.putBack(chunk, owed);
    return null;
  }
}
