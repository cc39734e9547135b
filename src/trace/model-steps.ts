import type { KnownDifferences } from "./known-differences.ts";
import type { ParkMeaning } from "./park-replay.ts";
import type { TraceDifference } from "./trace-difference.ts";
import type { TraceEvent } from "./trace-event.ts";
import type { TraceSides } from "./trace-sides.ts";
import type { ReplayedAction, StepMeaning, TraceStep } from "./trace-step.ts";

/** What the replay knows beside the two sides. */
interface Context {
  /** The outputs that each chunk goes to; all of them where a chunk is not listed. */
  readonly routes: ReadonlyMap<string, readonly number[]>;
  readonly outputs: number;
  readonly known: KnownDifferences;
  readonly describe: (event: TraceEvent) => (sentence: string) => TraceDifference;
}

/** The model's side of a replay: what each step means to it, and whether it allows that. */
export class ModelSteps {
  readonly #sides: TraceSides;
  readonly #context: Context;

  constructor(sides: TraceSides, context: Context) {
    this.#sides = sides;
    this.#context = context;
  }

  /**
   * Takes what a step means.
   *
   * @param wasCharged whether the trace had the chunk charged to an output before the step
   * @returns why the model does not allow it, or null
   */
  take({ events, meaning }: TraceStep, wasCharged: boolean): string | null {
    const { recorded, model, isStopped } = this.#sides;
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return null;
    const chunk = recorded.chunkOf(first);
    if (meaning.kind === "outside" || meaning.kind === "notModelled") return meaning.sentence;
    if (meaning.kind === "closing" || meaning.kind === "detached") {
      return this.#stop(meaning, chunk, wasCharged);
    }
    if (isStopped) return "the engine was shut down; only closing is left to do";
    switch (meaning.kind) {
      case "append":
        return null;
      case "flushStart":
        return model.is(chunk, "delivery", meaning.output, "flushing")
          ? null
          : `the model does not have output ${meaning.output} flushing the chunk`;
      case "refusedDispatch":
        return model.allows(chunk).includes("dispatch")
          ? "the dispatch was refused, but the model allows it"
          : null;
      case "forcedUp":
        return recorded.isBeingScanned(chunk)
          ? null
          : "the chunk was forced up, and no records were written";
      case "putDown":
        return this.#putDown(chunk, last);
      case "action":
        return this.#act(meaning.action, meaning.output, chunk, last);
      case "found":
      case "queued":
      case "recalled":
      case "turnLost":
      case "gate":
        return this.#takePark(meaning, chunk, first);
    }
  }

  /** A shutdown closes a chunk, or takes an output's mark off it: both sides must have it charged, or neither. */
  #stop({ kind }: StepMeaning, chunk: string, wasCharged: boolean): string | null {
    const { model, isStopped } = this.#sides;
    if (!isStopped) return "the model does not allow a shutdown here";
    const isCharged = model.is(chunk, "chunk", null, "upForOutput");
    if (kind === "detached") {
      return isCharged ? "the model leaves the mark of an exiting output on the chunk" : null;
    }
    if (isCharged === wasCharged) return null;
    return wasCharged
      ? "the chunk is closed while it is charged to an output, and in the model it is not"
      : "in the model the chunk is charged to an output while it is closed";
  }

  #takePark(meaning: ParkMeaning, chunk: string, event: TraceEvent): string | null {
    if (meaning.kind === "found" && !this.#sides.find(chunk)) {
      return "the file is of no chunk that the last process left";
    }
    return this.#sides.park?.take(meaning, chunk, this.#context.describe(event)) ?? null;
  }

  #act(
    action: ReplayedAction,
    output: number | null,
    chunk: string,
    last: TraceEvent,
  ): string | null {
    const { model, park } = this.#sides;
    const mask = this.#context.routes.get(chunk) ?? upTo(this.#context.outputs);
    if (action === "dispatch") {
      const routes = park === null ? mask.length : bits(model.owedBy(chunk));
      if (last.routes !== routes) {
        return `the task has ${last.routes} routes, but the chunk is flushed to ${routes} outputs`;
      }
      const missing = this.#sides.missing();
      if (missing.length > 0) {
        return `chunks of the last process were not found again: ${missing.join(", ")}`;
      }
    }
    if (action === "ingest") this.#sides.find(chunk);
    if (model.take(action, chunk, output, mask)) {
      // An idle chunk that is down keeps a new one out of memory, also one that waits outside the queue.
      const others = action === "ingest" && model.isUp(chunk) && model.outside().length > 0;
      if (others) model.putDownOutsideTheModel(chunk);
      return null;
    }
    // A build with `park` does not say whether it gives up, or goes on.
    const givesUp = park !== null && action === "flushRetry";
    return givesUp && model.take("flushDrop", chunk, output, mask)
      ? null
      : `the model does not allow ${action} here`;
  }

  #putDown(chunk: string, event: TraceEvent): string | null {
    const { recorded, model } = this.#sides;
    const isIdle = model.isUp(chunk) && !model.hasTask(chunk);
    if (!recorded.isBeingScanned(chunk) || !(isIdle || model.isOutside(chunk))) {
      return this.#act("evict", null, chunk, event);
    }
    this.#context.known.note("loadedAtRestart", this.#context.describe(event));
    if (isIdle) model.putDownOutsideTheModel(chunk);
    return null;
  }
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function bits(mask: number): number {
  return mask.toString(2).replaceAll("0", "").length;
}
