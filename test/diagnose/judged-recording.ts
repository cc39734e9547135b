import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Evidence } from "../../src/diagnose/evidence.ts";
import { diagnoseEngine, type Diagnosis } from "../../src/diagnose/judge/diagnosis.ts";
import { isBad, isOpen } from "../../src/diagnose/judge/finding.ts";
import { judgeMetrics } from "../../src/diagnose/judge/judge-metrics.ts";
import type { Limits } from "../../src/diagnose/judge/limits.ts";

/** A recording: what an operator has of it, and what the engine itself wrote down. */
export interface Recording {
  readonly name: string;
  readonly lines: readonly string[];
  readonly metrics: readonly { readonly time: number; readonly line: string }[];
  /** Seconds at which flushes began; at which flushes began or ended; and when processes ended. */
  readonly begun: readonly number[];
  readonly flushed: readonly number[];
  readonly ends: readonly number[];
  /** Chunks that exist, by time. */
  readonly chunks: readonly (readonly [number, number])[];
  readonly taskMapSize: number;
}

/** How a judge fared over all cuts. */
export interface Faults {
  cuts: number;
  /** Called stuck, and delivered later. */
  readonly falseStuck: string[];
  /** Called well (exit code 0), and never delivered anything again. */
  readonly falseWell: string[];
}

interface Event {
  readonly t: number;
  readonly e: string;
  readonly total: number;
}

function eventIn(line: string): Event {
  const value: unknown = JSON.parse(line);
  const of = (key: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  const [t, e, total] = [of("t"), of("e"), of("total")];
  if (typeof t !== "number") throw new Error(`no time in ${line}`);
  return { t, e: typeof e === "string" ? e : "", total: typeof total === "number" ? total : 0 };
}

function packedLines(file: string): readonly string[] {
  return existsSync(file) ? gunzipSync(readFileSync(file)).toString().split("\n") : [];
}

function events(lines: readonly string[]): readonly Event[] {
  return lines.filter((line) => line !== "").map(eventIn);
}

/** When a line was logged, in seconds; null where it has no time. */
export function logTime(line: string): number | null {
  const [, day = "", clock = ""] =
    /\[(\d{4}\/\d\d\/\d\d) (\d\d:\d\d:\d\d(?:\.\d{3})?)/.exec(line) ?? [];
  return day === "" ? null : Date.parse(`${day.replaceAll("/", "-")}T${clock}Z`) / 1000;
}

/** The names of the recordings in a folder. */
export function recordingNames(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "fluent-bit.log.gz")));
}

/** Reads a recording: a folder as `test/fixtures/diagnose/README.md` describes it. */
export function readRecording(folder: string, name: string): Recording {
  const inside = (file: string): string => join(folder, name, file);
  const lines = packedLines(inside("fluent-bit.log.gz"));
  const metrics = packedLines(inside("metrics.ndjson.gz"))
    .filter((line) => line !== "")
    .map((line) => ({ line, time: eventIn(line).t }));
  const trace = events(packedLines(inside("model_trace.ndjson.gz")));
  const told = events(readFileSync(inside("events.ndjson"), "utf8").split("\n"));
  const flushes = trace.filter(({ e }) => e.startsWith("flush_"));
  const attempts = lines.filter((line) => /failed to flush|HTTP status=2/.test(line)).map(logTime);
  const fromLog = attempts.filter((time) => time !== null);
  return {
    name,
    lines,
    metrics,
    // Stock builds write no trace: then what the log tells of attempts has to do.
    begun:
      trace.length === 0
        ? fromLog
        : flushes.filter(({ e }) => e === "flush_start").map(({ t }) => t),
    flushed: trace.length === 0 ? fromLog : flushes.map(({ t }) => t),
    ends: told
      .filter(({ e }) => ["sigterm", "flb_exit", "flb_killed"].includes(e))
      .map(({ t }) => t),
    chunks: trace.length === 0 ? [[0, 1]] : trace.map(({ t, total }) => [t, total] as const),
    taskMapSize: Number(/map(\d+)/.exec(name)?.[1] ?? (name.startsWith("v3") ? 2048 : 16_384)),
  };
}

