import { isUp } from "../../../src/engine/chunkio/chunk.ts";
import type { StartedEngine } from "../../../src/engine/core/create-engine.ts";
import type { Engine, Release } from "../../../src/engine/core/engine.ts";
import type { InputChunk, Task } from "../../../src/engine/core/structures.ts";
import type { Log } from "../../../src/engine/platform/log.ts";
import type { Random } from "../../../src/engine/platform/random.ts";
import { routerMatch } from "../../../src/engine/core/router.ts";
import { NumberedInput } from "../../../src/engine/simulation/numbered-records.ts";
import type { Books } from "./books.ts";
import type { CheckedClock } from "./checked-clock.ts";
import type { FaultyFileSystem } from "./faulty-file-system.ts";
import { FaultyOutput } from "./faulty-output.ts";
import { faultsOf, faultsOfStopped } from "./invariants.ts";
import type { Known } from "./known.ts";
import type { Sizes } from "./sizes.ts";
import { TimerLedger } from "./timer-ledger.ts";

/** The machine that a process runs on. */
export interface Machine {
  readonly clock: CheckedClock;
  readonly files: FaultyFileSystem;
  readonly books: Books;
  readonly random: Random;
  readonly log: Log;
  /** Files that engines may leave alone. */
  readonly strays: ReadonlySet<string>;
  /** Names of chunks whose files are damaged: nobody may get what is in them. */
  readonly damaged: ReadonlySet<string>;
  readonly nextId: () => number;
}

const flush = 0.5;
/** Milliseconds: a chunk that could be dispatched is, at the next flush; a backlog moves once a second. */
const longestIdle = 2 * flush * 1000 + 100;
const longestBacklogPause = 2100;

/** Releases that do not take the mark off a chunk whose output exits: see `ownerAlive`. */
const outlived = ["published-fix", "corrected-fix"];

/** One run of an engine, from its start to its end, with somebody who looks at it after every turn. */
export class Process {
  readonly outputs: readonly FaultyOutput[];
  readonly engine: Engine;
  readonly #machine: Machine;
  readonly #sizes: Sizes;
  readonly #known: Known;
  readonly #loop;
  readonly #loopTimers: TimerLedger;
  readonly #leaked = new Map<string, number>();
  readonly #noted: string[] = [];
  readonly #idleSince = new Map<unknown, number>();
  #backlog = { left: 0, since: 0 };
  #loadedNow = 0;
  #stoppingSince: number | undefined;

