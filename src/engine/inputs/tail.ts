import { scheduleEvery, type TimerHandle } from "../platform/clock.ts";
import type { InputContext, InputPlugin } from "./input-plugin.ts";
import { packLines, withoutReturn } from "./line-batch.ts";

/** What to follow. */
export interface TailOptions {
  readonly path: string;
  readonly tag: string;
  /** A file that keeps the offset across restarts; without it the file is read from its start. */
  readonly db?: string;
  /** Milliseconds between two looks at the file. */
  readonly refreshInterval?: number;
  /** Bytes read at a time, at least 4; a longer line is cut there, between two characters. */
  readonly bufferSize?: number;
}

const newline = 10;

/** Buffers read in one turn of the event loop, so that a long file does not keep everything else waiting. */
const buffersAtATime = 64;

/**
 * Follows a file, line by line. The offset moves, and is written to the db, only after the engine has
 * the lines in a chunk: a kill in between reads them again. A file that got shorter is read from its
 * start. Stands for `in_tail`.
 */
export class TailInput implements InputPlugin {
  readonly name = "tail";
  readonly #options: TailOptions;
  #timer: TimerHandle | undefined;
  #more: TimerHandle | undefined;
  #offset = 0;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  start(context: InputContext): void {
    this.#offset = this.#readOffset(context);
    const collect = (): void => {
      this.#collect(context);
    };
    this.#timer = scheduleEvery(context.clock, this.#options.refreshInterval ?? 250, collect);
    collect();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#more?.cancel();
  }

  #collect(context: InputContext): void {
    const { path, bufferSize = 32_768 } = this.#options;
    try {
      const size = context.fileSystem.size(path);
      if (size === undefined) return;
      if (size < this.#offset) this.#offset = 0;
      for (let turn = 0; this.#offset < size && turn < buffersAtATime; turn += 1) {
        const bytes = context.fileSystem.read(path, this.#offset, bufferSize);
        const end = bytes.lastIndexOf(newline) + 1;
        const length = end > 0 ? end : bytes.length === bufferSize ? wholeCharacters(bytes) : 0;
        if (length === 0 || !this.#append(context, bytes.subarray(0, length))) return;
        this.#offset += length;
        this.#writeOffset(context);
      }
      if (this.#offset < size) this.#goOn(context);
    } catch (error) {
      context.log.error(
        () => `[input:tail:${context.name}] read error on ${path}: ${String(error)}`,
      );
    }
  }

  /** There is more to read: soon, not at the next look. */
  #goOn(context: InputContext): void {
    this.#more?.cancel();
    this.#more = context.clock.schedule(0, () => {
      this.#collect(context);
    });
  }

  #append(context: InputContext, bytes: Uint8Array): boolean {
    const records = new TextDecoder().decode(bytes).split("\n").map(withoutReturn).filter(Boolean);
    if (records.length === 0) return true;
    const data = packLines(records, context.clock.now());
    return context.append(this.#options.tag, data, records.length);
  }

  #readOffset({ fileSystem }: InputContext): number {
    const { db } = this.#options;
    if (db === undefined) return 0;
    const size = fileSystem.size(db);
    if (size === undefined) return 0;
    const offset = Number(new TextDecoder().decode(fileSystem.read(db, 0, size)));
    return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
  }

  #writeOffset({ fileSystem }: InputContext): void {
    const { db } = this.#options;
    if (db !== undefined) fileSystem.replace(db, new TextEncoder().encode(String(this.#offset)));
  }
}

/** How many of the bytes are whole characters; all of them, if they do not end in UTF-8. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 4; back++) {
    const byte = bytes.at(-back) ?? 0;
    const continues = (byte & 0xc0) === 0x80;
    if (continues) continue;
    const needed = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < needed ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