/** What is so at a moment, as the engine itself wrote it down. */
export function truthAt(
  recording: Recording,
  time: number,
): { readonly moves: boolean; readonly stuck: boolean } {
  const end = recording.ends.find((one) => one > time) ?? Infinity;
  const moves = recording.begun.some((one) => one > time + 1.5 && one < end - 0.2);
  const last = recording.flushed.findLast((one) => one < end - 0.2) ?? 0;
  const chunks = recording.chunks.findLast(([at]) => at < end)?.[1] ?? 0;
  return { moves, stuck: !moves && time > last + 1.5 && end - time > 11 && chunks > 0 };
}

/** Only the stock engine gets stuck as the log is read; with a limit of storage, new data frees it by deleting what waits. */
export const isStock = (name: string): boolean =>
  !/corrfix|hardfix|pubfix|park|limit\d+k/.test(name);

/** What is judged: the log without lines of level debug or with them, with metrics or without, from a line on. */
export interface Variant {
  readonly info: boolean;
  readonly metrics: boolean;
  /** Which part of the log is cut off at its beginning, 0 to 1. */
  readonly from: number;
  /** How many cuts are judged. */
  readonly cuts: number;
}

function limitsOf(recording: Recording): (version: string | null, up: number | null) => Limits {
  return (_, maxChunksUp) => ({
    taskMapSize: recording.taskMapSize,
    taskMapIsKnown: true,
    maxChunksUp,
  });
}

/** Every run that is told of, each judged at its end. */
export function judgeWhole(recording: Recording, withMetrics: boolean): readonly Diagnosis[] {
  const evidence = new Evidence(() => recording.taskMapSize);
  recording.lines.forEach((line, index) => {
    evidence.take("log", "log", index + 1, line);
  });
  if (withMetrics) {
    recording.metrics.forEach(({ line }, index) => {
      evidence.take("metrics", "metrics", index + 1, line);
    });
  }
  return diagnosed(recording, evidence);
}

/** What the metrics say without a log. */
export function judgeMetricsAlone(recording: Recording): readonly string[] {
  const evidence = new Evidence(() => recording.taskMapSize);
  recording.metrics.forEach(({ line }, index) => {
    evidence.take("metrics", "metrics", index + 1, line);
  });
  const up = Number(/up(\d+)/.exec(recording.name)?.[1]);
  const limits = limitsOf(recording)(null, up);
  return judgeMetrics([...evidence.samples.values()].flat(), limits).map(({ kind }) => kind);
}

function diagnosed(recording: Recording, evidence: Evidence): readonly Diagnosis[] {
  const [engine] = evidence.engines;
  if (engine === undefined) return [];
  const samples = [...evidence.samples.values()].flat();
  return diagnoseEngine({ ...engine, name: recording.name }, samples, limitsOf(recording));
}

/** Judges a recording cut at many lines, and adds what is wrong. */
export function judgeCuts(recording: Recording, variant: Variant, faults: Faults): void {
  const lines = variant.info
    ? recording.lines.filter((line) => !line.includes("[debug]"))
    : recording.lines;
  const start = Math.floor(variant.from * lines.length);
  const step = Math.max(1, Math.floor((lines.length - start) / variant.cuts));
  const evidence = new Evidence(() => recording.taskMapSize);
  let time = 0;
  let sample = 0;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index] ?? "";
    evidence.take("log", "log", index + 1, line);
    time = logTime(line) ?? time;
    while (variant.metrics && (recording.metrics[sample]?.time ?? Infinity) <= time) {
      evidence.take("metrics", "metrics", sample + 1, recording.metrics[sample]?.line ?? "");
      sample++;
    }
    if ((index - start) % step !== 0) continue;
    const last = diagnosed(recording, evidence).at(-1);
    if (last === undefined || last.log?.ending !== null) continue;
    faults.cuts++;
    const truth = truthAt(recording, time);
    const where = `${recording.name} ${JSON.stringify(variant)} line ${index + 1}`;
    const saysStuck = last.findings.some(({ verdict }) => verdict === "stuck");
    if (saysStuck && truth.moves && isStock(recording.name)) faults.falseStuck.push(where);
    const isWell = !last.findings.some((one) => isBad(one) || isOpen(one));
    if (isWell && truth.stuck) faults.falseWell.push(where);
  }
}
