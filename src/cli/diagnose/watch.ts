import { setImmediate as breathe } from "node:timers/promises";
import type { Finding } from "../../diagnose/judge/finding.ts";
import type { LimitsOf } from "../../diagnose/judge/diagnosis.ts";
import { askEngine, type AskPage } from "../../diagnose/live/endpoint.ts";
import type { GrowingLog } from "../../diagnose/live/growing-log.ts";
import { NoAnswer } from "../../diagnose/live/http-question.ts";
import { WatchedEngine, type WatchStatus } from "../../diagnose/live/watched-engine.ts";
import { watchJson, watchKey, watchText } from "../../report/diagnosis/watch-report.ts";
import { BadInput } from "../bad-input.ts";
import { diagnosisExitCode } from "./diagnosis-exit-code.ts";
import { exitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";

/** What is watched, and how. */
export interface Watching {
  /** As it is shown, without a password. */
  readonly address: string;
  readonly ask: AskPage;
  readonly log: { readonly path: string; readonly file: GrowingLog } | null;
  readonly limitsOf: LimitsOf;
  /** Milliseconds from one question to the next. */
  readonly interval: number;
  readonly json: boolean;
}

/** Time as a watch sees it. */
export interface WatchClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits so many milliseconds, or until the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const linesAtOnce = 10_000;

function isStuck({ diagnoses }: WatchStatus): boolean {
  const stuck = ({ verdict }: Finding): boolean => verdict === "stuck";
  return diagnoses.some(({ findings }) => findings.some(stuck));
}

async function readLog(
  engine: WatchedEngine,
  { log }: Watching,
  now: number,
  stop: AbortSignal,
): Promise<void> {
  if (log === null) return;
  let lines = 0;
  for (const { number, content } of log.file.read(now)) {
    engine.takeLine(log.path, number, content);
    if (++lines % linesAtOnce === 0) await breathe();
    if (stop.aborted) return;
  }
  engine.logIsRead(log.path, log.file.grownAt);
}

/** Asks once; false where there was no answer. */
async function askOnce(engine: WatchedEngine, ask: AskPage, now: number): Promise<string | null> {
  try {
    engine.takeMetrics(await askEngine(ask), now);
    return null;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    engine.miss(error.message, now);
    return error.message;
  }
}

function show(status: WatchStatus, json: boolean, terminal: Terminal): void {
  const text = json ? JSON.stringify(watchJson(status)) : watchText(status, terminal.style);
  terminal.out(`${text}\n`);
}

/**
 * Watches an engine until it is told to stop, or until the engine is stuck, and shows each change.
 *
 * @returns the exit code of the last status, as for `diagnose`
 * @throws BadInput if the first question has no answer.
 */
export async function watch(
  watching: Watching,
  clock: WatchClock,
  stop: AbortSignal,
  untilStuck: boolean,
  terminal: Terminal,
): Promise<number> {
  const { address, ask, interval, json, limitsOf, log } = watching;
  const engine = new WatchedEngine(address, limitsOf);
  let shown: string | null = null;
  for (;;) {
    const now = clock.now();
    await readLog(engine, watching, now, stop);
    const why = await askOnce(engine, ask, now);
    if (why !== null && shown === null) throw new BadInput(`${address} ${why}`);
    const status = engine.status(now);
    const key = watchKey(status);
    if (key !== shown && !stop.aborted) show(status, json, terminal);
    if (shown === null && log !== null && !engine.knowsTheLog) {
      terminal.err(`unstuck: ${log.path}: no line is one of a log of Fluent Bit yet\n`);
    }
    shown = key;
    if (untilStuck && isStuck(status)) return exitCode.violated;
    if (!stop.aborted) await clock.sleep(Math.max(0, now + interval - clock.now()), stop);
    if (stop.aborted) return diagnosisExitCode(status.diagnoses);
  }
}

/**
 * Asks an engine once whether it is stuck; a second time if there is no answer.
 *
 * @returns 1 if it is stuck, 0 if nothing says so
 * @throws BadInput if there is no answer.
 */
export async function probe(
  watching: Watching,
  clock: WatchClock,
  stop: AbortSignal,
  terminal: Terminal,
): Promise<number> {
  const { address, ask, json, limitsOf } = watching;
  const engine = new WatchedEngine(address, limitsOf);
  const now = clock.now();
  await readLog(engine, watching, now, stop);
  const first = await askOnce(engine, ask, now);
  const why = first === null ? null : await askOnce(engine, ask, now);
  if (why !== null) throw new BadInput(`${address} ${why}`);
  const status = engine.status(now);
  show(status, json, terminal);
  return isStuck(status) ? exitCode.violated : exitCode.holds;
}
