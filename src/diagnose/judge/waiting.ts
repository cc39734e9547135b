import type { EngineRun } from "../run/engine-run.ts";
import { isAfter, secondsBetween, type Mark } from "../run/mark.ts";
import type { WaitingRetry } from "../run/waiting-tasks.ts";

/** The retries that wait for one output, and how they fare. */
export interface OutputWaiting {
  /** Null for retries of which no line names the output. */
  readonly output: string | null;
  readonly tasks: number;
  /** Tasks whose retry found no memory since the output last moved. */
  readonly refused: number;
  /** Tasks that were to be tried again before the end, and of which nothing was heard. */
  readonly overdue: number;
  /** The last line that shows an attempt or the end of one; null where none does. */
  readonly moved: Mark | null;
  readonly firstRefusal: Mark | null;
  readonly lastRefusal: Mark | null;
  /** The first time by which something was to be heard and was not. */
  readonly overdueSince: Mark | null;
  /** The longest time that a retry was told to wait, seconds. */
  readonly longestWait: number;
  /** The first failure of those that wait. */
  readonly since: Mark | null;
}

/** A retry is late by this much (seconds) at least before it is called overdue: timers are kept in steps of ten seconds. */
const leastSlack = 15;

function isOverdue(retry: WaitingRetry, now: Mark): boolean {
  const slack = Math.max(leastSlack, retry.seconds / 10);
  return secondsBetween(retry.scheduled, now) > retry.seconds + slack;
}

function earlier(a: Mark | null, b: Mark | null): Mark | null {
  if (a === null || b === null) return a ?? b;
  return a.sequence < b.sequence ? a : b;
}

function later(a: Mark | null, b: Mark | null): Mark | null {
  return isAfter(b, a) ? b : a;
}

function movedOf(run: EngineRun, output: string | null): Mark | null {
  return output === null ? run.moved : (run.outputs.get(output)?.moved ?? null);
}

/** The retries of a run that wait at a moment, by output. */
export function waitingByOutput(run: EngineRun, now: Mark): readonly OutputWaiting[] {
  const all = new Map<string | null, OutputWaiting>();
  const [only] = run.outputs.keys();
  for (const retry of run.waiting.retries()) {
    // Where there is one output, it is that one.
    const output = retry.output ?? (run.outputs.size === 1 ? (only ?? null) : null);
    const moved = movedOf(run, output);
    const known = all.get(output) ?? {
      output,
      tasks: 0,
      refused: 0,
      overdue: 0,
      moved,
      firstRefusal: null,
      lastRefusal: null,
      overdueSince: null,
      longestWait: 0,
      since: null,
    };
    const refused = isAfter(retry.refused, moved) ? retry.refused : null;
    const late = isOverdue(retry, now);
    all.set(output, {
      ...known,
      tasks: known.tasks + 1,
      refused: known.refused + (refused === null ? 0 : 1),
      overdue: known.overdue + (late ? 1 : 0),
      firstRefusal: earlier(known.firstRefusal, refused),
      lastRefusal: later(known.lastRefusal, refused),
      overdueSince: late ? earlier(known.overdueSince, retry.scheduled) : known.overdueSince,
      longestWait: Math.max(known.longestWait, retry.seconds),
      since: earlier(known.since, retry.since),
    });
  }
  return [...all.values()];
}
