import { isUp } from "../chunkio/chunk.ts";
import { chunkDown } from "../chunkio/chunk-store.ts";
import type { Engine, Release } from "../core/engine.ts";
import { backoffFullJitter, longestBackoff } from "../core/scheduler.ts";
import type { InputChunk, OutputInstance, TaskRoute } from "../core/structures.ts";
import { enqueue, park, parkedOf, releaseOrDestroy } from "./park.ts";

/** What is held against an output that failed last. */
interface OpenBreaker {
  /** Attempts that failed one after the other. */
  failures: number;
  /** Milliseconds since the epoch: no probe before that. */
  probeFrom: number;
}

/** The open breakers of an engine, and the chunks that wait because of them. */
interface Breakers {
  readonly open: Map<OutputInstance, OpenBreaker>;
  /** Chunks outside the queue; the one that waits longest first. */
  readonly aside: Set<InputChunk>;
  /** Chunks in the queue that will attempt what nobody else does. */
  readonly probes: Set<InputChunk>;
  /** Whether a chunk that is aside may owe an output whose breaker is closed. */
  mayRecall: boolean;
}

/**
 * Seconds between two probes, at most. `scheduler.cap` (2000 s) is made for retries, of which there are
 * thousands; there is one probe, and the whole backlog waits for it.
 */
const longestRest = 30;

const breakersByEngine = new WeakMap<Engine, Breakers>();

/**
 * `park` with a circuit breaker for each output. When an output fails its breaker opens: from then on
 * one chunk at a time attempts it, the probe, and chunks that owe nothing but such outputs leave the
 * queue. The first flush that succeeds closes the breaker, and they queue up again.
 */
export const parkBreaker: Release = {
  ...park,
  name: "park-breaker",
  summary: "park, with one probe at a time for an output that failed",
  mayDispatch: (engine, chunk) => park.mayDispatch(engine, chunk) && !isHeldBack(engine, chunk),
  attempted,
  beforeFlush: (engine) => {
    while (setSomeAside(engine)) continue;
    recallAll(engine);
    for (const [output, { probeFrom }] of breakersOf(engine).open) {
      if (engine.clock.now() >= probeFrom) sendProbe(engine, output);
    }
  },
  chunkBusy: (engine, chunk) => {
    park.chunkBusy(engine, chunk);
    breakersOf(engine).probes.delete(chunk);
  },
  flushFailed: (engine, task, route) => {
    trip(engine, route.output);
    park.flushFailed(engine, task, route);
  },
  routeEnded: (engine, task, route) => {
    const breakers = breakersOf(engine);
    if (route.status === "delivered" && breakers.open.delete(route.output)) {
      breakers.mayRecall = true;
      engine.log.info(() => `[engine] output ${route.output.name} works again, its breaker closes`);
    }
    park.routeEnded(engine, task, route);
  },
  settle: (engine, task) => {
    if (!releaseOrDestroy(engine, task)) return;
    const breakers = breakersOf(engine);
    task.chunk.age = "new";
    breakers.aside.add(task.chunk);
    breakers.mayRecall ||= !isHeldBack(engine, task.chunk);
  },
  chunkClosing: (engine, chunk) => {
    park.chunkClosing(engine, chunk);
    breakersOf(engine).aside.delete(chunk);
    breakersOf(engine).probes.delete(chunk);
  },
  ownWaits: (engine) => {
    const { base, cap } = engine.scheduler;
    return [...breakersOf(engine).open.values()].map(({ failures }) => ({
      seconds: longestBackoff(base, Math.min(cap, longestRest), failures),
      what: "the rest of an output's breaker",
    }));
  },
  ownSteps: {
    setAside: (engine, chunk, output) => output === undefined && setAside(engine, chunk),
    recall: (engine, chunk, output) => output !== undefined && recall(engine, chunk, output),
    probe: (engine, chunk, output) => output !== undefined && probe(engine, chunk, output),
  },
  parkedAs: (engine, chunk) => {
    const { aside, probes } = breakersOf(engine);
    if (chunk.busy) return { age: "none" };
    if (aside.has(chunk)) return { age: "aside" };
    return { age: probes.has(chunk) ? `${chunk.age}Probe` : chunk.age };
  },
  reportOutput: (engine, output) => ({
    breaker: breakersOf(engine).open.has(output) ? "open" : "closed",
  }),
};

function breakersOf(engine: Engine): Breakers {
  let breakers = breakersByEngine.get(engine);
  if (breakers === undefined) {
    breakers = { open: new Map(), aside: new Set(), probes: new Set(), mayRecall: false };
    breakersByEngine.set(engine, breakers);
  }
  return breakers;
}

