import type { Scope } from "../compile/scope.ts";
import type { SystemState } from "../compile/stepper.ts";
import type { Trace } from "./read-trace.ts";
import { RecordedEngine } from "./recorded-engine.ts";
import { ReplayedModel } from "./replayed-model.ts";
import { differenceAt, type TraceDifference } from "./trace-difference.ts";
import type { TraceEvent } from "./trace-event.ts";
import { routesOf } from "./trace-scope.ts";
import type { StepMeaning, TraceStep } from "./trace-step.ts";

/** What came of one step. */
export interface StepResult {
  readonly differences: readonly TraceDifference[];
  /** Whether the trace contradicts itself there, whatever the model says. */
  readonly contradiction: boolean;
}

/** The two sides of a validation, moved together step by step: what the trace says, and what the model does. */
export class TraceReplay {
  readonly #trace: Trace;
  readonly #scope: Scope;
  readonly #routes: ReadonlyMap<string, readonly number[]>;
  readonly #restartExceptions: TraceDifference[] = [];
  #recorded: RecordedEngine;
  #model: ReplayedModel;
  /** The state in which the shutdown began; null while the engine runs. */
  #stoppedIn: SystemState | null = null;
  /** Chunks that the last process left behind, and this one has not found yet. */
  #leftBehind = new Set<string>();
  #actionsBefore = { actions: 0, environmentActions: 0 };

  constructor(trace: Trace, scope: Scope) {
    this.#trace = trace;
    this.#scope = scope;
    this.#routes = routesOf(trace.events, scope.parameters.outputs);
    this.#recorded = new RecordedEngine(scope.parameters);
    this.#model = new ReplayedModel(scope);
  }

  get actions(): number {
    return this.#actionsBefore.actions + this.#model.actions;
  }

  get environmentActions(): number {
    return this.#actionsBefore.environmentActions + this.#model.environmentActions;
  }

  /** What was let through as the named exception of `validateTrace`. */
  get restartExceptions(): readonly TraceDifference[] {
    return this.#restartExceptions;
  }

  /** The state of the model; after a shutdown, the one in which it began. */
  get lastRunningState(): SystemState {
    return this.#stoppedIn ?? this.#model.state();
  }

