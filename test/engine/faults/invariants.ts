import { isUp } from "../../../src/engine/chunkio/chunk.ts";
import type { Engine } from "../../../src/engine/core/engine.ts";
import type { OutputInstance } from "../../../src/engine/core/structures.ts";

/** What the checks know that the engine does not say. */
interface Known {
  /** Files on disk. */
  readonly files: ReadonlySet<string>;
  /** Files that an engine may leave alone: damaged, or once unreadable. */
  readonly strays: ReadonlySet<string>;
  /** Over-limit units of an output that leaked, in the release that leaks. */
  readonly leaked: (output: OutputInstance) => number;
}

/** What must hold after every step of an engine; a sentence for each counter that is wrong. */
export function broken(engine: Engine, known: Known): string[] {
  return [...chunkCounters(engine, known), ...taskCounters(engine), ...schedulerCounters(engine)];
}

function differs(what: string, counter: number, counted: number): string[] {
  return counter === counted ? [] : [`${what}: the counter says ${counter}, there are ${counted}`];
}

function chunkCounters(engine: Engine, { files, strays, leaked }: Known): string[] {
  const { store, outputs, overLimitQuota } = engine;
  const found: string[] = [];
  const charged = new Map<unknown, number>();
  const paths = new Set<string>();
  let up = 0;
  for (const stream of store.streams.values()) {
    for (const chunk of stream.chunks) {
      paths.add(chunk.path);
      if (!files.has(chunk.path)) found.push(`${chunk.name} has no file`);
      if (isUp(chunk)) up += 1;
      const owner = chunk.overLimitOwner;
      if (owner !== undefined) charged.set(owner, (charged.get(owner) ?? 0) + 1);
      if (owner !== undefined && !isUp(chunk)) found.push(`${chunk.name} is charged and down`);
    }
  }
  found.push(...differs("total chunks", store.totalChunks, paths.size));
  found.push(...differs("chunks up", store.totalChunksUp, up));
  const bound = store.options.maxChunksUp + overLimitQuota * outputs.length;
  if (up > bound) found.push(`${up} chunks up, and the bound is ${bound}`);
  for (const output of outputs) {
    const counted = (charged.get(output.quota) ?? 0) + leaked(output);
    found.push(
      ...differs(`over-limit chunks of ${output.name}`, output.quota.overLimitUp, counted),
    );
  }
  for (const path of files) {
    if (!paths.has(path) && !strays.has(path)) found.push(`nobody knows ${path}`);
  }
  return found;
}

function taskCounters({ inputs, taskMap }: Engine): string[] {
  const found: string[] = [];
  let tasks = 0;
  for (const input of inputs) {
    tasks += input.tasks.size;
    for (const chunk of input.chunks) {
      if (chunk.busy !== (chunk.task !== undefined)) found.push("busy and without a task");
      if (chunk.task !== undefined && !input.tasks.has(chunk.task)) found.push("an unknown task");
    }
    for (const task of input.tasks) {
      const flushing = task.routes.filter(({ status }) => status === "flushing").length;
      found.push(...differs(`users of task ${task.id}`, task.users, flushing));
      if (taskMap.tasks[task.id] !== task) found.push(`task ${task.id} is not in the map`);
      if (flushing > 0 && !isUp(task.chunk.chunk)) found.push(`task ${task.id} flushes from disk`);
    }
  }
  found.push(...differs("tasks", taskMap.count, tasks));
  found.push(...differs("ids in use", taskMap.count, taskMap.tasks.filter(Boolean).length));
  if (tasks > taskMap.limit) found.push(`${tasks} tasks in a map of ${taskMap.limit}`);
  return found;
}

function schedulerCounters({ inputs, scheduler }: Engine): string[] {
  const found: string[] = [];
  const requests = [...scheduler.requests.values()];
  const timers = requests.filter(({ timer }) => timer !== undefined).length;
  found.push(...differs("timers in use", scheduler.timersInUse, timers));
  if (timers > scheduler.timerLimit) found.push(`${timers} timers of ${scheduler.timerLimit}`);
  for (const input of inputs) {
    for (const task of input.tasks) {
      for (const retry of task.retries) {
        const waits = retry.route.status === "retry";
        if (!waits && retry.route.status !== "flushing") found.push(`task ${task.id} never ends`);
        if (waits !== scheduler.requests.has(retry)) found.push(`task ${task.id} waits for nobody`);
      }
    }
  }
  return found;
}
