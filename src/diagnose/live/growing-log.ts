import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

const readAtOnce = 1 << 20;
/** A line that is longer (characters) is cut: no line of Fluent Bit is. */
const longestLine = 1 << 16;

/** A line, and its number in the file, from 1; where the beginning of the file was left out, from the first that was read. */
export interface LogLine {
  readonly number: number;
  readonly content: string;
}

interface Opened {
  readonly descriptor: number;
  readonly inode: bigint;
  offset: number;
  decoder: StringDecoder;
  rest: string;
  number: number;
}

/**
 * A log that is written while it is read, and rotated: renamed, so that another file has its name, or emptied. What was written to a
 * renamed file is read to its end.
 */
export class GrowingLog {
  readonly #path: string;
  readonly #buffer = Buffer.alloc(readAtOnce);
  #opened: Opened;
  #grownAt: number;
  #hasRead = false;

  /**
   * @param from at most so many bytes of what is there already are read
   * @throws Error if it is not there, or not a regular file
   */
  constructor(path: string, from = Number.POSITIVE_INFINITY) {
    this.#path = path;
    this.#opened = this.#open();
    const { size, mtimeMs } = fstatSync(this.#opened.descriptor);
    this.#opened.offset = Math.max(0, size - from);
    this.#grownAt = mtimeMs;
  }

  /** When it last grew, as far as is known; milliseconds since the epoch. */
  get grownAt(): number {
    return this.#grownAt;
  }

  /**
   * The lines that were written since.
   *
   * @param now milliseconds since the epoch
   */
  *read(now: number): Generator<LogLine> {
    // What is there at the beginning was not written just now.
    yield* this.#rest(this.#hasRead ? now : this.#grownAt);
    this.#hasRead = true;
    if (!this.#isReplaced()) return;
    // Between the last look and the renaming more may have been written.
    yield* this.#rest(now);
    const old = this.#opened;
    try {
      this.#opened = this.#open();
    } catch {
      // Not there yet: the old one stays open.
      return;
    }
    closeSync(old.descriptor);
    yield* this.#rest(now);
  }

  close(): void {
    closeSync(this.#opened.descriptor);
  }

  #open(): Opened {
    // A pipe without a writer would be waited for.
    if (!statSync(this.#path).isFile()) throw new Error(`${this.#path} is not a regular file`);
    const descriptor = openSync(this.#path, "r");
    return {
      descriptor,
      inode: fstatSync(descriptor, { bigint: true }).ino,
      offset: 0,
      decoder: new StringDecoder("utf8"),
      rest: "",
      number: 0,
    };
  }

  #isReplaced(): boolean {
    try {
      const { ino, size } = statSync(this.#path, { bigint: true });
      if (ino !== this.#opened.inode) return true;
      return size < BigInt(this.#opened.offset);
    } catch {
      return false;
    }
  }

  *#rest(grownAt: number): Generator<LogLine> {
    const opened = this.#opened;
    for (;;) {
      const count = readSync(opened.descriptor, this.#buffer, 0, readAtOnce, opened.offset);
      if (count === 0) return;
      this.#grownAt = grownAt;
      opened.offset += count;
      const text = opened.rest + opened.decoder.write(this.#buffer.subarray(0, count));
      const lines = text.split("\n");
      opened.rest = (lines.pop() ?? "").slice(0, longestLine);
      for (const line of lines) {
        yield { number: ++opened.number, content: line.slice(0, longestLine) };
      }
    }
  }
}
