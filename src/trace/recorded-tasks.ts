import type { Contradiction } from "./recorded-storage.ts";
import type { TraceEvent } from "./trace-event.ts";

/** One task as a trace tells it; everything is by output. */
interface RecordedTask {
  readonly chunk: string;
  /** How many outputs it goes to. */
  readonly routes: number;
  /** Outputs that were asked to flush and have not answered; one that was asked twice is here twice. */
  readonly inFlight: number[];
  /** Outputs for which a retry waits in the scheduler. */
  readonly waiting: Set<number>;
  /** Retries used so far. */
  readonly attempts: Map<number, number>;
}

/** The task map as a trace tells it, with the flushes and retries of each task. */
export class RecordedTasks {
  readonly #tasks = new Map<number, RecordedTask>();
  readonly #taskOf = new Map<string, number>();

  /** Places of the task map that are held. */
  get count(): number {
    return this.#tasks.size;
  }

  holds(chunk: string): boolean {
    return this.#taskOf.has(chunk);
  }

  /** The chunk of a task; empty where there is no such task. */
  chunkOf(task: number): string {
    return this.#tasks.get(task)?.chunk ?? "";
  }

  /** Whether a flush of the chunk is under way, to this output or (without one) to any. */
  isFlushing(chunk: string, output?: number): boolean {
    const inFlight = this.#tasks.get(this.#taskOf.get(chunk) ?? -1)?.inFlight ?? [];
    return output === undefined ? inFlight.length > 0 : inFlight.includes(output);
  }

  /** Takes the next event. */
  take(event: TraceEvent): Contradiction {
    const { kind, chunk, task: id } = event;
    if (kind === "task_create") return this.#create(event);
    if (kind === "map_full" || kind === "close") {
      const held = this.#taskOf.get(chunk);
      return held === undefined ? null : `task ${held} holds the chunk`;
    }
    if (id < 0) return null;
    const task = this.#tasks.get(id);
    if (task === undefined) return `task ${id} does not exist`;
    if (chunk !== "" && task.chunk !== chunk) return `task ${id} is of chunk ${task.chunk}`;
    if (kind === "task_destroy") {
      this.#tasks.delete(id);
      this.#taskOf.delete(chunk);
      return null;
    }
    return this.#deliver(event, task);
  }

  #create({ chunk, task: id, routes }: TraceEvent): Contradiction {
    const held = this.#taskOf.get(chunk);
    if (held !== undefined) return `task ${held} holds the chunk`;
    if (this.#tasks.has(id)) return `task ${id} exists already`;
    this.#tasks.set(id, {
      chunk,
      routes,
      inFlight: [],
      waiting: new Set(),
      attempts: new Map(),
    });
    this.#taskOf.set(chunk, id);
    return null;
  }

  #deliver(event: TraceEvent, task: RecordedTask): Contradiction {
    const { kind, output, users, attempts, routes } = event;
    const { inFlight, waiting } = task;
    const used = task.attempts.get(output) ?? 0;
    if (kind === "retry_dispatch" && inFlight.includes(output)) {
      // A shutdown dispatches every retry, also one whose flush is under way.
      waiting.add(output);
      return null;
    }
    if (kind === "retry_dispatch" || kind === "reschedule") {
      if (!waiting.has(output)) return `no retry waits for output ${output}`;
      return kind === "reschedule" && attempts !== used
        ? `attempts is ${attempts}, but the delivery has used ${used}`
        : null;
    }
    if (kind === "retry_create") {
      // It is logged before the flush that failed stops being counted.
      if (users !== inFlight.length + 1) return wrongUsers(users, inFlight.length + 1);
      if (attempts !== used + 1) return `attempts is ${attempts}, expected ${used + 1}`;
      if (routes !== task.routes) {
        return `routes is ${routes}, but the task was created with ${task.routes}`;
      }
      waiting.add(output);
      task.attempts.set(output, attempts);
      return null;
    }
    if (users !== inFlight.length) return wrongUsers(users, inFlight.length);
    const at = inFlight.indexOf(output);
    if (kind === "flush_start") {
      if (at >= 0 && !waiting.has(output)) return `output ${output} is flushing the chunk already`;
      inFlight.push(output);
      waiting.delete(output);
      return null;
    }
    if (at < 0) return `output ${output} is not flushing the chunk`;
    inFlight.splice(at, 1);
    return null;
  }
}

function wrongUsers(found: number, expected: number): Contradiction {
  return `users is ${found}, but by the events so far ${expected} flushes are under way`;
}
