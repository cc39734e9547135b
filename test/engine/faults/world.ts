import { crc32 } from "node:zlib";
import {
  checksumStart,
  contentOffset,
  readContentLength,
  writeChecksum,
  writeContentLength,
} from "../../../src/engine/chunkio/layout.ts";
import { isUp } from "../../../src/engine/chunkio/chunk.ts";
import type { Engine } from "../../../src/engine/core/engine.ts";
import { createLog } from "../../../src/engine/platform/log.ts";
import type { Random } from "../../../src/engine/platform/random.ts";
import { Books, recordsIn } from "./books.ts";
import { CheckedClock } from "./checked-clock.ts";
import { FaultyFileSystem } from "./faulty-file-system.ts";
import type { FaultyOutput } from "./faulty-output.ts";
import { type Machine, Process } from "./process.ts";
import { roomy, type Sizes } from "./sizes.ts";

/** One machine with one disk, on which engines are started, stopped and killed. Every step is checked. */
/** Asked anew: a pass may have stopped it. */
function isRunning({ engine }: { readonly engine: { readonly running: boolean } }): boolean {
  return engine.running;
}

export class World {
  readonly clock = new CheckedClock(1_800_000_000_000);
  readonly books: Books;
  readonly files: FaultyFileSystem;
  readonly lines: string[] = [];
  /** Files that engines may leave alone. */
  readonly strays = new Set<string>();
  /** Deliveries that engines gave up for want of a timer, in their own words. */
  lossesTold = 0;
  /** Engines that were asked to stop, and did so. */
  stops = 0;
  readonly #sizes: Sizes;
  readonly #machine: Machine;
  readonly #damaged = new Set<string>();
  /** The world before may have ended in the middle of a step, with a record in a file that was not taken yet. */
  readonly #isContinued: boolean;
  #process: Process | undefined;
  readonly #former: Process[] = [];
  #processes: number;
  #nextId = 0;

  /** A disk and books of a world before this one may be given. */
  constructor(sizes: Sizes, random: Random, from?: { books: Books; files: FaultyFileSystem }) {
    this.#sizes = sizes;
    this.books = from?.books ?? new Books(sizes.outputs.length);
    this.files = from?.files ?? new FaultyFileSystem();
    this.#isContinued = from !== undefined;
    this.#processes = this.#isContinued ? 1000 : 0;
    this.clock.afterTurn = () => {
      this.check();
    };
    this.files.onRemove = (path) => {
      this.#lookAtDeletion(path);
    };
    this.#machine = {
      clock: this.clock,
      files: this.files,
      books: this.books,
      random,
      strays: this.strays,
      damaged: this.#damaged,
      nextId: () => this.#nextId++,
      log: createLog({
        clock: this.clock,
        level: "warn",
        timeStamp: "milliseconds",
        write: (line) => {
          this.#hear(line);
        },
      }),
    };
  }

  /** Starts an engine on the disk as it is. Without records, it has room for everything. */
  start(feeding: boolean): void {
    const sizes = feeding ? this.#sizes : { ...this.#sizes, ...roomy };
    this.#processes += 1;
    this.#process = new Process(this.#machine, sizes, this.#processes, feeding ? sizes.tags : []);
    this.check();
  }

  /** The outputs of the engine that is running. */
  get outputs(): readonly FaultyOutput[] {
    return this.#process?.outputs ?? [];
  }

  /** The engine that is running. */
  get engine(): Engine {
    if (this.#process === undefined) throw new Error("no engine was started");
    return this.#process.engine;
  }

  /** Kills the engine; the disk stays as it is, and what is under way arrives or does not. */
  kill(): void {
    this.#process?.kill();
    this.#end();
  }

  #end(): void {
    if (this.#process !== undefined) this.#former.push(this.#process);
    this.books.kill(this.files);
    this.files.descriptors = 0;
    this.#process = undefined;
  }

  /**
   * Stops the engine cleanly: it has its grace time for what it owes. Without a grace time it may take as long as it
   * takes, so it is killed in the end.
   */
  stop(): void {
    const process = this.#process;
    if (process === undefined) return;
    const { grace } = this.#sizes;
    process.stop();
    this.check();
    const most = grace < 0 ? 20 : Math.max(grace, 1);
    for (let second = 0; second < most && process.engine.running; second += 1) {
      const { hasNothing } = process;
      this.pass(1);
      if (isRunning(process) && hasNothing) this.#fail(["a stop waits for nothing"]);
    }
    if (isRunning(process)) {
      this.#fail(grace < 0 ? [] : [`the engine runs ${most} s after it was told to stop`]);
      this.kill();
      return;
    }
    this.#fail(process.faultsOfStopped());
    this.stops += 1;
    this.#end();
  }

  /** The records of a file can no longer be relied upon. */
  spoil(path: string, how: "truncated" | "wrong checksum" | "half a record"): void {
    const bytes = this.files.bytes(path);
    const begin = contentOffset(bytes);
    const ids = recordsIn(bytes);
    if (ids.length === 0) return;
    if (how === "half a record") {
      this.#addHalfARecord(path, bytes);
      return;
    }
    if (how === "truncated") {
      const file = this.files.open(path);
      file.resize(begin + 1);
      file.close();
    } else {
      // A byte of the first record's time: what is left is a record like any other.
      bytes[begin + 12] = (bytes[begin + 12] ?? 0) ^ 0x55;
      this.files.replace(path, bytes);
    }
    this.strays.add(path);
    this.#damaged.add(path.slice(path.lastIndexOf("/") + 1));
    for (const id of ids) this.#excuseEverywhere(id);
  }

  /** What is whole must still arrive; of very few bytes the engine says that it cannot recover them. */
  #addHalfARecord(path: string, bytes: Uint8Array): void {
    const begin = contentOffset(bytes);
    const length = readContentLength(bytes) ?? 0;
    const half = 7;
    if (length <= 32 || begin + length + half > bytes.length) return;
    bytes.copyWithin(begin + length, begin, begin + half);
    writeContentLength(bytes, length + half);
    const end = begin + length + half;
    writeChecksum(bytes, this.#sizes.checksum ? crc32(bytes.subarray(checksumStart, end)) : 0);
    this.files.replace(path, bytes);
  }

  /** Whether the engine that is running has the chunk of a file, and not in memory. */
  isDown(path: string): boolean {
    return [...this.engine.store.streams.values()].some(({ chunks }) =>
      [...chunks].some((chunk) => chunk.path === path && !isUp(chunk)),
    );
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
    if (!this.#isContinued) {
      this.#fail(this.books.strangers().map((id) => `record ${id} arrived and was never taken`));
    }
    this.kill();
    const held = this.#former.reduce((sum, { timersHeld }) => sum + timersHeld, 0);
    this.#fail(held === 0 ? [] : [`engines that have ended hold ${held} timers`]);
  }

  check(): void {
    this.#fail(this.#process?.faults() ?? []);
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
      for (const { output } of task.routes) for (const id of ids) this.books.excuse(id, output.id);
    } else {
      for (const id of ids) this.books.excuse(id, Number(flush[2]));
    }
  }

  #excuseEverywhere(id: number): void {
    for (const output of this.#sizes.outputs.keys()) this.books.excuse(id, output);
  }
}