  constructor(machine: Machine, sizes: Sizes, pid: number, tags: readonly string[]) {
    const { clock, files, books, random } = machine;
    const timers = new TimerLedger(clock);
    this.#machine = machine;
    this.#sizes = sizes;
    this.#loopTimers = new TimerLedger(clock);
    this.outputs = sizes.outputs.map(
      ({ match, retryLimit }, id) =>
        new FaultyOutput(id, books, {
          clock,
          random,
          retryLimit,
          match,
          timers,
          damaged: machine.damaged,
        }),
    );
    const started = this.#create(timers, pid);
    this.engine = started.engine;
    const isParking = sizes.release.name.startsWith("park");
    this.#known = {
      files: files.files,
      strays: machine.strays,
      leaked: ({ name }) => this.#leaked.get(name) ?? 0,
      backlog: started.backlog,
      timers,
      descriptors: () => files.descriptors,
      stoppingSince: () => this.#stoppingSince,
      failures: ({ id }, chunkName) => this.outputs[id]?.failures(chunkName) ?? 0,
      waitsByRetry: !isParking,
    };
    const { EngineLoop } = sizes.engine;
    this.#loop = new EngineLoop(started, {
      clock: this.#loopTimers,
      flush,
      grace: sizes.grace,
      inputs: [0, 1].map((input) => this.#input(tags.filter((_, tag) => tag % 2 === input))),
      fileSystem: files,
    });
  }

  /** What is wrong now. */
  faults(): readonly string[] {
    const noted = this.#noted.splice(0);
    if (!this.engine.running) return noted;
    return [
      ...noted,
      ...faultsOf(this.engine, this.#known),
      ...this.#idle(),
      ...this.#backlogRests(),
    ];
  }

  /** Asks the engine to stop. It has stopped when {@link Process.engine} does not run any more. */
  stop(): void {
    const { engine } = this;
    this.#stoppingSince = engine.clock.now();
    const ready = this.#idleUp().filter((chunk) => engine.release.mayDispatch(engine, chunk));
    void this.#loop.stop();
    const { scheduler } = engine;
    const later = [...scheduler.requests.values()].filter(({ timeout }) => timeout > 0).length;
    if (later > 0) this.#noted.push(`${later} retries are not due at once at a stop`);
    const isFull = engine.taskMap.count >= engine.taskMap.limit;
    if (ready.some(({ busy, chunk }) => !busy && isUp(chunk)) && !isFull)
      this.#noted.push("the last flush leaves something behind");
  }

  /** Whether nothing is left that a stop could wait for. */
  get hasNothing(): boolean {
    const chunks = this.engine.inputs.reduce((sum, input) => sum + input.chunks.size, 0);
    return chunks + this.#known.backlog.waiting.length === 0;
  }

  /** Timers that are still held, by the engine and its event loop. */
  get timersHeld(): number {
    return this.#known.timers.held + this.#loopTimers.held;
  }

  /** What is wrong with an engine that has stopped. */
  faultsOfStopped(): readonly string[] {
    return [
      ...this.#noted,
      ...faultsOfStopped(this.engine, this.#known),
      ...(this.#loopTimers.held === 0 ? [] : ["the event loop has timers after a stop"]),
      ...(this.outputs.every(({ isGone }) => isGone) ? [] : ["an output does not know of a stop"]),
    ];
  }

  kill(): void {
    this.#loop.kill();
    for (const output of this.outputs) output.kill();
  }

  #create(timers: TimerLedger, pid: number): StartedEngine {
    const { files, random, log } = this.#machine;
    const { release, engine, outputs, maxChunksUp, checksum, ...sizes } = this.#sizes;
    return engine.engineCreate({
      ...sizes,
      release: this.#watched(release),
      clock: timers,
      random,
      log,
      storage: { fileSystem: files, rootPath: "/storage", maxChunksUp, checksum },
      inputs: [0, 1].map(() => ({
        plugin: "dummy",
        pauseOnChunksOverlimit: sizes.pauseOnChunksOverlimit,
      })),
      outputs: this.outputs.map((plugin, id) => ({
        pluginName: "http",
        alias: `out_${id}`,
        match: outputs[id]?.match ?? "*",
        retryLimit: outputs[id]?.retryLimit ?? "no_limits",
        plugin,
      })),
      pid,
    });
  }

  #input(tags: readonly string[]): NumberedInput {
    const { books, nextId } = this.#machine;
    const { outputs, period } = this.#sizes;
    return new NumberedInput(tags, { period, offset: 100 }, nextId, (id, tag) => {
      books.accepted.add(id);
      for (const [output, { match }] of outputs.entries()) {
        if (!routerMatch(tag, match)) books.excuse(id, output);
      }
    });
  }

  /** Chunks in memory that nobody dispatches, though there are tasks. */
  #idle(): readonly string[] {
    const { engine } = this;
    const now = engine.clock.now();
    const isFull = engine.taskMap.count >= engine.taskMap.limit;
    const idle = isFull || engine.shuttingDown ? [] : this.#idleUp();
    for (const chunk of this.#idleSince.keys()) {
      if (!idle.some((one) => one === chunk)) this.#idleSince.delete(chunk);
    }
    for (const chunk of idle) {
      if (!this.#idleSince.has(chunk)) this.#idleSince.set(chunk, now);
    }
    return idle
      .filter((chunk) => now - (this.#idleSince.get(chunk) ?? now) > longestIdle)
      .filter((chunk) => engine.release.mayDispatch(engine, chunk))
      .map(({ chunk }) => `nobody dispatches ${chunk.name}`);
  }

  #idleUp(): readonly InputChunk[] {
    return this.engine.inputs.flatMap(({ chunks }) =>
      [...chunks].filter(({ busy, chunk }) => !busy && isUp(chunk)),
    );
  }

  #backlogRests(): readonly string[] {
    const loaded = this.#loadedNow;
    this.#loadedNow = 0;
    if (loaded > 1 && this.#sizes.backlogMemoryLimit === 1) return ["too much backlog at once"];
    const now = this.engine.clock.now();
    const left = this.#known.backlog.waiting.length;
    // What cannot be written now is tried again, until it can.
    const isStill = left === this.#backlog.left && this.#machine.files.failing === "none";
    if (!isStill || left === 0) this.#backlog = { left, since: now };
    return now - this.#backlog.since > longestBacklogPause ? ["nobody loads the backlog"] : [];
  }

  /** The release itself, with somebody who notes what it does at the end of chunks and tasks. */
  #watched(release: Release): Release {
    return {
      ...release,
      chunkIdle: (engine, inputChunk) => {
        release.chunkIdle(engine, inputChunk);
        if (inputChunk.backlog) this.#loadedNow += 1;
      },
      chunkClosing: (engine, inputChunk) => {
        const owner = inputChunk.chunk.overLimitOwner;
        if (owner?.alive === false && !outlived.includes(release.name)) {
          this.#noted.push(`${inputChunk.chunk.name} is charged to an output that is gone`);
        }
        release.chunkClosing(engine, inputChunk);
        if (owner === undefined || release.name !== "published-fix") return;
        this.#leaked.set(owner.name, (this.#leaked.get(owner.name) ?? 0) + 1);
      },
      settle: (engine, task) => {
        release.settle(engine, task);
        this.#lookAtSettled(engine, task);
      },
    };
  }

  /** A task that ends lets its input go on, if there is room now. */
  #lookAtSettled({ store, shuttingDown }: Engine, { chunk: { input } }: Task): void {
    const hasRoom = store.totalChunksUp < store.options.maxChunksUp;
    if (input.paused && hasRoom && !shuttingDown) this.#noted.push(`${input.name} stays paused`);
  }
}
