import type { Scope } from "../../compile/scope.ts";
import { defaultLimits, exploreInTurns } from "../../explore/explore.ts";
import type { StateGraph } from "../../explore/state-graph.ts";
import { Deadline } from "../../analysis/configuration/deadline.ts";
import { ProgressLine } from "../progress-line.ts";
import { progressOn } from "./search-progress.ts";
import type { Terminal } from "../terminal.ts";

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
 * Searches a scope up to permutation while it says how far it is; the first Ctrl-C, or the limits, end it with what was covered by then.
 *
 * @throws LimitError if the scope cannot be explored at all
 */
export async function boundedSearch(
  scope: Scope,
  { maxStates, maxBytes, timeLimitMs }: SearchLimits,
  terminal: Terminal,
): Promise<StateGraph> {
  const line = new ProgressLine(terminal);
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
        symmetry: true,
        onProgress: progressOn(line, scope),
        ends: () => endsBy(clock, (timeLimitMs ?? 0) / 1000, () => interrupted),
      },
      turn,
    );
  } finally {
    process.off("SIGINT", stop);
    line.end();
  }
}
