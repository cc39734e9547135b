import type { Scope } from "../compile/scope.ts";
import type { SystemState } from "../compile/stepper.ts";
import type { KnownDifferences } from "./known-differences.ts";
import { ParkReplay } from "./park-replay.ts";
import { RecordedEngine, type Parking } from "./recorded-engine.ts";
import { ReplayedModel } from "./replayed-model.ts";
import type { TraceDifference } from "./trace-difference.ts";
import type { TraceEvent } from "./trace-event.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

/** The two sides of a replay, what the trace says and what the model does, from one process of the engine to the next. */
export class TraceSides {
  readonly #scope: Scope;
  readonly #parking: Parking;
  readonly #known: KnownDifferences;
  #recorded: RecordedEngine;
  #model: ReplayedModel;
  #park: ParkReplay | null;
  /** The state in which the shutdown began; null while the engine runs. */
  #stoppedIn: SystemState | null = null;
  /** Chunks that the last process left behind, and this one has not found yet. */
  #leftBehind = new Set<string>();
  #isFirst = true;
  #actionsBefore = { actions: 0, environmentActions: 0 };

  constructor(scope: Scope, parking: Parking, known: KnownDifferences) {
    this.#scope = scope;
    this.#parking = parking;
    this.#known = known;
    this.#recorded = new RecordedEngine(fluentBitParameters(scope.parameters), parking);
    this.#model = new ReplayedModel(scope);
    this.#park = this.#parkReplay();
  }

  get recorded(): RecordedEngine {
    return this.#recorded;
  }

  get model(): ReplayedModel {
    return this.#model;
  }

  /** What is only about `park`; null in any other release. */
  get park(): ParkReplay | null {
    return this.#park;
  }

  get actions(): number {
    return this.#actionsBefore.actions + this.#model.actions;
  }

  get environmentActions(): number {
    return this.#actionsBefore.environmentActions + this.#model.environmentActions;
  }

  get isStopped(): boolean {
    return this.#stoppedIn !== null;
  }

  /** The state of the model; after a shutdown, the one in which it began. */
  get lastRunningState(): SystemState {
    return this.#stoppedIn ?? this.#model.stateWithAll();
  }

  /** Chunks that the last process left behind, and this one has not found yet. */
  missing(): readonly string[] {
    return [...this.#leftBehind];
  }

  /** The process has found the file of a chunk; false if the last process left no such chunk. */
  find(chunk: string): boolean {
    return this.#leftBehind.delete(chunk) || this.#isFirst;
  }

  /** Whether a process starts that opens files of the last one: nobody closed them, or the last one was shut down. */
  isRestart({ kind, chunk }: TraceEvent): boolean {
    if (kind !== "open_up" && kind !== "open_down") return false;
    return this.isStopped || this.#recorded.storage.has(chunk);
  }

  /**
   * The process died, and what it knew died with it: `crash`. The new one scans the files, and each chunk that it finds
   * is made again (`ingest`); under `park`, which keeps what is owed, it is outside the queue until it is queued. After a
   * shutdown the model has nothing left to do, so the new process just begins.
   *
   * @returns how the sides differ in what they leave behind, or null
   */
  restart(): string | null {
    if (!this.isStopped) this.#leaveBehind();
    const sentence = this.isStopped && this.#park === null ? null : this.#crash();
    if (sentence !== null) return sentence;
    this.#stoppedIn = null;
    this.#isFirst = false;
    this.#recorded = new RecordedEngine(fluentBitParameters(this.#scope.parameters), this.#parking);
    if (this.#park === null) {
      this.#actionsBefore = { actions: this.actions, environmentActions: this.environmentActions };
      this.#model = new ReplayedModel(this.#scope);
    } else {
      for (const chunk of this.#leftBehind) this.#model.takeOut(chunk);
      this.#park = this.#parkReplay();
    }
    return null;
  }

  /** The engine shuts down, if the model lets it, or is `park`, which has no shutdown. */
  shutDown(describe: (sentence: string) => TraceDifference): void {
    if (this.isStopped) return;
    const state = this.#model.stateWithAll();
    this.#leaveBehind();
    if (this.#park !== null) this.#known.note("shutdown", describe);
    else if (!this.#model.takeSystem("shutdown", null)) return;
    this.#stoppedIn = state;
  }

  /** What is on disk when the process ends; under `park` also what it had not found yet, which the model has outside. */
  #leaveBehind(): void {
    const missing = this.#park === null ? [] : this.#leftBehind;
    this.#leftBehind = new Set([...this.#recorded.storage.names(), ...missing]);
  }

  #crash(): string | null {
    const crashed = this.#model.takeSystem("crash", null);
    const { up, tasks, live } = this.#model;
    if (!crashed || up + tasks > 0 || this.#model.counters().some((used) => used > 0)) {
      return "the process starts with nothing in memory, but the model does not";
    }
    return live === this.#leftBehind.size
      ? null
      : `the model leaves ${live} chunks behind, the trace ${this.#leftBehind.size}`;
  }

  #parkReplay(): ParkReplay | null {
    const { queue } = this.#recorded;
    if (queue === null) return null;
    return new ParkReplay(queue, this.#model, this.#known, this.#parking === "resting");
  }
}
