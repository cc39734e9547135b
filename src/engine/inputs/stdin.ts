import type { Readable } from "node:stream";

import type { TimerHandle } from "../platform/clock.ts";
import type { InputContext, InputPlugin } from "./input-plugin.ts";
import { packLines, withoutReturn } from "./line-batch.ts";

const linesAtATime = 500;
const retryDelay = 250;

/**
 * Reads lines from a stream. While the engine takes none, the stream is paused and the lines wait here:
 * the writer at its other end is held back. Stands for `in_stdin`.
 */
export class StdinInput implements InputPlugin {
  readonly name = "stdin";
  readonly #stream: Readable;
  readonly #tag: string;
  readonly #onEnd: () => void;
  #rest = "";
  #lines: string[] = [];
  #timer: TimerHandle | undefined;
  #ended = false;

  /** `onEnd` is called when the stream has ended and every line is in a chunk. */
  constructor(stream: Readable, tag: string, onEnd: () => void) {
    this.#stream = stream;
    this.#tag = tag;
    this.#onEnd = onEnd;
  }

  start(context: InputContext): void {
    this.#stream.setEncoding("utf8");
    this.#stream.on("data", (text: string) => {
      const lines = (this.#rest + text).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines.map(withoutReturn)) if (line !== "") this.#lines.push(line);
      this.#drain(context);
    });
    this.#stream.on("end", () => {
      const last = withoutReturn(this.#rest);
      if (last !== "") this.#lines.push(last);
      this.#rest = "";
      this.#ended = true;
      this.#drain(context);
    });
  }

  stop(): void {
    this.#timer?.cancel();
    this.#stream.pause();
  }

  #drain(context: InputContext): void {
    this.#timer?.cancel();
    while (this.#lines.length > 0) {
      const batch = this.#lines.slice(0, linesAtATime);
      const data = packLines(batch, context.clock.now());
      if (!context.append(this.#tag, data, batch.length)) {
        this.#stream.pause();
        this.#timer = context.clock.schedule(retryDelay, () => {
          this.#drain(context);
        });
        return;
      }
      this.#lines = this.#lines.slice(batch.length);
    }
    if (this.#ended) this.#onEnd();
    else this.#stream.resume();
  }
}
