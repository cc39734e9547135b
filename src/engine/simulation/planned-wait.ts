import type { Engine, OwnWait } from "../core/engine.ts";
import { longestBackoff, requestFrame } from "../core/scheduler.ts";

/** What lies between the end of a planned wait and the delivery, in seconds. */
export interface Unplanned {
  /** `flush`. */
  readonly flush: number;
  /** The longest until an endpoint answers, and by which a timer may be late. */
  readonly answer: number;
}

/** Seconds: who looks whether something moves, and who loads the backlog, does so once a second. */
const betweenLooks = 1;

/**
 * The longest wait that the engine, as it is now, can have planned for anything that it owes: the timer of the next
 * flush; for each retry the longest that the scheduler may draw for its number of attempts; what the release itself
 * makes deliveries wait for. While nothing is delivered no retry has fewer attempts than before, so whatever was planned
 * earlier is in it.
 */
export function longestPlannedWait(engine: Engine, { flush, answer }: Unplanned): OwnWait {
  const { base, cap, requests } = engine.scheduler;
  let longest: OwnWait = { seconds: flush, what: "the flush timer" };
  let attempts = 0;
  let isLate = false;
  for (const { retry, timer, created, timeout } of requests.values()) {
    attempts = Math.max(attempts, retry.attempts);
    isLate ||= timer === undefined && engine.clock.now() > created + timeout * 1000;
  }
  if (attempts > 0) {
    // A retry that got no timer in time waits for one, from frame to frame.
    const seconds = longestBackoff(base, cap, attempts) + 1 + (isLate ? requestFrame : 0);
    if (seconds > longest.seconds) longest = { seconds, what: "the backoff of a retry" };
  }
  for (const wait of engine.release.ownWaits(engine)) {
    if (wait.seconds > longest.seconds) longest = wait;
  }
  return { ...longest, seconds: longest.seconds + flush + answer + betweenLooks };
}
