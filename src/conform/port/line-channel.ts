import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { SubjectFailure } from "../subject.ts";

const longestLine = 2 ** 20;
const keptOfStandardError = 2000;

interface Waiting {
  readonly about: string;
  readonly resolve: (line: string) => void;
  readonly reject: (failure: SubjectFailure) => void;
  readonly timer: NodeJS.Timeout;
}

/** A child process with which one line is exchanged for another, in turns. */
export class LineChannel {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #command: string;
  readonly #timeoutMs: number;
  #buffer = "";
  #standardError = "";
  #waiting: Waiting | undefined;
  #failure: SubjectFailure | undefined;
  #closing: (() => void) | undefined;
  #ended = false;

  constructor(command: readonly string[], timeoutMs: number) {
    const [program = "", ...words] = command;
    this.#command = program;
    this.#timeoutMs = timeoutMs;
    this.#child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
    this.#child.stdout.setEncoding("utf8");
    this.#child.stdout.on("data", (text: string) => {
      this.#read(text);
    });
    this.#child.stderr.setEncoding("utf8");
    this.#child.stderr.on("data", (text: string) => {
      this.#standardError = (this.#standardError + text).slice(-keptOfStandardError);
    });
    // A port that is gone is told of by "close", which also knows how it ended.
    this.#child.stdin.on("error", () => undefined);
    this.#child.on("error", (error) => {
      this.#fail(`cannot start "${this.#command}": ${reason(error)}`);
    });
    this.#child.on("close", (code, signal) => {
      this.#ended = true;
      const how = signal === null ? `exit code ${code ?? "?"}` : `signal ${signal}`;
      this.#fail(`the port ended with ${how}${this.#during()}${this.#lastWords()}`);
      this.#closing?.();
    });
  }

  /**
   * Writes a line and waits for the next one.
   *
   * @param about what is asked, for the sentence where no answer comes
   */
  ask(line: string, about: string): Promise<string> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(`the port did not answer ${about} within ${this.#timeoutMs / 1000} s`, true);
      }, this.#timeoutMs);
      this.#waiting = { about, resolve, reject, timer };
      this.#child.stdin.write(`${line}\n`);
    });
  }

  /** Closes the port's standard input and waits for its end; false if it had to be killed. */
  async close(): Promise<boolean> {
    if (this.#ended) return true;
    const inTime = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        resolve(false);
      }, this.#timeoutMs);
      this.#closing = () => {
        clearTimeout(timer);
        resolve(true);
      };
      this.#child.stdin.end();
    });
    this.kill();
    return inTime;
  }

  /** Ends the port at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  #read(text: string): void {
    this.#buffer += text;
    for (;;) {
      const end = this.#buffer.indexOf("\n");
      if (end < 0) break;
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 1);
      const waiting = this.#waiting;
      if (waiting === undefined) {
        this.#fail(`the port says something that nobody asked for: ${quoted(line)}`);
        return;
      }
      this.#waiting = undefined;
      clearTimeout(waiting.timer);
      waiting.resolve(line);
    }
    if (this.#buffer.length > longestLine) {
      this.#fail(`the port wrote a line of more than ${longestLine} characters${this.#during()}`);
    }
  }

  #during(): string {
    return this.#waiting === undefined ? "" : ` while it was to answer ${this.#waiting.about}`;
  }

  #lastWords(): string {
    const last = this.#standardError.trimEnd().split("\n").at(-1) ?? "";
    return last === "" ? "" : `; the last that it said on standard error is ${quoted(last)}`;
  }

  #fail(sentence: string, timedOut = false): void {
    if (this.#failure !== undefined) return;
    this.#failure = new SubjectFailure(sentence, timedOut);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) {
      clearTimeout(waiting.timer);
      waiting.reject(this.#failure);
    }
    this.kill();
  }
}

/** A text in quotation marks, cut where it is too long to read. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

function reason(error: Error): string {
  if (!("code" in error)) return error.message;
  if (error.code === "ENOENT") return "there is no such command";
  return error.code === "EACCES" ? "it may not be executed" : error.message;
}
