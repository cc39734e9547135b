import type { Terminal } from "./terminal.ts";

const quietMs = 1000;
const everyMs = 200;
const clear = "\r\u001b[2K";

/** A line on standard error that says how far a command is; only on a terminal, and only after a second. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #startedAt: number;
  #shownAt = -Infinity;
  #shown = false;

  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#startedAt = now();
  }

  /** Says how far the command is; cheap to call often. */
  update(text: () => string): void {
    if (!this.#terminal.showsProgress) return;
    const now = this.#now();
    if (now - this.#startedAt < quietMs || now - this.#shownAt < everyMs) return;
    this.#shownAt = now;
    this.#shown = true;
    this.#terminal.err(clear + text());
  }

  /** Removes the line. */
  end(): void {
    if (this.#shown) this.#terminal.err(clear);
    this.#shown = false;
  }
}
