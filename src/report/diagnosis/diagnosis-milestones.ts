import type { EvidencePlace } from "../../diagnose/evidence-place.ts";
import type { Finding, FindingKind } from "../../diagnose/judge/finding.ts";
import { zoneOf, type Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import type { MetricsSample } from "../../diagnose/metrics/metrics-sample.ts";
import { busyIn } from "../../diagnose/run/storage-snapshot.ts";
import type { EngineRun } from "../../diagnose/run/engine-run.ts";
import { isMark, type Mark } from "../../diagnose/run/mark.ts";
import { many } from "./finding-words.ts";

/** Something that happened in a run. */
export interface Milestone {
  /** Seconds, on the clock of the log where there is one. */
  readonly time: number;
  /** The order of lines where times are the same. */
  readonly order: number;
  /** When, as it stands in what was read; empty where nothing tells. */
  readonly at: string;
  /** Where it was read. */
  readonly where: string;
  readonly words: string;
  /** Whether somebody has to know it. */
  readonly isBad: boolean;
}

function whereOf({ file, line }: EvidencePlace): string {
  return line === 0 ? file : `${file}:${line}`;
}

function ofMark(mark: Mark, words: string, isBad = false): Milestone {
  const { time, sequence: order, at } = mark;
  return { time: time / 1000, order, at: at ?? "", where: whereOf(mark), words, isBad };
}

const firstOf: Partial<Record<FindingKind, string>> = {
  "no-timer": "first chunk deleted for want of a timer",
  refused: "first append that finds no chunk",
  "given-up": "first chunk given up at Retry_Limit",
  evicted: "first chunk deleted under storage.total_limit_size",
  unreadable: "first chunk file that cannot be read",
  "no-descriptors": "out of file descriptors",
  starving: "one output is cut off",
};

function ofFinding(finding: Finding): readonly Milestone[] {
  const words =
    finding.verdict === "stuck"
      ? "nothing moves from here on: the point of no return"
      : finding.kind === "paused"
        ? `${finding.input} pauses`
        : firstOf[finding.kind];
  const { since } = finding;
  // Findings of the metrics have places of their own.
  return words === undefined || since === null || !isMark(since)
    ? []
    : [ofMark(since, words, true)];
}

function ofLog(run: EngineRun, { findings, limits, version }: Diagnosis): readonly Milestone[] {
  const { first, last, timeline, ending, outputs } = run;
  if (first === null || last === null) return [];
  const ended = { asked: "is told to end", crashed: "crashes", exited: "ends itself" };
  const marks: (Milestone | null)[] = [
    ofMark(first, version === null ? "the log begins" : `the log of version ${version} begins`),
    ...[...outputs].flatMap(([name, { failed, delivered }]) => [
      failed === null ? null : ofMark(failed.first, `first flush to ${name} that fails`),
      delivered === null ? null : ofMark(delivered.last, `last delivery to ${name} that is logged`),
    ]),
    timeline.refused === null
      ? null
      : ofMark(timeline.refused, "first retry that finds no memory", true),
    timeline.mapFilled === null
      ? null
      : ofMark(timeline.mapFilled, `all ${many(limits.taskMapSize, "task")} wait`, true),
    ...findings.flatMap(ofFinding),
    ending === null
      ? ofMark(last, "the log ends")
      : ofMark(ending.mark, `the engine ${ended[ending.kind]}`, ending.kind !== "asked"),
  ];
  return marks.filter((mark) => mark !== null);
}

function delivered(sample: MetricsSample): number {
  return [...sample.outputs.values()].reduce((sum, counters) => sum + counters.delivered, 0);
}

/** The first sample from which on something holds to the end. */
function sinceWhen(
  samples: readonly MetricsSample[],
  holds: (sample: MetricsSample) => boolean,
): MetricsSample | null {
  const before = samples.findLastIndex((sample) => !holds(sample));
  return samples[before + 1] ?? null;
}

function ofMetrics({ samples, limits, log }: Diagnosis): readonly Milestone[] {
  const zone = log === null ? 0 : zoneOf(log, samples);
  const told = samples.filter(({ storage }) => storage !== null);
  const counted = samples.filter(({ outputs }) => outputs.size > 0);
  const end = counted.at(-1);
  const { taskMapSize, maxChunksUp } = limits;
  const milestone = (
    sample: MetricsSample | null | undefined,
    words: string,
    isBad = false,
  ): readonly Milestone[] => {
    if (sample?.time === null || sample === null || sample === undefined) return [];
    const { place, time } = sample;
    const order = place.line;
    const at = place.at ?? new Date((time - zone) * 1000).toISOString().slice(0, 19);
    const asLogged = at.replaceAll("-", "/").replace("T", " ");
    return [{ time: time - zone, order, at: asLogged, where: whereOf(place), words, isBad }];
  };
  const full = sinceWhen(told, ({ storage }) => storage !== null && busyIn(storage) >= taskMapSize);
  const noRoom =
    maxChunksUp === null
      ? null
      : sinceWhen(told, ({ storage }) => (storage?.filesystem?.up ?? 0) >= maxChunksUp);
  const still =
    end === undefined ? null : sinceWhen(counted, (one) => delivered(one) === delivered(end));
  return [
    ...milestone(samples[0], "the metrics begin"),
    ...milestone(full, "metrics: all tasks are taken", true),
    ...milestone(noRoom, "metrics: memory is full", true),
    ...(still === end ? [] : milestone(still, "metrics: nothing is delivered from here on")),
    ...milestone(samples.at(-1), "the metrics end"),
  ];
}

/** What happened in a run, in the order in which it did. */
export function milestonesOf(diagnosis: Diagnosis): readonly Milestone[] {
  const { log } = diagnosis;
  const all = [...(log === null ? [] : ofLog(log, diagnosis)), ...ofMetrics(diagnosis)];
  return all.toSorted((a, b) => a.time - b.time || a.order - b.order);
}
