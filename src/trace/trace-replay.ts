import { type Scope, limitValue } from "../compile/scope.ts";
import type { SystemState } from "../compile/stepper.ts";
import { disagreements } from "./disagreements.ts";
import { KnownDifferences, type KnownDifference } from "./known-differences.ts";
import { mechanismAt, type NotModelled } from "./mechanism-at.ts";
import { mechanisms } from "./mechanism.ts";
import { ModelSteps } from "./model-steps.ts";
import type { Trace } from "./read-trace.ts";
import type { Parking } from "./recorded-engine.ts";
import { differenceAt, type TraceDifference } from "./trace-difference.ts";
import type { TraceEvent } from "./trace-event.ts";
import { routesOf } from "./trace-scope.ts";
import { TraceSides } from "./trace-sides.ts";
import type { StepMeaning, TraceStep } from "./trace-step.ts";

/** What came of one step. */
export interface StepResult {
  readonly differences: readonly TraceDifference[];
  /** Whether the trace contradicts itself there, whatever the model says. */
  readonly contradiction: boolean;
  /** What the step is of which the model has no rules yet; null where it has. */
  readonly notModelled: TraceDifference | null;
}

const same: StepResult = { differences: [], contradiction: false, notModelled: null };

/** The two sides of a validation, moved together step by step: what the trace says, and what the model does. */
export class TraceReplay {
  readonly #trace: Trace;
  readonly #scope: Scope;
  readonly #parking: Parking;
  readonly #known = new KnownDifferences();
  readonly #sides: TraceSides;
  readonly #steps: ModelSteps;
  /** The last line that only a shutdown can have written: a chunk is closed, and its file is kept. */
  readonly #lastClosing: number;

  constructor(trace: Trace, scope: Scope, parking: Parking) {
    this.#trace = trace;
    this.#scope = scope;
    this.#parking = parking;
    const { outputs } = scope.system;
    this.#sides = new TraceSides(scope, parking, this.#known);
    this.#steps = new ModelSteps(this.#sides, {
      routes: routesOf(trace.events, outputs),
      outputs,
      known: this.#known,
      describe: (event) => this.#describe(event),
    });
    this.#lastClosing =
      trace.events.findLast(({ kind, deletes }) => kind === "close" && deletes === 0)?.line ?? 0;
  }

  get actions(): number {
    return this.#sides.actions;
  }

  get environmentActions(): number {
    return this.#sides.environmentActions;
  }

  /** What was let through because the model is known to leave it out. */
  get known(): readonly KnownDifference[] {
    return this.#known.all();
  }

  /** The state of the model; after a shutdown, the one in which it began. */
  get lastRunningState(): SystemState {
    return this.#sides.lastRunningState;
  }

  /** Takes the end of the trace: what is still missing then is counted. */
  end(): void {
    const last = this.#trace.events.at(-1);
    if (last === undefined || this.#parking === "resting") return;
    for (const chunk of this.#sides.model.outside()) this.#note("neverQueued", { ...last, chunk });
  }

  /** Takes the next step of the trace on both sides, and compares them. */
  take(step: TraceStep): StepResult {
    const { events, meaning } = step;
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return same;
    const sides = this.#sides;
    if (sides.isRestart(first)) {
      const sentence = sides.restart();
      if (sentence !== null) return this.#differs(first, [sentence]);
    }
    const beyond = mechanismAt(step, sides.recorded, sides.isStopped);
    if (beyond !== null) return this.#stopAt(events, beyond);
    const wasCharged = sides.recorded.quota.isCharged(first.chunk);
    const isAgain = this.#flushesAgain(meaning, first);
    if (meaning.kind === "closing" || meaning.kind === "detached") {
      sides.shutDown(this.#describe(first));
    }
    for (const event of events) {
      const sentence = sides.recorded.take(event) ?? wrongClose(event, meaning);
      if (sentence !== null) return { ...this.#differs(event, [sentence]), contradiction: true };
      this.#noteForcedUp(event);
    }
    if (isAgain) return same;
    const refusal = this.#steps.take(step, wasCharged);
    if (refusal !== null) return this.#differs(first, [refusal]);
    return sides.isStopped ? same : this.#differs(last, this.#compare(events, meaning));
  }

  /** Stops at a step that the model has no rules for, unless the trace contradicts itself there. */
  #stopAt(events: readonly TraceEvent[], { mechanism, sentence }: NotModelled): StepResult {
    const { recorded } = this.#sides;
    const [first] = events;
    if (first === undefined) return same;
    const words = `${sentence}, as with ${mechanisms[mechanism]}, which is not modelled yet`;
    const notModelled = this.#difference(first, words);
    // A chunk in memory was never opened.
    for (const event of mechanism === "memoryInput" ? [] : events) {
      const contradiction = recorded.take(event);
      if (contradiction === null) continue;
      return { ...this.#differs(event, [contradiction]), contradiction: true };
    }
    return { ...same, notModelled };
  }

  /** How both sides differ after a step. */
  #compare(events: readonly TraceEvent[], { kind }: StepMeaning): readonly string[] {
    const { recorded, model, park } = this.#sides;
    const first = events[0];
    if (first === undefined) return [];
    const chunk = recorded.chunkOf(first);
    const found = disagreements(recorded, model, chunk);
    if (park === null) return found;
    const parked = events.find((event) => event.kind === "park");
    const more =
      parked !== undefined
        ? park.parked(parked, this.#describe(parked))
        : kind === "action"
          ? park.disagreement(chunk)
          : null;
    return more === null ? found : [...found, more];
  }

  /** `flb_engine.c::flb_engine_reschedule_retries`: a shutdown dispatches every retry at once, also one that is under way. */
  #flushesAgain({ kind }: StepMeaning, event: TraceEvent): boolean {
    const isAgain =
      kind === "action" &&
      event.kind === "retry_dispatch" &&
      event.line < this.#lastClosing &&
      this.#sides.recorded.tasks.isFlushing(event.chunk, event.output);
    if (isAgain) this.#note("flushedAgain", event);
    return isAgain;
  }

  #noteForcedUp(event: TraceEvent): void {
    if (this.#sides.park === null || event.kind !== "up_force") return;
    if (event.up > limitValue(this.#scope, "maxChunksUp")) this.#note("forcedUp", event);
  }

  #note(name: Parameters<KnownDifferences["note"]>[0], event: TraceEvent): void {
    this.#known.note(name, this.#describe(event));
  }

  #describe(event: TraceEvent): (sentence: string) => TraceDifference {
    return (sentence) => this.#difference(event, sentence);
  }

  #differs(event: TraceEvent, sentences: readonly string[]): StepResult {
    return { ...same, differences: sentences.map((one) => this.#difference(event, one)) };
  }

  #difference(event: TraceEvent, sentence: string): TraceDifference {
    const { recorded, model } = this.#sides;
    return differenceAt(this.#trace.file, event, sentence, recorded, model);
  }
}

/** A settled chunk is deleted with its file; a shutdown keeps the file. */
function wrongClose({ kind, deletes }: TraceEvent, meaning: StepMeaning): string | null {
  if (kind !== "close") return null;
  if (meaning.kind === "closing") {
    return deletes === 0 ? null : "the file is deleted, and nothing delivered the chunk";
  }
  return deletes === 1 ? null : "the chunk is settled, but its file is kept";
}