/** A chunk attempts what the breakers let through; a probe also what nobody else is being flushed to. */
function attempted(engine: Engine, chunk: InputChunk): readonly OutputInstance[] {
  const { open, probes } = breakersOf(engine);
  const isProbe = probes.has(chunk);
  return chunk.routes.filter(
    (output) => !open.has(output) || (isProbe && !isFlushed(engine, output)),
  );
}

/** Whether nothing of what the chunk owes would be attempted. */
function isHeldBack(engine: Engine, chunk: InputChunk): boolean {
  return chunk.routes.length > 0 && attempted(engine, chunk).length === 0;
}

/** An output failed: its breaker opens, or stays open for longer if it was the probe that failed. */
function trip(engine: Engine, output: OutputInstance): void {
  const { open } = breakersOf(engine);
  const known = open.get(output);
  const now = engine.clock.now();
  // What was under way when the breaker opened says nothing new.
  if (known !== undefined && now < known.probeFrom) return;
  const failures = (known?.failures ?? 0) + 1;
  const { base, cap } = engine.scheduler;
  const rest = backoffFullJitter(engine.random, base, Math.min(cap, longestRest), failures);
  open.set(output, { failures, probeFrom: now + rest * 1000 });
  if (known === undefined) {
    engine.log.warn(
      () =>
        `[engine] output ${output.name} failed, its breaker opens: one chunk at a time tries it`,
    );
  }
}

/** An old chunk whose turn it is, and which would attempt nothing, leaves the queue and its memory. */
function setAside(engine: Engine, chunk: InputChunk): boolean {
  const { old } = parkedOf(engine);
  if (!old.has(chunk) || !isHeldBack(engine, chunk)) return false;
  old.delete(chunk);
  if (isUp(chunk.chunk)) chunkDown(engine.store, chunk.chunk);
  chunk.age = "new";
  breakersOf(engine).probes.delete(chunk);
  breakersOf(engine).aside.add(chunk);
  engine.release.endOfStep(engine);
  return true;
}

/** True if some chunk was set aside: then the gate may have made others old. */
function setSomeAside(engine: Engine): boolean {
  let some = false;
  for (const chunk of [...parkedOf(engine).old]) some = setAside(engine, chunk) || some;
  return some;
}

/** A chunk that is aside queues up again, because an output that it owes works. */
function recall(engine: Engine, chunk: InputChunk, output: OutputInstance): boolean {
  const { aside, open } = breakersOf(engine);
  if (open.has(output) || !chunk.routes.includes(output) || !aside.delete(chunk)) return false;
  enqueue(engine, chunk);
  engine.release.endOfStep(engine);
  return true;
}

function recallAll(engine: Engine): void {
  const breakers = breakersOf(engine);
  if (!breakers.mayRecall) return;
  breakers.mayRecall = false;
  for (const chunk of [...breakers.aside]) {
    const [output] = attempted(engine, chunk);
    if (output !== undefined) recall(engine, chunk, output);
  }
}

/** A chunk that is aside queues up to try an output that failed, if nobody else does. */
function probe(engine: Engine, chunk: InputChunk, output: OutputInstance): boolean {
  const { aside, open, probes } = breakersOf(engine);
  if (!open.has(output) || !chunk.routes.includes(output) || !aside.has(chunk)) return false;
  if (isAttempted(engine, output)) return false;
  aside.delete(chunk);
  probes.add(chunk);
  enqueue(engine, chunk);
  engine.release.endOfStep(engine);
  return true;
}

function sendProbe(engine: Engine, output: OutputInstance): void {
  for (const chunk of breakersOf(engine).aside) {
    if (!chunk.routes.includes(output)) continue;
    probe(engine, chunk, output);
    return;
  }
}

/** Whether a flush to the output is under way, or a probe will start one. */
function isAttempted(engine: Engine, output: OutputInstance): boolean {
  for (const chunk of breakersOf(engine).probes) {
    if (chunk.routes.includes(output)) return true;
  }
  return isFlushed(engine, output);
}

/** Statuses of a flush that is under way: it is new between the dispatch of its chunk and the start of the flush. */
const underWay: readonly TaskRoute["status"][] = ["new", "flushing"];

function isFlushed(engine: Engine, output: OutputInstance): boolean {
  return engine.taskMap.tasks.some((task) =>
    task?.routes.some((route) => route.output === output && underWay.includes(route.status)),
  );
}