  /** Takes the next step of the trace on both sides, and compares them. */
  take({ events, meaning }: TraceStep): StepResult {
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return { differences: [], contradiction: false };
    if (this.#isRestart(first)) {
      const sentence = this.#restart();
      if (sentence !== null) {
        return { differences: [this.#difference(first, sentence)], contradiction: false };
      }
    }
    if (meaning.kind === "closing") this.#shutDown();
    for (const event of events) {
      const sentence = this.#recorded.take(event) ?? wrongClose(event, meaning);
      if (sentence !== null) {
        return { differences: [this.#difference(event, sentence)], contradiction: true };
      }
    }
    const refusal = this.#mean(meaning, first, last);
    const sentences =
      refusal !== null
        ? [refusal]
        : this.#stoppedIn === null
          ? this.#disagreements(this.#recorded.chunkOf(first))
          : [];
    const at = refusal === null ? last : first;
    return {
      differences: sentences.map((sentence) => this.#difference(at, sentence)),
      contradiction: false,
    };
  }

  /** What a step means to the model; returns why the model does not allow it, or null. */
  #mean(meaning: StepMeaning, first: TraceEvent, last: TraceEvent): string | null {
    const chunk = this.#recorded.chunkOf(first);
    if (meaning.kind === "outside") return meaning.sentence;
    if (meaning.kind === "closing") {
      return this.#stoppedIn === null ? "the model does not allow a shutdown here" : null;
    }
    if (this.#stoppedIn !== null) return "the engine was shut down; only closing is left to do";
    switch (meaning.kind) {
      case "append":
        return null;
      case "flushStart":
        return this.#model.deliveryIs(chunk, meaning.output, "flushing")
          ? null
          : `the model does not have output ${meaning.output} flushing the chunk`;
      case "refusedDispatch":
        return this.#model.allows(chunk).includes("dispatch")
          ? "the dispatch was refused, but the model allows it"
          : null;
      case "forcedUp":
        return this.#recorded.isBeingScanned(chunk)
          ? null
          : "the chunk was forced up, and no records were written";
      case "putDown":
        return this.#putDown(chunk, last);
      case "action":
        return this.#act(meaning.action, meaning.output, chunk, last);
    }
  }

  #act(
    action: Extract<StepMeaning, { kind: "action" }>["action"],
    output: number | null,
    chunk: string,
    last: TraceEvent,
  ): string | null {
    const mask = this.#routes.get(chunk) ?? allOutputs(this.#scope);
    if (action === "dispatch" && last.routes !== mask.length) {
      return `the task has ${last.routes} routes, but the chunk is flushed to ${mask.length} outputs`;
    }
    if (action === "ingest") this.#leftBehind.delete(chunk);
    if (action === "dispatch" && this.#leftBehind.size > 0) {
      return `chunks of the last process were not found again: ${[...this.#leftBehind].join(", ")}`;
    }
    return this.#model.take(action, chunk, output, mask)
      ? null
      : `the model does not allow ${action} here`;
  }

  #putDown(chunk: string, event: TraceEvent): string | null {
    const scanned = this.#recorded.isBeingScanned(chunk);
    if (!scanned || !this.#model.isUp(chunk) || this.#model.hasTask(chunk)) {
      return this.#act("evict", null, chunk, event);
    }
    this.#restartExceptions.push(
      this.#difference(event, "a chunk that was loaded at the restart is put down again"),
    );
    this.#model.putDownOutsideTheModel(chunk);
    return null;
  }

  /** A process that opens files of the last one: nobody closed them, or the last one was shut down. */
  #isRestart({ kind, chunk }: TraceEvent): boolean {
    if (kind !== "open_up" && kind !== "open_down") return false;
    return this.#stoppedIn !== null || this.#recorded.storage.has(chunk);
  }

  /**
   * The process died, and what it knew died with it: `crash`. The new one scans the files, and each chunk that it finds
   * is made again (`ingest`). After a shutdown the model has nothing left to do, so the new process just begins.
   */
  #restart(): string | null {
    if (this.#stoppedIn === null) {
      this.#leftBehind = new Set(this.#recorded.storage.names());
      const crashed = this.#model.takeSystem("crash", null);
      const { up, tasks, live } = this.#model;
      if (!crashed || up + tasks > 0 || this.#model.counters().some((used) => used > 0)) {
        return "the process starts with nothing in memory, but the model does not";
      }
      if (live !== this.#leftBehind.size) {
        return `the model leaves ${live} chunks behind, the trace ${this.#leftBehind.size}`;
      }
    }
    this.#actionsBefore = {
      actions: this.actions,
      environmentActions: this.environmentActions,
    };
    this.#stoppedIn = null;
    this.#recorded = new RecordedEngine(this.#scope.parameters);
    this.#model = new ReplayedModel(this.#scope);
    return null;
  }

  #shutDown(): void {
    if (this.#stoppedIn !== null) return;
    const state = this.#model.state();
    this.#leftBehind = new Set(this.#recorded.storage.names());
    if (this.#model.takeSystem("shutdown", null)) this.#stoppedIn = state;
  }

  #disagreements(chunk: string): readonly string[] {
    const { storage, tasks, quota } = this.#recorded;
    const model = this.#model;
    const said = (what: string, recorded: unknown, modelled: unknown): readonly string[] =>
      recorded === modelled
        ? []
        : [
            `the model expects ${what} to be ${String(modelled)}, the trace has ${String(recorded)}`,
          ];
    return [
      ...said("the number of chunks up", storage.up, model.up),
      ...said("the number of tasks", tasks.count, model.tasks),
      ...said("the number of live chunks", storage.live, model.live),
      ...model
        .counters()
        .flatMap((used, output) =>
          said(`the quota in use by output ${output}`, quota.used[output], used),
        ),
      ...said("the chunk being live", storage.has(chunk), model.isLive(chunk)),
      ...said("the chunk being up", storage.isUp(chunk), model.isUp(chunk)),
      ...said("the chunk having a task", tasks.holds(chunk), model.hasTask(chunk)),
    ];
  }

  #difference(event: TraceEvent, sentence: string): TraceDifference {
    return differenceAt(this.#trace.file, event, sentence, this.#recorded, this.#model);
  }
}

function allOutputs(scope: Scope): readonly number[] {
  return Array.from({ length: scope.parameters.outputs }, (_, output) => output);
}

/** A settled chunk is deleted with its file; a shutdown keeps the file. */
function wrongClose({ kind, deletes }: TraceEvent, meaning: StepMeaning): string | null {
  if (kind !== "close") return null;
  if (meaning.kind === "closing") {
    return deletes === 0 ? null : "the file is deleted, and nothing delivered the chunk";
  }
  return deletes === 1 ? null : "the chunk is settled, but its file is kept";
}
