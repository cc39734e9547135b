import { contentOffset } from "../../../src/engine/chunkio/layout.ts";
import { engineCreate } from "../../../src/engine/core/create-engine.ts";
import type { Engine, Release } from "../../../src/engine/core/engine.ts";
import type { RetryLimit } from "../../../src/engine/core/structures.ts";
import { EngineLoop } from "../../../src/engine/loop/engine-loop.ts";
import { createLog } from "../../../src/engine/platform/log.ts";
import type { Random } from "../../../src/engine/platform/random.ts";
import { NumberedInput } from "../../../src/engine/simulation/numbered-records.ts";
import { Books, recordsIn } from "./books.ts";
import { CheckedClock } from "./checked-clock.ts";
import { FaultyFileSystem } from "./faulty-file-system.ts";
import { FaultyOutput } from "./faulty-output.ts";
import { broken } from "./invariants.ts";

/** The size of a scenario. */
export interface Sizes {
  readonly release: Release;
  readonly outputs: number;
  readonly tags: readonly string[];
  /** Milliseconds between two records of a tag. */
  readonly period: number;
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly overLimitQuota: number;
  readonly retryLimit: RetryLimit;
  readonly timerLimit: number;
  readonly checksum: boolean;
  readonly pauseOnChunksOverlimit: boolean;
}

/** Room for everything, so that whatever is on disk is delivered. */
const roomy = { taskMapSize: 1000, maxChunksUp: 1000, timerLimit: Number.POSITIVE_INFINITY };

/** One machine with one disk, on which engines are started and killed. Every step is checked. */
export class World {
  readonly clock = new CheckedClock(1_800_000_000_000);
  readonly books: Books;
  readonly files: FaultyFileSystem;
  readonly lines: string[] = [];
  /** Files that engines may leave alone. */
  readonly strays = new Set<string>();
  /** Deliveries that engines gave up for want of a timer, in their own words. */
  lossesTold = 0;
  outputs: FaultyOutput[] = [];
  readonly #sizes: Sizes;
  readonly #random: Random;
  readonly #leaked = new Map<string, number>();
  #engine: Engine | undefined;
  #loop: EngineLoop | undefined;
  #processes: number;
  #nextId = 0;

  /** A disk and books of a world before this one may be given. */
  constructor(sizes: Sizes, random: Random, from?: { books: Books; files: FaultyFileSystem }) {
    this.#sizes = sizes;
    this.#random = random;
    this.books = from?.books ?? new Books(sizes.outputs);
    this.files = from?.files ?? new FaultyFileSystem();
    this.#processes = from === undefined ? 0 : 1000;
    this.clock.afterTurn = () => {
      this.check();
    };
    this.files.onRemove = (path) => {
      this.#lookAtDeletion(path);
    };
  }

