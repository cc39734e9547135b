import { isUp } from "../../../src/engine/chunkio/chunk.ts";
import type { Engine } from "../../../src/engine/core/engine.ts";
import type { Task } from "../../../src/engine/core/structures.ts";
import { differs, type Known } from "./known.ts";

/** Tasks, their deliveries and their retries. */
export function taskFaults(engine: Engine, known: Known): readonly string[] {
  const { inputs, taskMap } = engine;
  const found: string[] = [];
  let tasks = 0;
  for (const input of inputs) {
    tasks += input.tasks.size;
    for (const chunk of input.chunks) {
      if (chunk.task !== undefined && !input.tasks.has(chunk.task)) found.push("an unknown task");
    }
    for (const task of input.tasks) {
      if (taskMap.tasks[task.id] !== task) found.push(`task ${task.id} is not in the map`);
      if (task.chunk.task !== task) found.push(`task ${task.id} is not that of its chunk`);
      found.push(...oneTask(task, known));
    }
  }
  found.push(...differs("tasks", taskMap.count, tasks));
  found.push(...differs("ids in use", taskMap.count, taskMap.tasks.filter(Boolean).length));
  if (tasks > taskMap.limit) found.push(`${tasks} tasks in a map of ${taskMap.limit}`);
  return found;
}

function oneTask(task: Task, known: Known): readonly string[] {
  const { chunk } = task.chunk;
  const found: string[] = [];
  const flushing = task.routes.filter(({ status }) => status === "flushing").length;
  found.push(...differs(`users of task ${task.id}`, task.users, flushing));
  if (flushing > 0 && !isUp(chunk)) found.push(`task ${task.id} flushes from disk`);
  if (task.status === "new") found.push(`task ${task.id} was not started`);
  // What cannot be read any more keeps its task until a restart, as in C: see `engineDispatchRetry`.
  if (task.users === 0 && task.retries.length === 0 && !known.strays.has(chunk.path)) {
    found.push(`task ${task.id} has neither a user nor a retry`);
  }
  for (const route of task.routes) {
    const own = task.retries.filter((retry) => retry.route === route);
    if (own.length > 1) found.push(`task ${task.id} has two retries for ${route.output.name}`);
    if (route.status === "new") found.push(`task ${task.id} has a flush that was not started`);
    if (!known.waitsByRetry) continue;
    if (own.length === 0 && route.status === "retry")
      found.push(`task ${task.id} waits without a retry`);
    if (own.length > 0 && route.status !== "retry" && route.status !== "flushing") {
      found.push(`task ${task.id} has a retry for a delivery that is ${route.status}`);
    }
    const isPutDown = task.routes.length > 1 || !isUp(chunk);
    if (route.status === "retry" && !isPutDown) found.push(`task ${task.id} waits in memory`);
  }
  for (const retry of task.retries) {
    const { attempts, output, route } = retry;
    const limit = output.retryLimit === "no_retries" ? 0 : output.retryLimit;
    if (!task.routes.includes(route) || route.output !== output || retry.task !== task) {
      found.push(`task ${task.id} has the retry of another delivery`);
    }
    if (typeof limit === "number" && attempts > limit)
      found.push(`${attempts} retries of ${limit}`);
    if (route.status === "retry") {
      found.push(
        ...differs(`attempts of task ${task.id}`, attempts, known.failures(output, chunk.name)),
      );
    }
  }
  return found;
}
