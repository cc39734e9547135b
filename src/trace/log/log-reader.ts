import { logEventOf } from "./log-event.ts";
import { parseLogLine } from "./log-line.ts";
import { LoggedRun } from "./logged-run.ts";

/** How an engine fares at the end of a run. */
export type LogVerdict =
  /** Every task of the map waits for memory, and nothing moves any more: the deadlock. */
  | "stuck"
  /** Every retry that the log knows of finds no memory and nothing moves, but the task map has room as far as the log tells. */
  | "blocked"
  /** Retries are attempted and fail: the output does not take them, the engine works. */
  | "failing"
  /** Retries wait, and deliveries happen. */
  | "recovering"
  /** No retry waits. */
  | "flowing";

/** What a log says of one run of an engine. */
export interface RunDiagnosis {
  readonly run: LoggedRun;
  /** How many tasks the engine can have. */
  readonly taskMapSize: number;
  readonly verdict: LogVerdict;
}

/** With less silence than this (seconds) nothing is said to have stopped. */
const leastSilence = 10;

/** Lines that were left out: by who trimmed the log, or by a journal that was flooded. */
const leftOut =
  /\b(\d+) (?:lines|messages) (?:cut|left out|omitted|suppressed|dropped)|\bsuppressed (\d+) messages/i;

function verdictOn(run: LoggedRun, taskMapSize: number): LogVerdict {
  const { tasks, refused, refusals } = run.waiting;
  if (tasks === 0) return "flowing";
  // Where lines are left out, not every refusal is seen.
  const noneGotMemory = refused === tasks || (refusals > 0 && run.linesLeftOut > 0);
  if (noneGotMemory && run.secondsStill >= leastSilence) {
    return Math.max(tasks, run.tasksAtEnd ?? 0) >= taskMapSize ? "stuck" : "blocked";
  }
  return run.moved?.kind === "delivered" ? "recovering" : "failing";
}

/** Reads the log of an engine, level info or debug, line by line, one run after another. */
export class LogReader {
  readonly #runs: LoggedRun[] = [];

  /**
   * Takes a line; one that Fluent Bit did not log is passed over.
   *
   * @param number its number in the file, from 1
   */
  take(number: number, content: string): void {
    const line = parseLogLine(number, content);
    if (line === null) {
      const [, before, after] = leftOut.exec(content) ?? [];
      this.#runs.at(-1)?.leaveOut(Number(before ?? after ?? 0));
      return;
    }
    const event = logEventOf(line.text);
    let run = this.#runs.at(-1);
    const begins = event?.kind === "configured" || event?.kind === "started";
    // The settings are logged before the version, if at all.
    if (run === undefined || (begins && run.version !== null)) {
      run = new LoggedRun();
      this.#runs.push(run);
    }
    run.take(line, event);
  }

  /**
   * What the lines say; nothing if none was Fluent Bit's.
   *
   * @param taskMapSizeOf the size of the task map of a version; null where the log does not say which it is
   */
  diagnoses(taskMapSizeOf: (version: string | null) => number): readonly RunDiagnosis[] {
    return this.#runs.map((run) => {
      const taskMapSize = taskMapSizeOf(run.version);
      return { run, taskMapSize, verdict: verdictOn(run, taskMapSize) };
    });
  }
}
