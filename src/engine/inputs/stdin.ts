import type { Readable } from "node:stream";

import type { TimerHandle } from "../platform/clock.ts";
import type { InputContext, InputPlugin } from "./input-plugin.ts";
import { linesIn, packLines } from "./line-batch.ts";
import { LineCutter } from "./line-cutter.ts";

const linesAtATime = 500;
const retryDelay = 250;
const longestLine = 1_048_576;

/**
 * Reads lines from a stream. While the engine takes none, the stream is paused and the lines wait here:
 * the writer at its other end is held back. A line of more than 1 MiB is cut. Stands for `in_stdin`.
 */
export class StdinInput implements InputPlugin {
  readonly name = "stdin";
  readonly #stream: Readable;
  readonly #tag: string;
  readonly #onEnd: () => void;
  readonly #cutter = new LineCutter(longestLine);
  #lines: readonly string[] = [];
  #taken = 0;
  #timer: TimerHandle | undefined;
  #ended = false;

  /** `onEnd` is called when the stream has ended and every line is in a chunk. */
  constructor(stream: Readable, tag: string, onEnd: () => void) {
    this.#stream = stream;
    this.#tag = tag;
    this.#onEnd = onEnd;
  }

  start(context: InputContext): void {
    this.#stream.on("data", (bytes: Uint8Array) => {
      const long = this.#cutter.longLines;
      this.#add(this.#cutter.push(bytes));
      if (this.#cutter.longLines > long) {
        context.log.warn(
          () =>
            `[input:stdin:${context.name}] a line is longer than ${longestLine} bytes; it is cut`,
        );
      }
      this.#drain(context);
    });
    this.#stream.on("end", () => {
      this.#end(context);
    });
    this.#stream.on("error", (error: Error) => {
      context.log.error(() => `[input:stdin:${context.name}] cannot read: ${error.message}`);
      this.#end(context);
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#stream.pause();
  }

  #end(context: InputContext): void {
    if (this.#ended) return;
    this.#add(this.#cutter.end());
    this.#ended = true;
    this.#drain(context);
  }

  #add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#lines = [...this.#lines.slice(this.#taken), ...linesIn(bytes)];
    this.#taken = 0;
  }

  #drain(context: InputContext): void {
    this.#timer?.cancel();
    while (this.#taken < this.#lines.length) {
      const batch = this.#lines.slice(this.#taken, this.#taken + linesAtATime);
      const data = packLines(batch, context.clock.now());
      if (!context.append(this.#tag, data, batch.length)) {
        this.#stream.pause();
        this.#timer = context.clock.schedule(retryDelay, () => {
          this.#drain(context);
        });
        return;
      }
      this.#taken += batch.length;
    }
    if (this.#ended) this.#onEnd();
    else this.#stream.resume();
  }
}
