import type { Engine } from "../../../src/engine/core/engine.ts";
import type { SchedulerRequest } from "../../../src/engine/core/structures.ts";
import { differs, type Known } from "./known.ts";

const second = 1000;
/** `FLB_SCHED_REQUEST_FRAME`, milliseconds. */
const frame = 10_000;

/** Retries that wait, and their timers. */
export function schedulerFaults(engine: Engine, known: Known): readonly string[] {
  const { inputs, scheduler } = engine;
  const found: string[] = [];
  const requests = [...scheduler.requests.values()];
  const timers = requests.filter(({ timer }) => timer !== undefined).length;
  found.push(...differs("timers in use", scheduler.timersInUse, timers));
  found.push(...differs("timers held", scheduler.timersInUse, known.timers.held));
  if (timers > scheduler.timerLimit) found.push(`${timers} timers of ${scheduler.timerLimit}`);
  const retries = inputs.flatMap(({ tasks }) => [...tasks].flatMap((task) => task.retries));
  for (const retry of retries) {
    const waits = retry.route.status === "retry";
    if (waits !== scheduler.requests.has(retry)) {
      found.push(
        `task ${retry.task.id} ${waits ? "waits for nobody" : "is under way and due again"}`,
      );
    }
  }
  for (const request of requests) {
    if (!retries.includes(request.retry)) found.push("a retry is due whose task has ended");
    found.push(...oneRequest(engine, request, known));
  }
  return found;
}

function oneRequest(engine: Engine, request: SchedulerRequest, known: Known): readonly string[] {
  const { base, cap, timerLimit } = engine.scheduler;
  const { created, retry, timeout, timer } = request;
  const found: string[] = [];
  const stoppingSince = known.stoppingSince();
  const isStopping = stoppingSince !== undefined && created >= stoppingSince;
  const longest = isStopping ? 0 : Math.max(base, Math.min(cap, base * 2 ** retry.attempts));
  const shortest = isStopping ? -1 : base;
  if (timeout < shortest + 1 || timeout > longest + 1) {
    found.push(`${retry.attempts} attempts wait for ${timeout} s`);
  }
  const due = created + timeout * second;
  if (timer === undefined) {
    const late = engine.clock.now() - due;
    if (late > frame + second && timerLimit === Number.POSITIVE_INFINITY) {
      found.push(`a retry has been due for ${late} ms, and has no timer`);
    }
    return found;
  }
  if (timeout * second > frame && engine.clock.now() < due - frame - second) {
    found.push("a retry holds a timer long before it is due");
  }
  const at = known.timers.firesAt(timer);
  if (at === undefined) return [...found, "a retry waits for a timer that is gone"];
  // A timer that is given later than at once counts in whole seconds, and to a retry that is late it gives one.
  const tolerance = timeout * second <= frame ? 0 : second;
  const isEarly = at < due - tolerance;
  const isLate = at > due + tolerance && timerLimit === Number.POSITIVE_INFINITY;
  if (isEarly || isLate) found.push(`a retry fires ${at - due} ms after it is due`);
  return found;
}
