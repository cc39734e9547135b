import type { EngineRun } from "../run/engine-run.ts";
import type { MetricsSample } from "../metrics/metrics-sample.ts";
import { busyIn } from "../run/storage-snapshot.ts";
import { secondsBetween } from "../run/mark.ts";
import { worstFirst, type Finding } from "./finding.ts";
import { judgeMetrics } from "./judge-metrics.ts";
import { judgeRun, longWait } from "./judge-run.ts";
import type { Limits } from "./limits.ts";

/** What is said of one run of one engine. */
export interface Diagnosis {
  /** What names the engine. */
  readonly engine: string;
  /** The number of the run, from 1, and of how many. */
  readonly run: number;
  readonly runs: number;
  /** Null where there are metrics only. */
  readonly log: EngineRun | null;
  readonly clockWentBack: boolean;
  /** The metrics that were judged with it, oldest first. */
  readonly samples: readonly MetricsSample[];
  readonly version: string | null;
  readonly limits: Limits;
  /** At least one, the worst first. */
  readonly findings: readonly Finding[];
}

/** These say only that the source that they come from tells nothing. */
const tellsNothing: ReadonlySet<Finding["kind"]> = new Set(["silent", "one-sample", "idle"]);

/**
 * An input that the log calls paused, whose plugin logs that it goes on, and which has no chunk left: it is looked at again only
 * when a task of its own ends, and it has none.
 */
function pausedForGood(
  finding: Finding,
  run: EngineRun,
  last: MetricsSample | undefined,
  maxChunksUp: number | null,
): Finding {
  const storage = last?.storage ?? null;
  if (finding.kind !== "paused" || storage === null) return finding;
  const chunks = storage.inputs.get(finding.input);
  const up = storage.filesystem?.up ?? Infinity;
  // Before 5.0 some plugins go on without a word.
  const tellsResume =
    Number(run.version?.split(".")[0] ?? 0) >= 5 || /^(?:tail|systemd)\b/.test(finding.input);
  const since = run.paused.get(finding.input)?.since ?? null;
  const isOld = since !== null && run.last !== null && secondsBetween(since, run.last) >= 15;
  const byStorage = finding.limit.startsWith("storage buf");
  const latched = byStorage && chunks?.total === 0 && maxChunksUp !== null && up < maxChunksUp;
  return latched && tellsResume && isOld ? { ...finding, forGood: true } : finding;
}

/** A reload that waits for chunks of which none has a task: nothing will give them one. */
function neverEnds(finding: Finding, last: MetricsSample | undefined): Finding {
  const storage = last?.storage ?? null;
  if (finding.kind !== "waits-to-end" || storage === null) return finding;
  const nothingRuns = busyIn(storage) === 0;
  return nothingRuns && finding.reloads && finding.seconds >= longWait
    ? { ...finding, verdict: "stuck" }
    : finding;
}

/** What a log and the metrics of the same engine say together; both are taken to end at the same time. */
function together(
  run: EngineRun,
  samples: readonly MetricsSample[],
  limits: Limits,
): readonly Finding[] {
  const fromLog = judgeRun(run, limits);
  if (samples.length === 0) return fromLog;
  const fromMetrics = judgeMetrics(samples, limits);
  const last = samples.findLast(({ storage }) => storage !== null);
  const isOver = fromLog.some(({ verdict }) => verdict === "stopped");
  if (isOver) return fromLog;
  const refined = fromLog
    .map((finding) => pausedForGood(finding, run, last, limits.maxChunksUp))
    .map((finding) => neverEnds(finding, last));
  const all = [...refined, ...fromMetrics];
  const says = (finding: Finding): boolean => !tellsNothing.has(finding.kind);
  const proved = all.some(({ verdict }) => verdict === "stuck");
  const kept = all.filter((finding) => says(finding) && !(proved && isAbout(finding)));
  return worstFirst(kept.length === 0 ? all.slice(0, 1) : unique(kept));
}

/** Whether a finding is about deliveries, of which a stuck engine has none. */
function isAbout({ verdict }: Finding): boolean {
  return ["undecided", "starving", "failing", "draining", "healthy"].includes(verdict);
}

/** One finding of each kind and subject: the log is more exact than the metrics, and comes first. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const subject = "input" in finding ? finding.input : "output" in finding ? finding.output : "";
    const key = `${finding.kind} ${subject ?? ""}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** The limits of a run, with what is told besides it. */
export type LimitsOf = (version: string | null, maxChunksUp: number | null) => Limits;

/** Logs tell local time, and metrics the time of the world: zones differ by quarters of an hour. */
const zoneStep = 900;
/** What `/api/v1/storage` tells is up to so many seconds old. */
const storageAge = 6;

/** Seconds by which the clock of the metrics is ahead of that of the log, if both end at about the same time. */
export function zoneOf(log: EngineRun, samples: readonly MetricsSample[]): number {
  const last = samples.findLast(({ time }) => time !== null)?.time ?? null;
  if (last === null || log.last === null) return 0;
  return Math.round((last - log.last.time / 1000) / zoneStep) * zoneStep;
}

/** The samples of a run: not those of the run before. */
function samplesOf(log: EngineRun, samples: readonly MetricsSample[]): readonly MetricsSample[] {
  const from = (log.first?.time ?? -Infinity) / 1000 + zoneOf(log, samples);
  return samples.filter(({ time }) => time === null || time >= from - 1);
}

/** The samples of a run without what was stored before something moved. */
function freshOf(log: EngineRun, samples: readonly MetricsSample[]): readonly MetricsSample[] {
  const zone = zoneOf(log, samples);
  const from = (log.first?.time ?? -Infinity) / 1000;
  const moved = ((log.moved ?? log.first)?.time ?? -Infinity) / 1000;
  // A new process tells of no storage at first.
  const fresh = Math.max(from, moved) + zone + storageAge;
  return samples.map((sample) =>
    sample.time !== null && sample.time < fresh ? { ...sample, storage: null } : sample,
  );
}

/** What is said of every run of an engine, in the order of the runs; the metrics are those of the last one. */
export function diagnoseEngine(
  engine: {
    readonly name: string;
    readonly runs: readonly EngineRun[];
    readonly clockWentBack: boolean;
  },
  samples: readonly MetricsSample[],
  limitsOf: LimitsOf,
): readonly Diagnosis[] {
  const told = samples.findLast(({ version }) => version !== null)?.version ?? null;
  return engine.runs.map((log, index) => {
    const own = index === engine.runs.length - 1 ? samplesOf(log, samples) : [];
    const version = log.version ?? (own.length > 0 ? told : null);
    const limits = limitsOf(version, log.maxChunksUp);
    return {
      engine: engine.name,
      run: index + 1,
      runs: engine.runs.length,
      log,
      clockWentBack: engine.clockWentBack,
      samples: own,
      version,
      limits,
      findings: together(log, freshOf(log, own), limits),
    };
  });
}

/** What is said of metrics without a log. */
export function diagnoseMetrics(
  name: string,
  samples: readonly MetricsSample[],
  limitsOf: LimitsOf,
): Diagnosis {
  const version = samples.findLast((sample) => sample.version !== null)?.version ?? null;
  const limits = limitsOf(version, null);
  return {
    engine: name,
    run: 1,
    runs: 1,
    log: null,
    clockWentBack: false,
    samples,
    version,
    limits,
    findings: judgeMetrics(samples, limits),
  };
}
