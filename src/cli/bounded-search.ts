import type { Scope } from "../compile/scope.ts";
import { defaultLimits, exploreInTurns, type SearchProgress } from "../explore/explore.ts";
import { mostStates } from "../explore/most-states.ts";
import type { StateGraph } from "../explore/state-graph.ts";
import { Deadline } from "./deadline.ts";
import { ProgressLine } from "./progress-line.ts";
import { searchWords } from "./search-progress.ts";
import type { Terminal } from "./terminal.ts";

/** What bounds a search that somebody waits for. */
export interface SearchLimits {
  readonly maxStates?: number;
  readonly maxBytes?: number;
  readonly timeLimitMs?: number;
}

/** Lets signals come in. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Why a search has to end now; null if it has not. */
function endsBy(clock: Deadline, seconds: number, interrupted: () => boolean): string | null {
  if (interrupted()) return "Ctrl-C";
  return clock.left() > 0 ? null : `the limit of ${seconds} s`;
}

/**
 * Searches a scope while it says how far it is; the first Ctrl-C, or the limits, end it with what was covered by then.
 *
 * @throws RangeError if the scope cannot be explored at all
 */
export async function boundedSearch(
  scope: Scope,
  { maxStates, maxBytes, timeLimitMs }: SearchLimits,
  symmetry: boolean,
  terminal: Terminal,
): Promise<StateGraph> {
  const line = new ProgressLine(terminal);
  const started = performance.now();
  const most = terminal.showsProgress && symmetry ? mostStates(scope) : Number.POSITIVE_INFINITY;
  const clock = timeLimitMs === undefined ? Deadline.never : Deadline.in(timeLimitMs);
  let interrupted = false;
  const stop = (): void => {
    interrupted = true;
  };
  process.once("SIGINT", stop);
  try {
    return await exploreInTurns(
      scope,
      {
        ...defaultLimits,
        ...(maxStates === undefined ? {} : { maxStates }),
        ...(maxBytes === undefined ? {} : { maxBytes }),
        symmetry,
        onProgress: (progress: SearchProgress) => {
          line.update(() => searchWords(progress, (performance.now() - started) / 1000, most));
        },
        ends: () => endsBy(clock, (timeLimitMs ?? 0) / 1000, () => interrupted),
      },
      turn,
    );
  } finally {
    process.off("SIGINT", stop);
    line.end();
  }
}
