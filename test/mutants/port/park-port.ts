import type { Parameters } from "../../../models/parameters.ts";
import type { JsonObject } from "../../../src/conform/json.ts";
import {
  ChunkPort,
  type About,
  type Actions,
  type PortChunk,
  type PortState,
} from "./chunk-port.ts";

/** A chunk that holds nothing but its file while it waits. */
export interface Chunk extends PortChunk {
  /** `none` with a task; `new` or `old`, perhaps as a probe; or `aside`. */
  age: string;
  readonly failures: number[];
}

/** The state of a port of the candidates that park chunks. */
export interface State extends PortState<Chunk> {
  /** Whether each output failed last; `park` never asks. */
  readonly open: boolean[];
}

/** A port of `park`. */
export class ParkPort extends ChunkPort<Chunk, State> {
  protected readonly parkActions: Actions = {
    ingest: (about) => this.#ingest(about),
    dispatch: () => this.#dispatch(),
    flushOk: (about) => this.#flushOk(about),
    flushRetry: (about) => this.#flushFails(about, true),
    flushDrop: (about) => this.#flushFails(about, false),
    outputDown: this.outputDown,
    outputUp: this.outputUp,
    crash: () => this.#crash(),
  };
  protected override readonly actions: Actions = this.parkActions;

  /** The ages of chunks in the queue, and of those whose turn it is. */
  protected readonly queued: readonly string[] = ["new", "old"];
  protected readonly old: readonly string[] = ["old"];
  /** The age of a chunk whose task ended with something owed. */
  protected readonly parkedAge: string = "new";
  protected readonly promoted: Readonly<Record<string, string>> = { new: "old" };

  protected override start({ chunks, outputs }: Parameters): State {
    return {
      slots: Array.from({ length: chunks }, () => null),
      online: Array.from({ length: outputs }, () => true),
      open: Array.from({ length: outputs }, () => false),
      running: true,
      up: 0,
      tasks: 0,
      crashed: false,
    };
  }

  protected override copied(state: State): State {
    return {
      ...state,
      slots: state.slots.map((chunk) =>
        chunk === null
          ? null
          : { ...chunk, delivery: [...chunk.delivery], failures: [...chunk.failures] },
      ),
      online: [...state.online],
      open: [...state.open],
    };
  }

  protected override circumstances(): readonly string[] {
    const { slot, output } = this.about;
    const { slots } = this.now;
    const chunk = this.chunkIn(slot);
    const others = chunk?.delivery.filter((_, at) => at !== output) ?? [];
    const names: string[] = [];
    if (others.includes("owed")) names.push("if something else is owed");
    if (!others.includes("owed")) names.push("if nothing else is owed");
    if ((chunk?.failures[output] ?? 0) > 0) names.push("if a failure was counted");
    if (slots.some((one, at) => at !== slot && one?.hasTask === false && one.storage === "down"))
      names.push("if another idle chunk is down");
    if (slots.some((one, at) => at !== slot && one !== null && this.old.includes(one.age)))
      names.push("if another chunk is old");
    return names;
  }

  protected override report({ storage, hasTask, delivery, age, failures }: Chunk): JsonObject {
    const task = hasTask ? "running" : "vacant";
    return { chunk: storage, task, delivery: [...delivery], age, failures: [...failures] };
  }

  protected override reportMore(): JsonObject {
    return {};
  }

  /** The gate: when nobody is old, all in the queue become old. */
  protected override endAction(): void {
    const { slots } = this.now;
    const someOld = slots.some((chunk) => chunk !== null && this.old.includes(chunk.age));
    if (!this.places.asks("gate: nobody is old", !someOld)) return;
    this.forChunks((chunk) => {
      const promoted = this.promoted[chunk.age];
      if (promoted === undefined) return;
      this.places.does("gate: the chunk becomes old", () => (chunk.age = promoted));
    });
  }

  /** The outputs to which the chunk goes when its turn has come. */
  protected goesTo(chunk: Chunk): readonly number[] {
    return [...chunk.delivery.keys()].filter((output) => chunk.delivery[output] === "owed");
  }

  /** An output has answered. */
  protected answered(output: number, ok: boolean): void {
    this.now.open[output] = !ok;
  }

  protected putDown(chunk: Chunk): void {
    if (chunk.storage === "down") return;
    this.places.does("put down: the chunk is in its file only", () => (chunk.storage = "down"));
    this.places.counts("put down: it counts no more", () => (this.now.up -= 1));
  }

