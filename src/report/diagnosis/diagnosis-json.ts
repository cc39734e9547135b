import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import type { Finding } from "../../diagnose/judge/finding.ts";
import type { EvidencePlace } from "../../diagnose/evidence-place.ts";
import type { EngineRun } from "../../diagnose/run/engine-run.ts";
import type { Json } from "../scope/check-json.ts";
import { adviceOn } from "./finding-advice.ts";
import { findingWords } from "./finding-words.ts";

function placeJson(place: EvidencePlace | null): Json {
  return place === null ? null : { file: place.file, line: place.line, at: place.at };
}

function findingJson(finding: Finding, diagnosis: Diagnosis): Json {
  const { since, last, kind, verdict, ...details } = finding;
  const advice = adviceOn(finding, diagnosis);
  return {
    verdict,
    kind,
    says: findingWords(finding, diagnosis.limits),
    since: placeJson(since),
    last: placeJson(last),
    details: Object.fromEntries(Object.entries<Json>(details)),
    doNow: advice.now,
    change: advice.change,
    decide: advice.decide,
  };
}

function logJson(log: EngineRun): Json {
  const { counts } = log;
  return {
    from: placeJson(log.first),
    to: placeJson(log.last),
    linesLeftOut: log.linesLeftOut,
    tellsInfo: log.tellsInfo,
    waitingTasks: log.waiting.size,
    tasksAtEnd: log.tasksAtEnd,
    counts: {
      failed: counts.failed,
      delivered: counts.delivered,
      rescheduled: counts.rescheduled,
      lost: counts.lost?.count ?? 0,
      dropped: counts.dropped?.count ?? 0,
      evicted: counts.evicted?.count ?? 0,
      refused: counts.refused?.count ?? 0,
    },
  };
}

/** What is said of each run, as JSON. */
export function runsJson(diagnoses: readonly Diagnosis[]): readonly Json[] {
  return diagnoses.map((one) => ({
    engine: one.engine,
    run: one.run,
    runs: one.runs,
    version: one.version,
    taskMapSize: one.limits.taskMapSize,
    taskMapIsKnown: one.limits.taskMapIsKnown,
    maxChunksUp: one.limits.maxChunksUp,
    clockWentBack: one.clockWentBack,
    samples: one.samples.length,
    verdict: one.findings[0]?.verdict ?? "undecided",
    findings: one.findings.map((finding) => findingJson(finding, one)),
    log: one.log === null ? null : logJson(one.log),
  }));
}

/** What is said of engines and their runs, as JSON; the fields are documented in docs/cli.md and stable. */
export function diagnosisJson(
  diagnoses: readonly Diagnosis[],
  brokenOff: readonly EvidencePlace[],
): Json {
  return { brokenOff: brokenOff.map(placeJson), runs: runsJson(diagnoses) };
}
