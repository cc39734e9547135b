import type { EngineRun } from "../run/engine-run.ts";
import { isAfter, secondsBetween, type Mark } from "../run/mark.ts";
import { allBusyAreDown, busyIn, type StorageSnapshot } from "../run/storage-snapshot.ts";
import type { Finding } from "./finding.ts";
import type { Limits } from "./limits.ts";

/** Where lines are left out, so many refusals in so many seconds without one attempt among them are taken for all. */
const telling = { refusals: 20, seconds: 30 };

interface Refused {
  readonly tasks: number;
  readonly refused: number;
  readonly last: Mark | null;
}

/** Tasks that wait, and those of them whose every retry found no memory since anything moved. */
function refusedTasks(run: EngineRun): Refused {
  const tasks = new Map<number, boolean>();
  let last: Mark | null = null;
  for (const { task, refused } of run.waiting.retries()) {
    const isRefused = isAfter(refused, run.moved);
    tasks.set(task, (tasks.get(task) ?? true) && isRefused);
    if (isRefused && isAfter(refused, last)) last = refused;
  }
  return {
    tasks: tasks.size,
    refused: [...tasks.values()].filter(Boolean).length,
    last,
  };
}

/**
 * Every task of the map waits, and each found no memory since anything moved. Then none was in flight when something last moved:
 * it could not have been refused without failing first, and that is logged. All their chunks are out of memory since then, so what
 * fills it has no task and can get none.
 */
export function everyTaskWaits(run: EngineRun, now: Mark, limits: Limits): Finding | null {
  const { tasks, refused, last } = refusedTasks(run);
  const { gone } = run.counts;
  // Two outputs can each tell of the same task.
  const lost = run.outputs.size <= 1 ? gone : 0;
  const waiting = Math.max(tasks + lost, run.tasksAtEnd ?? 0);
  if (last === null || waiting < limits.taskMapSize) return null;
  // Without descriptors, or with another task than the map has room for, a refusal means something else.
  if (isAfter(run.noDescriptors?.last ?? null, run.moved) || run.unexplained > 1) return null;
  const seen = run.refusalsSinceMoved;
  const enough =
    run.linesLeftOut > 0
      ? seen >= telling.refusals &&
        secondsBetween(run.moved ?? run.first ?? now, now) >= telling.seconds
      : refused === tasks && tasks + lost >= limits.taskMapSize;
  if (!enough) return null;
  return {
    kind: "map-waits",
    verdict: "stuck",
    tasks: Math.max(tasks, run.tasksAtEnd ?? 0),
    gone: lost,
    refusals: seen,
    since: run.moved ?? run.first,
    last,
  };
}

/** What a snapshot has in common with a stuck engine, if it has. */
export function snapshotFinding(
  snapshot: StorageSnapshot,
  limits: Limits,
  place: Pick<Finding, "since" | "last">,
): Finding | null {
  const busy = busyIn(snapshot);
  const { up, down } = snapshot.filesystem ?? { up: 0, down: 0 };
  const areDown = allBusyAreDown(snapshot);
  if (busy === 0 || up === 0 || areDown === false) return null;
  const { taskMapSize, taskMapIsKnown, maxChunksUp } = limits;
  const mapIsFull = busy >= taskMapSize;
  // The map of versions before 4.0; smaller maps are told.
  if (!mapIsFull && (taskMapIsKnown || busy < 2048)) return null;
  if (maxChunksUp !== null && up < maxChunksUp) return null;
  if (mapIsFull && maxChunksUp !== null && areDown === true) {
    return { kind: "snapshot-waits", verdict: "stuck", busy, up, down, ...place };
  }
  const missing = [
    ...(mapIsFull ? [] : (["map"] as const)),
    ...(maxChunksUp === null ? (["limit"] as const) : []),
    ...(areDown === null ? (["bytes"] as const) : []),
  ];
  return { kind: "lookalike", verdict: "undecided", busy, up, down, missing, ...place };
}

/** Every task of the map is that of a chunk whose file cannot be read: v3 forgets their retries. */
export function everyTaskIsGone(run: EngineRun, limits: Limits): Finding | null {
  const { gone, unreadable } = run.counts;
  if (unreadable === null || gone < limits.taskMapSize || run.outputs.size > 1) return null;
  return {
    kind: "all-unreadable",
    verdict: "stuck",
    tasks: gone,
    since: unreadable.last,
    last: run.last,
  };
}
