import type { About, Actions } from "./chunk-port.ts";
import { FluentBitStore, type Chunk } from "./fluent-bit-store.ts";

/** A port of the releases that differ in their parameters only. */
export class FluentBitPort extends FluentBitStore {
  /** Places in memory that new chunks may not use. */
  protected readonly keptForRetries: number = 0;

  protected override readonly actions: Actions = {
    ingest: (about) => this.#ingest(about),
    dispatch: () => this.#dispatch(),
    dispatchWithoutTask: () => this.#dispatchWithoutTask(),
    evict: () => this.#evict(),
    flushOk: (about) => this.#flushOk(about),
    flushRetry: (about) => this.#flushRetry(about),
    flushDrop: (about) => this.#flushDrop(about),
    retryFire: (about) => this.#fire(about),
    retryFireOverLimit: (about) => this.#fire(about),
    reschedule: (about) => this.#fire(about),
    scheduleFail: (about) => this.#scheduleFail(about),
    outputDown: this.outputDown,
    outputUp: this.outputUp,
    crash: () => this.#crash(),
    shutdown: () => this.#shutdown(),
  };

  #ingest({ slot, mask }: About): boolean {
    const { places } = this;
    if (!places.asks("ingest: the slot is free", this.now.slots[slot] === null)) return false;
    const outputs = Array.from({ length: this.parameters.outputs }, (_, output) => output);
    const chunk: Chunk = {
      storage: "down",
      hasTask: false,
      chargedTo: null,
      delivery: outputs.map(() => "unrouted"),
      retriesUsed: outputs.map(() => 0),
    };
    for (const output of mask) {
      this.regarding({ output }, () => {
        const at = places.which("ingest: the route", output);
        places.does("ingest: it is routed", () => (chunk.delivery[at] = "routed"));
      });
    }
    if (this.hasRoom(this.keptForRetries)) this.bringUp(chunk);
    places.does("ingest: the slot is taken", () => (this.now.slots[slot] = chunk));
    return true;
  }

  #dispatch(): boolean {
    const chunk = this.idle();
    if (chunk === undefined || !this.hasTaskSlot()) return false;
    const mapped = chunk.storage !== "down";
    const isUp = this.places.asks("dispatch: the chunk is in memory", mapped);
    if (!isUp && !this.hasRoom(this.keptForRetries)) return false;
    if (!mapped) this.bringUp(chunk);
    this.createTask(chunk);
    this.forOutputs((output) => {
      if (chunk.delivery[output] !== "routed") return;
      const at = this.places.which("dispatch: the delivery", output);
      this.places.does("dispatch: it is flushed", () => (chunk.delivery[at] = "flushing"));
    });
    return true;
  }

  #dispatchWithoutTask(): boolean {
    const { places } = this;
    const chunk = this.idle();
    if (chunk === undefined) return false;
    if (!places.asks("dispatchWithoutTask: the release does", !this.parameters.checkMapFirst)) {
      return false;
    }
    if (!places.asks("dispatchWithoutTask: the chunk is down", chunk.storage === "down"))
      return false;
    if (this.hasTaskSlot() || !this.hasRoom(this.keptForRetries)) return false;
    this.bringUp(chunk);
    if (places.strays("dispatchWithoutTask: it has a task")) this.createTask(chunk);
    return true;
  }

  #evict(): boolean {
    const { places } = this;
    const chunk = this.idle();
    if (chunk === undefined) return false;
    if (!places.asks("evict: the release does", this.parameters.evictIdleWhenMapFull)) return false;
    if (!places.asks("evict: the chunk is in memory", chunk.storage !== "down")) return false;
    if (this.hasTaskSlot()) return false;
    this.putDown(chunk);
    if (places.strays("evict: every idle chunk is put down")) {
      this.forChunks((other) => {
        if (!other.hasTask) this.putDown(other);
      });
    }
    return true;
  }

  #flushOk({ output }: About): boolean {
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined) return false;
    if (!this.places.asks("flushOk: the output is online", this.isOnline(output))) return false;
    this.end(chunk, "delivered");
    return true;
  }

  #flushRetry({ output }: About): boolean {
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined || !this.fails(chunk, output, true)) return false;
    const at = this.places.which("flushRetry: the delivery", output);
    const used = this.places.which("flushRetry: whose retry is used", output);
    this.places.does("flushRetry: it waits", () => (chunk.delivery[at] = "retry"));
    this.places.counts("flushRetry: a retry is used", () => {
      this.#useRetry(chunk, used);
    });
    this.leaveMemoryWhileWaiting(chunk);
    return true;
  }

  /** Retries are counted where there is a limit: else the port would remember more and more. */
  #useRetry(chunk: Chunk, output: number): void {
    if (this.parameters.retryLimit === "unlimited") return;
    chunk.retriesUsed[output] = (chunk.retriesUsed[output] ?? 0) + 1;
  }

  #flushDrop({ output }: About): boolean {
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined || !this.fails(chunk, output, false)) return false;
    this.end(chunk, "dropped");
    return true;
  }

  #fire({ action, output }: About): boolean {
    const { places } = this;
    const chunk = this.withDelivery("retry");
    if (chunk === undefined || this.outcomeOfFiring(chunk, output) !== action) return false;
    if (action === "reschedule") {
      if (places.strays("reschedule: a retry is used")) this.#useRetry(chunk, output);
      return true;
    }
    if (action === "retryFireOverLimit") this.#bringUpFor(chunk, output);
    else if (chunk.storage === "down") this.bringUp(chunk);
    const at = places.which("fire: the delivery", output);
    places.does("fire: it is flushed", () => (chunk.delivery[at] = "flushing"));
    if (places.strays("fire: whatever waits is flushed")) {
      this.forOutputs((other) => {
        if (chunk.delivery[other] === "retry") chunk.delivery[other] = "flushing";
      });
    }
    return true;
  }

  #bringUpFor(chunk: Chunk, output: number): void {
    const { places } = this;
    const owner = places.which("over limit: the output", output);
    places.does("over limit: it is charged", () => (chunk.chargedTo = owner));
    places.counts("over limit: it takes a unit", () => {
      this.count(owner, 1);
    });
    places.does("over limit: the chunk is in memory", () => (chunk.storage = "upForOutput"));
    places.counts("over limit: it is counted", () => (this.now.up += 1));
  }

  #scheduleFail({ slot, output }: About): boolean {
    const { places } = this;
    if (!places.asks("scheduleFail: timers run out", this.parameters.schedulerFails)) return false;
    if (this.chunkIn(slot)?.delivery[output] === "retry") {
      const waiting = this.withDelivery("retry");
      if (waiting === undefined) return false;
      if (this.outcomeOfFiring(waiting, output) !== "reschedule") return false;
      this.end(waiting, "lost");
      return true;
    }
    const chunk = this.withDelivery("flushing");
    if (chunk === undefined || !this.fails(chunk, output, true)) return false;
    this.leaveMemoryWhileWaiting(chunk);
    this.end(chunk, "lost");
    return true;
  }

  #crash(): boolean {
    const { now, places, parameters } = this;
    if (!places.asks("crash: the process may die", parameters.crash)) return false;
    this.forChunks((chunk) => {
      places.does("crash: the chunk is in its file only", () => (chunk.storage = "down"));
      places.does("crash: it is charged to nobody", () => (chunk.chargedTo = null));
      places.does("crash: it has no task", () => (chunk.hasTask = false));
      this.forOutputs((output) => {
        if (chunk.delivery[output] === "unrouted") return;
        places.does("crash: it is owed again", () => (chunk.delivery[output] = "routed"));
        places.does("crash: its retries are forgotten", () => (chunk.retriesUsed[output] = 0));
      });
    });
    this.forOutputs((output) => {
      places.does("crash: the counter is 0", () => (now.overLimitUp[output] = 0));
      if (places.strays("crash: the output is online")) now.online[output] = true;
      if (places.strays("crash: the output is offline")) now.online[output] = false;
    });
    places.does("crash: nothing is in memory", () => (now.up = 0));
    places.does("crash: there are no tasks", () => (now.tasks = 0));
    now.crashed = true;
    return true;
  }

  #shutdown(): boolean {
    const { now, places, parameters } = this;
    if (!places.asks("shutdown: the engine may stop", parameters.shutdown)) return false;
    places.does("shutdown: it stops", () => (now.running = false));
    this.forOutputs((output) => {
      if (places.strays("shutdown: the output is offline")) now.online[output] = false;
    });
    this.forChunks((chunk) => {
      if (places.strays("shutdown: every chunk is put down")) this.putDown(chunk);
      if (chunk.chargedTo === null) return;
      this.regarding({ output: chunk.chargedTo }, () => {
        this.#detach(chunk);
      });
    });
    return true;
  }

  #detach(chunk: Chunk): void {
    const { places, parameters } = this;
    if (!places.asks("shutdown: marks are taken off", parameters.detachOnOutputExit)) return;
    if (places.strays("shutdown: the chunk is put down")) {
      this.putDown(chunk);
      return;
    }
    places.does("shutdown: the chunk is in memory", () => (chunk.storage = "up"));
    this.giveBack(chunk);
  }
}
