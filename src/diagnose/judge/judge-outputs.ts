import type { EngineRun } from "../run/engine-run.ts";
import { isAfter, secondsBetween, type Mark } from "../run/mark.ts";
import type { OutputRecord } from "../run/output-record.ts";
import type { Finding } from "./finding.ts";
import type { Limits } from "./limits.ts";
import { waitingByOutput, type OutputWaiting } from "./waiting.ts";

/** Seconds without an attempt, while retries find no memory, after which nothing is said to be attempted. */
const leastStillness = 10;
/** A delivery that is older than this (seconds) says nothing of now. */
export const recent = 60;
/** So many warnings of a plugin without a delivery are no accident. */
const leastComplaints = 3;

/** Outputs that delivered at or after a moment. */
function servedSince(run: EngineRun, mark: Mark | null, but: string | null): readonly string[] {
  return [...run.outputs]
    .filter(([name, { delivered }]) => name !== but && isAfter(delivered?.last ?? null, mark))
    .map(([name]) => name);
}

function blocked(run: EngineRun, waiting: OutputWaiting, now: Mark): Finding {
  const { output, tasks, refused, firstRefusal, lastRefusal } = waiting;
  const since = waiting.moved ?? firstRefusal ?? waiting.since;
  const seconds = since === null ? 0 : secondsBetween(since, now);
  const served = servedSince(run, firstRefusal ?? since, output);
  if (output !== null && served.length > 0) {
    const refusals = run.waiting.refusalsOf(output);
    const last = lastRefusal ?? now;
    return { kind: "starving", verdict: "starving", output, served, tasks, refusals, since, last };
  }
  const moved = waiting.moved !== null;
  const last = lastRefusal ?? now;
  return {
    kind: "blocked",
    verdict: "undecided",
    output,
    tasks,
    refused,
    moved,
    seconds,
    since,
    last,
  };
}

function overdue(run: EngineRun, waiting: OutputWaiting, now: Mark): Finding {
  const since = waiting.overdueSince;
  return {
    kind: "overdue",
    verdict: "undecided",
    output: waiting.output,
    tasks: waiting.overdue,
    seconds: since === null ? 0 : secondsBetween(since, now),
    tellsInfo: run.tellsInfo,
    since,
    last: now,
  };
}

/** How an output fares of which retries wait. */
function judgeWaiting(
  run: EngineRun,
  waiting: OutputWaiting,
  now: Mark,
  mapIsFull: boolean,
): Finding {
  const { output, tasks, refused, moved } = waiting;
  const record: OutputRecord | null = output === null ? null : (run.outputs.get(output) ?? null);
  const still = moved === null ? Infinity : secondsBetween(moved, now);
  // With a whole map of tasks, or with lines left out, an attempt that is not seen is missed sooner.
  const patience = run.linesLeftOut > 0 ? 0 : mapIsFull ? leastStillness / 5 : leastStillness;
  if (refused > 0 && still >= patience) return blocked(run, waiting, now);
  const delivered = record === null ? run.delivered : (record.delivered?.last ?? null);
  const isDelivering = delivered !== null && secondsBetween(delivered, now) <= recent;
  const expected = Math.max(recent, waiting.longestWait * 1.1 + leastStillness);
  if (waiting.overdue > 0 && !isDelivering && (waiting.overdue === tasks || still > expected)) {
    return overdue(run, waiting, now);
  }
  const attempted = isAfter(record?.attempted ?? null, mapIsFull ? run.grew : null);
  // A whole map of tasks waits, and none was tried since: the engine is stuck if what is in memory has no task.
  if (mapIsFull && !attempted) return blocked(run, waiting, now);
  const since = waiting.since;
  if (isDelivering && isAfter(delivered, record?.failed?.last ?? null)) {
    return { kind: "draining", verdict: "draining", output, tasks, since, last: delivered };
  }
  return { kind: "failing", verdict: "failing", output, tasks, attempted, since, last: moved };
}

/** Outputs whose plugin complains and which deliver nothing, without the engine hearing of it: out_kafka waits in its flush. */
function unanswered(run: EngineRun, waiting: readonly OutputWaiting[], now: Mark): Finding[] {
  const findings: Finding[] = [];
  for (const [output, { complaints, complaint, delivered }] of run.outputs) {
    if (complaints === null || complaints.count < leastComplaints) continue;
    if (waiting.some((one) => one.output === output)) continue;
    const isOver = secondsBetween(complaints.last, now) > 10 * recent;
    if (isOver || secondsBetween(complaints.first, complaints.last) < leastStillness) continue;
    if (delivered !== null && secondsBetween(delivered.last, now) <= leastStillness) continue;
    findings.push({
      kind: "unanswered",
      verdict: "failing",
      output,
      complaints: complaints.count,
      words: complaint,
      since: complaints.first,
      last: complaints.last,
    });
  }
  return findings;
}

/** How the outputs of a run fare at a moment. */
export function judgeOutputs(run: EngineRun, now: Mark, limits: Limits): readonly Finding[] {
  const waiting = waitingByOutput(run, now);
  const mapIsFull = run.waiting.size >= limits.taskMapSize;
  return [
    ...waiting.map((one) => judgeWaiting(run, one, now, mapIsFull)),
    ...unanswered(run, waiting, now),
  ];
}