  #settle(chunk: Chunk): void {
    const { now, places } = this;
    if (!places.asks("settle: nothing is flushing", !chunk.delivery.includes("flushing"))) return;
    places.counts("settle: the task is counted no more", () => (now.tasks -= 1));
    if (!places.asks("settle: nothing is owed", !chunk.delivery.includes("owed"))) {
      places.does("park: the chunk has no task", () => (chunk.hasTask = false));
      this.putDown(chunk);
      places.does("park: it waits", () => (chunk.age = this.parkedAge));
      return;
    }
    if (chunk.storage !== "down") {
      places.counts("close: it counts no more", () => (now.up -= 1));
    }
    places.does("close: the slot is free", () => (now.slots[this.about.slot] = null));
  }

  #ingest({ slot, mask }: About): boolean {
    const { now, places, parameters } = this;
    if (!places.asks("ingest: the slot is free", now.slots[slot] === null)) return false;
    const outputs = Array.from({ length: parameters.outputs }, (_, output) => output);
    const chunk: Chunk = {
      storage: "down",
      hasTask: false,
      age: "none",
      delivery: outputs.map(() => "settled"),
      failures: outputs.map(() => 0),
    };
    for (const output of mask) {
      this.regarding({ output }, () => {
        const at = places.which("ingest: the route", output);
        places.does("ingest: it is owed", () => (chunk.delivery[at] = "owed"));
      });
    }
    const waits = now.slots.some((one) => one?.storage === "down" && this.queued.includes(one.age));
    const first = places.asks("ingest: nobody waits on disk", !waits, {
      "nobody has failed": () => now.slots.every((one) => one?.storage !== "down"),
      "nobody old waits on disk": () =>
        now.slots.every((one) => one?.storage !== "down" || !this.old.includes(one.age)),
    });
    if (first && this.hasRoom()) this.bringUp(chunk);
    places.does("ingest: the chunk is new", () => (chunk.age = "new"));
    places.does("ingest: the slot is taken", () => (now.slots[slot] = chunk));
    return true;
  }

  #dispatch(): boolean {
    const { places } = this;
    const chunk = this.idle();
    if (chunk === undefined || !this.hasTaskSlot()) return false;
    if (!places.asks("dispatch: the chunk is old", this.old.includes(chunk.age))) return false;
    const mapped = chunk.storage !== "down";
    if (!places.asks("dispatch: the chunk is in memory", mapped) && !this.hasRoom()) return false;
    const outputs = this.goesTo(chunk);
    if (outputs.length === 0) return false;
    if (!mapped) this.bringUp(chunk);
    this.createTask(chunk);
    places.does("dispatch: the chunk leaves the queue", () => (chunk.age = "none"));
    for (const output of outputs) {
      this.regarding({ output }, () => {
        const at = places.which("dispatch: the delivery", output);
        places.does("dispatch: it is flushed", () => (chunk.delivery[at] = "flushing"));
      });
    }
    return true;
  }

  #flushOk({ output }: About): boolean {
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined) return false;
    if (!this.places.asks("flushOk: the output is online", this.isOnline(output))) return false;
    this.#end(chunk, true);
    return true;
  }

  #end(chunk: Chunk, ok: boolean): void {
    const { output } = this.about;
    const at = this.places.which("ended: the delivery", output);
    this.places.does("ended: it is settled", () => (chunk.delivery[at] = "settled"));
    this.places.does("ended: its failures are forgotten", () => (chunk.failures[output] = 0));
    if (this.places.strays("ended: all that is owed is settled")) {
      chunk.delivery.forEach((one, other) => {
        if (one === "owed") chunk.delivery[other] = "settled";
      });
    }
    this.answered(output, ok);
    this.#settle(chunk);
  }

  #flushFails({ output }: About, failuresLeft: boolean): boolean {
    const { places } = this;
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined) return false;
    if (!places.asks("fails: the output is offline", !this.isOnline(output))) return false;
    if (this.#failuresAreLeft(chunk, output) !== failuresLeft) return false;
    if (!failuresLeft) {
      this.#end(chunk, false);
      return true;
    }
    const at = places.which("flushRetry: the delivery", output);
    const whose = places.which("flushRetry: whose failure it is", output);
    places.does("flushRetry: it is owed", () => (chunk.delivery[at] = "owed"));
    places.counts("flushRetry: a failure is counted", () => {
      if (this.parameters.retryLimit === "unlimited") return;
      chunk.failures[whose] = (chunk.failures[whose] ?? 0) + 1;
    });
    this.answered(output, false);
    this.#settle(chunk);
    return true;
  }

  #failuresAreLeft(chunk: Chunk, output: number): boolean {
    const { retryLimit } = this.parameters;
    if (retryLimit === "unlimited") return true;
    const limit = this.places.limit("failures: the limit", retryLimit);
    const at = this.places.which("failures: the output", output);
    return this.places.asks("failures: some are left", (chunk.failures[at] ?? 0) < limit, {
      "those of all outputs together": () =>
        chunk.failures.reduce((sum, failed) => sum + failed, 0) < limit,
    });
  }

  #crash(): boolean {
    const { now, places, parameters } = this;
    if (!places.asks("crash: the process may die", parameters.crash)) return false;
    this.forChunks((chunk) => {
      places.does("crash: the chunk is in its file only", () => (chunk.storage = "down"));
      places.does("crash: its age", () => (chunk.age = "new"));
      places.does("crash: it has no task", () => (chunk.hasTask = false));
      this.forOutputs((output) => {
        if (chunk.delivery[output] === "settled") return;
        places.does("crash: it is owed again", () => (chunk.delivery[output] = "owed"));
        places.does("crash: its failures are forgotten", () => (chunk.failures[output] = 0));
      });
    });
    this.forOutputs((output) => {
      places.does("crash: nothing is held against the output", () => (now.open[output] = false));
      if (places.strays("crash: the output is online")) now.online[output] = true;
      if (places.strays("crash: the output is offline")) now.online[output] = false;
    });
    places.does("crash: nothing is in memory", () => (now.up = 0));
    places.does("crash: there are no tasks", () => (now.tasks = 0));
    now.crashed = true;
    return true;
  }
}
