import { askEngine, type AskPage } from "../../../src/diagnose/live/endpoint.ts";
import { NoAnswer, type HttpAnswer } from "../../../src/diagnose/live/http-question.ts";
import { WatchedEngine, type WatchStatus } from "../../../src/diagnose/live/watched-engine.ts";
import { isBad, isOpen } from "../../../src/diagnose/judge/finding.ts";
import type { LimitsOf } from "../../../src/diagnose/judge/diagnosis.ts";
import { isStock, logTime, truthAt, type Recording } from "../judged-recording.ts";

/** What the engine of a recording answered when it was polled: `/api/v1` only, and null while it told nothing. */
interface Polled {
  readonly storage: unknown;
  readonly metrics: unknown;
}

function polledIn(line: string): Polled {
  const value: unknown = JSON.parse(line);
  if (typeof value !== "object" || value === null) throw new Error(`no object: ${line}`);
  return { storage: Reflect.get(value, "storage"), metrics: Reflect.get(value, "metrics") };
}

/** The answer that a recorded engine gave to a question. */
export function recordedAnswer(recording: Recording, line: string, path: string): HttpAnswer {
  const { storage, metrics } = polledIn(line);
  // Its server was away while the driver got neither.
  if (storage === null && metrics === null) throw new NoAnswer("refuses the connection");
  const version = recording.name.startsWith("v3") ? "3.0.4" : "5.1.1";
  const page =
    path === "/"
      ? { "fluent-bit": { version } }
      : path === "/api/v1/storage"
        ? storage
        : path === "/api/v1/metrics"
          ? metrics
          : null;
  return page === null ? { status: 404, body: "" } : { status: 200, body: JSON.stringify(page) };
}

/** The limits of a recorded engine; its name has them. */
export function recordedLimits({ name, taskMapSize }: Recording): LimitsOf {
  const toldUp = Number(/up(\d+)/.exec(name)?.[1] ?? 128);
  return (_, maxChunksUp) => ({
    taskMapSize,
    taskMapIsKnown: true,
    maxChunksUp: maxChunksUp ?? toldUp,
  });
}

/** How it is watched: with its log or without, and which answers get lost on the way. */
export interface WatchVariant {
  readonly log: boolean;
  readonly isLost: (index: number) => boolean;
}

/** A status, and when it was, in seconds. */
export interface Tick {
  readonly time: number;
  readonly status: WatchStatus;
  /** Whether it answered: otherwise the status is that of before. */
  readonly isAnswered: boolean;
}

/** Watches a recorded engine as it was polled, once a second. */
export async function watchRecording(
  recording: Recording,
  { log, isLost }: WatchVariant,
): Promise<readonly Tick[]> {
  const engine = new WatchedEngine("http://engine", recordedLimits(recording));
  const ticks: Tick[] = [];
  let next = 0;
  let grownAt = 0;
  for (const [index, { time, line }] of recording.metrics.entries()) {
    const now = time * 1000;
    for (; log && next < recording.lines.length; next++) {
      const text = recording.lines[next] ?? "";
      if ((logTime(text) ?? 0) > time) break;
      engine.takeLine("log", next + 1, text);
      grownAt = now;
    }
    if (log) engine.logIsRead("log", grownAt);
    const ask: AskPage = async (path) => {
      if (isLost(index)) throw new NoAnswer("breaks the connection");
      return Promise.resolve(recordedAnswer(recording, line, path));
    };
    let isAnswered = true;
    try {
      engine.takeMetrics(await askEngine(ask), now);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      engine.miss(error.message, now);
      isAnswered = false;
    }
    ticks.push({ time, status: engine.status(now), isAnswered });
  }
  return ticks;
}

/** What moved so many seconds ago is evidence of movement. */
const evidenceAge = 16;

/** What a watch said that was not so. */
export interface WatchFaults {
  /** Seconds from the beginning at which it was called stuck, and delivered later. */
  readonly falseStuck: readonly number[];
  /** At which it was called well, and never delivered anything again. */
  readonly falseWell: readonly number[];
}

/** Compares what a watch said with what the engine itself wrote down. */
export function faultsOf(recording: Recording, ticks: readonly Tick[]): WatchFaults {
  const begin = ticks[0]?.time ?? 0;
  const [falseStuck, falseWell]: [number[], number[]] = [[], []];
  for (const { time, status, isAnswered } of ticks) {
    if (!isAnswered && status.unanswered === null) continue;
    const truth = truthAt(recording, time);
    const findings = status.diagnoses.flatMap((one) => one.findings);
    const saysStuck = findings.some(({ verdict }) => verdict === "stuck");
    if (saysStuck && truth.moves && isStock(recording.name)) falseStuck.push(time - begin);
    const isWell =
      findings.length > 0 && !findings.some((finding) => isBad(finding) || isOpen(finding));
    const moved = recording.flushed.findLast((one) => one <= time) ?? 0;
    if (isWell && truth.stuck && time > moved + evidenceAge) falseWell.push(time - begin);
  }
  return { falseStuck, falseWell };
}
