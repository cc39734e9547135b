import { hasRoom, isUp } from "../chunkio/chunk.ts";
import { chunkDown } from "../chunkio/chunk-store.ts";
import { deliveredOutputs, noteDelivered } from "../core/delivered-outputs.ts";
import type { Engine, Release } from "../core/engine.ts";
import { inputChunkSetLimits } from "../core/input-chunk.ts";
import { path } from "../core/output-event.ts";
import { routesByTag } from "../core/router.ts";
import type { InputChunk, OutputInstance, Task, TaskRoute } from "../core/structures.ts";
import { taskDestroy, taskRelease, taskUsersDecrement } from "../core/task.ts";
import { v304 } from "./v3-0-4.ts";

/** The queue of an engine, that is its idle chunks by age, and the failures of the deliveries that chunks still owe. */
interface Parked {
  readonly fresh: Set<InputChunk>;
  readonly old: Set<InputChunk>;
  readonly failures: WeakMap<InputChunk, Map<OutputInstance, number>>;
}

const parkedByEngine = new WeakMap<Engine, Parked>();

/**
 * A candidate in which a delivery that waits holds nothing but its chunk's file: after a failed flush
 * the task is given back, the chunk is put down, and it queues up again with what it still owes. Chunks
 * that became idle are *new*; only *old* ones are dispatched, and when none is left all become old (the
 * gate), so that nobody is overtaken for ever.
 */
export const park: Release = {
  ...v304,
  name: "park",
  summary: "candidate: a waiting delivery holds nothing but its file; old chunks go first",
  opensUp: (engine) => hasRoom(engine.store) && !someIdleIsDown(engine),
  chunkIdle: (engine, chunk) => {
    const parked = parkedOf(engine);
    (chunk.age === "old" ? parked.old : parked.fresh).add(chunk);
  },
  chunkBusy: (engine, chunk) => {
    const parked = parkedOf(engine);
    parked.old.delete(chunk);
    parked.fresh.delete(chunk);
  },
  mayDispatch: (_engine, chunk) => chunk.age === "old",
  flushFailed,
  retriesUsed: (engine, chunk, output) => parkedOf(engine).failures.get(chunk)?.get(output) ?? 0,
  routeEnded,
  settle: (engine, task) => {
    if (releaseOrDestroy(engine, task)) enqueue(engine, task.chunk);
  },
  chunkClosing: (engine, chunk) => {
    const parked = parkedOf(engine);
    parked.old.delete(chunk);
    parked.fresh.delete(chunk);
  },
  routesOnDisk: (engine, chunk, tag) => {
    const delivered = deliveredOutputs(engine, chunk);
    return routesByTag(engine, tag).filter((output) => !delivered.includes(output));
  },
  endOfStep: gate,
  parkedAs: (_engine, { busy, age }) => ({ age: busy ? "none" : age }),
  reportOutput: () => ({}),
};

/** The queue of an engine. */
export function parkedOf(engine: Engine): Parked {
  let parked = parkedByEngine.get(engine);
  if (parked === undefined) {
    parked = { fresh: new Set(), old: new Set(), failures: new WeakMap() };
    parkedByEngine.set(engine, parked);
  }
  return parked;
}

function someIdleIsDown(engine: Engine): boolean {
  const { fresh, old } = parkedOf(engine);
  for (const chunk of fresh) if (!isUp(chunk.chunk)) return true;
  for (const chunk of old) if (!isUp(chunk.chunk)) return true;
  return false;
}

function gate(engine: Engine): void {
  const { fresh, old } = parkedOf(engine);
  if (old.size > 0) return;
  for (const chunk of fresh) {
    chunk.age = "old";
    old.add(chunk);
  }
  fresh.clear();
}

function flushFailed(engine: Engine, task: Task, route: TaskRoute): void {
  const { output } = route;
  const { name } = task.chunk.chunk;
  const failures = parkedOf(engine).failures.get(task.chunk) ?? new Map<OutputInstance, number>();
  parkedOf(engine).failures.set(task.chunk, failures);
  const used = failures.get(output) ?? 0;
  const limit = output.retryLimit === "no_retries" ? 0 : output.retryLimit;
  if (typeof limit === "number" && used >= limit) {
    output.metrics.retriesFailed += 1;
    output.metrics.droppedRecords += task.records;
    engine.log.error(
      () =>
        `[engine] chunk '${name}' cannot be retried: task_id=${task.id}, input=${task.chunk.input.name} > output=${output.name}`,
    );
    route.status = "dropped";
    engine.release.routeEnded(engine, task, route);
  } else {
    failures.set(output, used + 1);
    output.metrics.retries += 1;
    output.metrics.retriedRecords += task.records;
    engine.log.warn(() => `[engine] failed to flush chunk '${name}', parked: ${path(task, route)}`);
    route.status = "retry";
  }
  taskUsersDecrement(engine, task, true);
}

/** The delivery is no longer owed. The file says so before anything else happens, in case of a crash. */
function routeEnded(engine: Engine, task: Task, route: TaskRoute): void {
  const inputChunk = task.chunk;
  inputChunk.routes = inputChunk.routes.filter((output) => output !== route.output);
  if (inputChunk.routes.length === 0) return;
  const delivered = routesByTag(engine, inputChunk.tag).filter(
    (output) => !inputChunk.routes.includes(output),
  );
  noteDelivered(engine, inputChunk.chunk, delivered);
}

/** A chunk joins the queue, behind the gate. */
export function enqueue(engine: Engine, inputChunk: InputChunk): void {
  inputChunk.age = "new";
  parkedOf(engine).fresh.add(inputChunk);
}

/**
 * No flush is under way: the chunk is closed if it owes nothing, else it is put down, without a task. True if it lives on and
 * must wait somewhere.
 */
export function releaseOrDestroy(engine: Engine, task: Task): boolean {
  const inputChunk = task.chunk;
  const { chunk } = inputChunk;
  if (inputChunk.routes.length === 0) {
    taskDestroy(engine, task, true);
    return false;
  }
  taskRelease(engine, task);
  if (isUp(chunk)) chunkDown(engine.store, chunk);
  const owesAll = inputChunk.routes.length === routesByTag(engine, inputChunk.tag).length;
  // Records may be added as long as nobody has any part of the chunk.
  if (owesAll && !inputChunk.backlog) chunk.locked = inputChunk.sealed;
  inputChunkSetLimits(engine, inputChunk.input);
  return true;
}
