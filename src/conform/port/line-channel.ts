import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { SubjectFailure } from "../subject.ts";

const longestLine = 2 ** 20;
const keptOfStandardError = 2000;

/** What ends this process, and then must end the port, too: it is in a group of its own. */
const deadlySignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Whether a process can be ended with all that it has started. */
const hasProcessGroups = process.platform !== "win32";

interface Waiting {
  readonly about: string;
  readonly resolve: (line: string) => void;
  readonly reject: (failure: SubjectFailure) => void;
}

/** A child process that answers each line with one line, in order. Several may be asked before the first is answered. */
export class LineChannel {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #command: string;
  readonly #timeoutMs: number;
  #buffer = "";
  #unsent = "";
  #standardError = "";
  /** What has no answer yet, oldest first. */
  readonly #waiting: Waiting[] = [];
  /** Runs while the oldest one waits. */
  #timer: NodeJS.Timeout | undefined;
  #failure: SubjectFailure | undefined;
  #closing: (() => void) | undefined;
  #ended = false;

  constructor(command: readonly string[], timeoutMs: number) {
    const [program = "", ...words] = command;
    this.#command = program;
    this.#timeoutMs = timeoutMs;
    this.#child = spawn(program, words, {
      stdio: ["pipe", "pipe", "pipe"],
      detached: hasProcessGroups,
    });
    for (const signal of deadlySignals) process.on(signal, this.#endWithUs);
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
      this.#waiting.push({ about, resolve, reject });
      if (this.#waiting.length === 1) this.#watch();
      if (this.#unsent === "") {
        queueMicrotask(() => {
          this.#send();
        });
      }
      this.#unsent += `${line}\n`;
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
    this.#fail("the port was ended");
  }

  readonly #endWithUs = (signal: NodeJS.Signals): void => {
    this.kill();
    process.kill(process.pid, signal);
  };

  #read(text: string): void {
    this.#buffer += text;
    for (;;) {
      const end = this.#buffer.indexOf("\n");
      if (end < 0) break;
      const line = this.#buffer.slice(0, end);
      this.#buffer = this.#buffer.slice(end + 1);
      const oldest = this.#waiting.shift();
      if (oldest === undefined) {
        this.#fail(`the port says something that nobody asked for: ${quoted(line)}`);
        return;
      }
      this.#watch();
      oldest.resolve(line);
    }
    if (this.#buffer.length > longestLine) {
      this.#fail(`the port wrote a line of more than ${longestLine} characters${this.#during()}`);
    }
  }

  /** Writes what was asked at once in one go. */
  #send(): void {
    if (this.#failure === undefined) this.#child.stdin.write(this.#unsent);
    this.#unsent = "";
  }

  /** Gives the oldest of those that wait its time. */
  #watch(): void {
    clearTimeout(this.#timer);
    const [oldest] = this.#waiting;
    if (oldest === undefined) return;
    this.#timer = setTimeout(() => {
      const seconds = this.#timeoutMs / 1000;
      this.#fail(`the port did not answer ${oldest.about} within ${seconds} s`, true);
    }, this.#timeoutMs);
  }

  #during(): string {
    const [oldest] = this.#waiting;
    return oldest === undefined ? "" : ` while it was to answer ${oldest.about}`;
  }

  #lastWords(): string {
    const last = this.#standardError.trimEnd().split("\n").at(-1) ?? "";
    return last === "" ? "" : `; the last that it said on standard error is ${quoted(last)}`;
  }

  #fail(sentence: string, timedOut = false): void {
    if (this.#failure !== undefined) return;
    this.#failure = new SubjectFailure(sentence, timedOut);
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
    for (const signal of deadlySignals) process.off(signal, this.#endWithUs);
    this.#killAll();
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    this.#child.stderr.destroy();
  }

  /** Kills the child and what it has started: the port may be a child of a shell. */
  #killAll(): void {
    const { pid } = this.#child;
    if (!hasProcessGroups) this.#child.kill("SIGKILL");
    else if (pid !== undefined) {
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // Nobody of the group is left.
      }
    }
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