  /** Starts an engine on the disk as it is. Without records, it has room for everything. */
  start(feeding: boolean): void {
    const sizes = feeding ? this.#sizes : { ...this.#sizes, ...roomy };
    const { clock, files } = this;
    this.#processes += 1;
    this.#leaked.clear();
    this.outputs = Array.from(
      { length: sizes.outputs },
      (_, id) =>
        new FaultyOutput(id, this.books, {
          clock,
          random: this.#random,
          retryLimit: sizes.retryLimit,
        }),
    );
    const started = engineCreate({
      ...sizes,
      release: this.#watched(sizes.release),
      clock,
      random: this.#random,
      log: createLog({
        clock,
        level: "warn",
        timeStamp: "milliseconds",
        write: (line) => {
          this.#hear(line);
        },
      }),
      storage: {
        fileSystem: files,
        rootPath: "/storage",
        maxChunksUp: sizes.maxChunksUp,
        checksum: sizes.checksum,
      },
      inputs: [{ plugin: "dummy", pauseOnChunksOverlimit: sizes.pauseOnChunksOverlimit }],
      outputs: this.outputs.map((plugin, id) => ({
        pluginName: "http",
        alias: `out_${id}`,
        match: "*",
        retryLimit: sizes.retryLimit,
        plugin,
      })),
      schedulerBase: 1,
      schedulerCap: 2,
      pid: this.#processes,
    });
    this.#engine = started.engine;
    const input = new NumberedInput(
      feeding ? sizes.tags : [],
      { period: sizes.period, offset: 100 },
      () => this.#nextId++,
      (id) => this.books.accepted.add(id),
    );
    this.#loop = new EngineLoop(started, {
      clock,
      flush: 0.5,
      grace: 2,
      inputs: [input],
      fileSystem: files,
    });
    this.check();
  }

  /** The engine that is running. */
  get engine(): Engine {
    if (this.#engine === undefined) throw new Error("no engine was started");
    return this.#engine;
  }

  /** Kills the engine; the disk stays as it is, and what is under way arrives or does not. */
  kill(): void {
    this.#loop?.kill();
    for (const output of this.outputs) output.kill();
    this.books.kill(this.files);
    this.#engine = undefined;
  }

  /** The records of a file can no longer be relied upon. */
  spoil(path: string, how: "truncated" | "wrong checksum"): void {
    const bytes = this.files.bytes(path);
    const begin = contentOffset(bytes);
    const ids = recordsIn(bytes);
    if (ids.length === 0) return;
    if (how === "truncated") {
      const file = this.files.open(path);
      file.resize(begin + 1);
      file.close();
    } else {
      bytes[begin + 1] = (bytes[begin + 1] ?? 0) ^ 0x55;
      this.files.replace(path, bytes);
    }
    this.strays.add(path);
    for (const id of ids) this.#excuseEverywhere(id);
  }

  unreadable(path: string): void {
    this.files.unreadable.add(path);
    this.strays.add(path);
  }

  pass(seconds: number): void {
    this.clock.runUntil(this.clock.now() + seconds * 1000);
  }

  /** Starts a last engine with room for everything and no faults, and waits until it has nothing left to do. */
  drain(): void {
    this.files.full = false;
    this.files.failing = "none";
    for (const path of this.files.unreadable) this.strays.delete(path);
    this.files.unreadable.clear();
    this.start(false);
    for (let second = 0; second < 30 && this.engine.store.totalChunks > 0; second += 1)
      this.pass(1);
    this.#fail(
      this.engine.store.totalChunks === 0 ? [] : [`${this.engine.store.totalChunks} chunks stay`],
    );
    this.check();
    this.#fail(this.books.missing().map((id) => `record ${id} is lost`));
    this.#fail(this.books.unexplained().map((id) => `record ${id} arrived twice`));
    this.kill();
  }

  check(): void {
    if (this.#engine === undefined) return;
    this.#fail(
      broken(this.#engine, {
        files: this.files.files,
        strays: this.strays,
        leaked: ({ name }) => this.#leaked.get(name) ?? 0,
      }),
    );
  }

  #fail(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    throw new Error([...new Set(sentences)].slice(0, 5).join("; "));
  }

  /** A file goes: nobody may be waiting for what is in it. */
  #lookAtDeletion(path: string): void {
    const owed = recordsIn(this.files.bytes(path)).filter((id) => this.books.owed(id) > 0);
    if (owed.length === 0) return;
    // The engine catches what a file system throws; a timer's error it does not.
    this.clock.schedule(0, () => {
      throw new Error(`${path} was deleted, and records ${owed.join()} are still owed`);
    });
  }

  /** The engine says which deliveries it gives up; nothing else may be missing. */
  #hear(line: string): void {
    this.lines.push(line);
    const flush = /retry for chunk '([^']+)' could not be scheduled: .* > output=out_(\d+)/.exec(
      line,
    );
    const again = /retry for task (\d+) could not be re-scheduled/.exec(line);
    if (flush === null && again === null) return;
    this.lossesTold += 1;
    const busy = this.engine.inputs.flatMap(({ tasks }) => [...tasks]);
    const task = busy.find(({ id, chunk }) =>
      flush === null ? id === Number(again?.[1]) : chunk.chunk.name === flush[1],
    );
    if (task === undefined) throw new Error(`the log speaks of a task that is not there: ${line}`);
    const ids = recordsIn(this.files.bytes(task.chunk.chunk.path));
    if (flush === null) {
      if (task.routes.length > 1) throw new Error("a chunk with several routes was down");
      for (const id of ids) this.#excuseEverywhere(id);
    } else {
      for (const id of ids) this.books.excuse(id, Number(flush[2]));
    }
  }

  #excuseEverywhere(id: number): void {
    for (let output = 0; output < this.#sizes.outputs; output += 1) this.books.excuse(id, output);
  }

  /** The release itself, with somebody who notes what the proposed fix leaks. */
  #watched(release: Release): Release {
    return {
      ...release,
      chunkClosing: (engine, inputChunk) => {
        release.chunkClosing(engine, inputChunk);
        const owner = inputChunk.chunk.overLimitOwner;
        if (owner === undefined || release.name !== "published-fix") return;
        this.#leaked.set(owner.name, (this.#leaked.get(owner.name) ?? 0) + 1);
      },
    };
  }
}
