import type { EngineRun } from "../run/engine-run.ts";
import { isAfter, secondsBetween, type Mark } from "../run/mark.ts";
import { worstFirst, type Finding } from "./finding.ts";
import { lossesOf } from "./judge-losses.ts";
import { judgeOutputs, recent } from "./judge-outputs.ts";
import { everyTaskIsGone, everyTaskWaits, snapshotFinding } from "./judge-stuck.ts";
import type { Limits } from "./limits.ts";

/** A shutdown or reload that waits for the same chunks for so long (seconds) is told. */
export const longWait = 15;

function endOf(run: EngineRun): Finding | null {
  const { ending } = run;
  if (ending === null || ending.kind === "asked") return null;
  const place = { since: ending.mark, last: ending.mark };
  return ending.kind === "exited"
    ? { kind: "exited", verdict: "stopped", ...place }
    : { kind: "crashed", verdict: "stopped", signal: ending.signal ?? "a signal", ...place };
}

function waitsToEnd(run: EngineRun): Finding | null {
  const { pending, reloading, tasksAtEnd, ending } = run;
  if (tasksAtEnd !== null) return null;
  const seconds = pending === null ? 0 : secondsBetween(pending.since, pending.last);
  // A reload that goes on is none that works.
  const lasts = pending !== null && pending.chunks > 0 && seconds >= longWait;
  // Only a reload waits without having said that it ends; its beginning need not be in what was read.
  const reloads =
    reloading !== null || (ending === null && isAfter(pending?.last ?? null, run.moved));
  if (!reloads && !lasts) return null;
  return {
    kind: "waits-to-end",
    verdict: "undecided",
    reloads,
    chunks: pending?.chunks ?? 0,
    seconds,
    since: pending?.since ?? reloading,
    last: pending?.last ?? reloading,
  };
}

function pausedInputs(run: EngineRun, now: Mark): readonly Finding[] {
  return [...run.paused].map(([input, { since, limit, refused }]) => ({
    kind: "paused",
    verdict: "paused",
    input,
    limit,
    forGood: false,
    refused,
    since,
    last: now,
  }));
}

function noDescriptors(run: EngineRun, now: Mark): Finding | null {
  const { noDescriptors: tally } = run;
  // One that is long over, with deliveries since, is no news.
  if (tally === null) return null;
  const isOver =
    isAfter(run.delivered, tally.last) && secondsBetween(tally.last, now) > 10 * recent;
  if (isOver) return null;
  return {
    kind: "no-descriptors",
    verdict: "undecided",
    times: tally.count,
    since: tally.first,
    last: tally.last,
  };
}

function unexplained({ strange, impossible, unexplained: deliveries }: EngineRun): Finding | null {
  const isOver = deliveries > 1;
  const tally = strange ?? (isOver ? impossible : null);
  if (tally === null) return null;
  const { count, first, last } = tally;
  const what = strange === null ? "deliveries" : "retries";
  return { kind: "unexplained", verdict: "undecided", lines: count, what, since: first, last };
}

/** What a run of which nothing is known to wait shows: deliveries, or nothing. */
function movement(run: EngineRun, now: Mark): Finding {
  const { delivered } = run;
  const isAtRest = run.ending?.kind === "asked" && run.tasksAtEnd === 0 && delivered !== null;
  const seconds = delivered === null ? 0 : secondsBetween(delivered, now);
  if (delivered !== null && (seconds <= run.usualGap() || isAtRest)) {
    const outputs = [...run.outputs]
      .filter(([, record]) => record.delivered !== null)
      .map(([name]) => name);
    return { kind: "healthy", verdict: "healthy", outputs, since: delivered, last: delivered };
  }
  return { kind: "silent", verdict: "undecided", seconds, since: delivered, last: now };
}

function stuckFinding(run: EngineRun, now: Mark, limits: Limits): Finding | null {
  const { dump } = run;
  const fromDump =
    dump === null || isAfter(run.moved, dump.mark)
      ? null
      : snapshotFinding(dump.snapshot, limits, { since: dump.mark, last: dump.mark });
  const waits = everyTaskWaits(run, now, limits) ?? everyTaskIsGone(run, limits);
  return waits ?? fromDump;
}

/**
 * What the log of a run says, the worst first.
 *
 * @returns nothing for a run without lines
 */
export function judgeRun(run: EngineRun, limits: Limits): readonly Finding[] {
  const now = run.last ?? run.first;
  if (now === null) return [];
  const stuck = stuckFinding(run, now, limits);
  const outputs = judgeOutputs(run, now, limits);
  const isStuck = stuck?.verdict === "stuck";
  const findings = [
    stuck,
    endOf(run),
    waitsToEnd(run),
    ...lossesOf(run),
    noDescriptors(run, now),
    unexplained(run),
    ...pausedInputs(run, now),
    // Why nothing is delivered is said already.
    ...(isStuck ? [] : outputs),
  ].filter((finding) => finding !== null);
  const isOver = findings.some(({ verdict }) => verdict === "stuck" || verdict === "stopped");
  if (!isOver && outputs.length === 0) {
    const moves = movement(run, now);
    const known = findings.some(({ verdict }) => verdict !== "loss");
    if (moves.kind === "healthy" || !known) findings.push(moves);
  }
  return worstFirst(findings);
}
