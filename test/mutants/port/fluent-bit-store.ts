import type { Parameters } from "../../../models/parameters.ts";
import type { JsonObject } from "../../../src/conform/json.ts";
import { ChunkPort, type PortChunk, type PortState } from "./chunk-port.ts";

/** A chunk with its task. */
export interface Chunk extends PortChunk {
  chargedTo: number | null;
  readonly retriesUsed: number[];
}

/** The state of a port. */
export interface State extends PortState<Chunk> {
  readonly overLimitUp: number[];
}

const ended = ["delivered", "dropped", "lost"];

/** What ports of the releases that differ in their parameters only keep, ask and do. */
export abstract class FluentBitStore extends ChunkPort<Chunk, State> {
  protected override start({ chunks, outputs }: Parameters): State {
    return {
      slots: Array.from({ length: chunks }, () => null),
      online: Array.from({ length: outputs }, () => true),
      overLimitUp: Array.from({ length: outputs }, () => 0),
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
          : { ...chunk, delivery: [...chunk.delivery], retriesUsed: [...chunk.retriesUsed] },
      ),
      online: [...state.online],
      overLimitUp: [...state.overLimitUp],
    };
  }

  protected override endAction(): void {
    // There is no gate.
  }

  protected override circumstances(): readonly string[] {
    const { slot, output } = this.about;
    const { slots, overLimitUp } = this.now;
    const chunk = this.chunkIn(slot);
    const others = chunk?.delivery.filter((_, at) => at !== output) ?? [];
    const names: string[] = [];
    if ((chunk?.delivery.filter((one) => one !== "unrouted").length ?? 0) > 1)
      names.push("if the chunk has several routes");
    if (others.includes("retry")) names.push("if another delivery waits");
    if (others.some((one) => ended.includes(one))) names.push("if another delivery has ended");
    if ((chunk?.retriesUsed[output] ?? 0) > 0) names.push("if a retry was used");
    if (typeof chunk?.chargedTo === "number") names.push("if the chunk is charged");
    if (slots.some((one, at) => at !== slot && typeof one?.chargedTo === "number"))
      names.push("if another chunk is charged");
    if (overLimitUp.some((units, at) => at !== output && units > 0))
      names.push("if another output has units");
    return names;
  }

  protected override report(chunk: Chunk): JsonObject {
    const { storage, chargedTo, hasTask, delivery, retriesUsed } = chunk;
    const task = hasTask ? "running" : "vacant";
    return {
      chunk: storage,
      chargedTo,
      task,
      delivery: [...delivery],
      retriesUsed: [...retriesUsed],
    };
  }

  protected override reportMore(): JsonObject {
    return { overLimitUp: [...this.now.overLimitUp] };
  }

  // What the rules ask.

  protected quotaIsLeft(output: number): boolean {
    const { overLimitUp, slots } = this.now;
    const at = this.places.which("quota: the output", output);
    const limit = this.places.limit("quota: its size", this.parameters.overLimitQuota);
    const units = overLimitUp.reduce((sum, one) => sum + one, 0);
    return this.places.asks("quota: some is left", (overLimitUp[at] ?? 0) < limit, {
      "one quota for all outputs": () => units < limit,
      "the quotas of all outputs together": () => units < limit * overLimitUp.length,
      "chunks counted, not units": () =>
        slots.filter((chunk) => chunk?.chargedTo === at).length < limit,
    });
  }

  #retriesAreLeft(chunk: Chunk, output: number): boolean {
    const { retryLimit } = this.parameters;
    if (retryLimit === "unlimited") return true;
    const limit = this.places.limit("retries: the limit", retryLimit);
    const at = this.places.which("retries: the output", output);
    return this.places.asks("retries: some are left", (chunk.retriesUsed[at] ?? 0) < limit, {
      "those of all outputs together": () =>
        chunk.retriesUsed.reduce((sum, used) => sum + used, 0) < limit,
    });
  }

  protected fails(chunk: Chunk, output: number, retriesLeft: boolean): boolean {
    return (
      this.places.asks("fails: the output is offline", !this.isOnline(output)) &&
      this.#retriesAreLeft(chunk, output) === retriesLeft
    );
  }

  protected outcomeOfFiring(chunk: Chunk, output: number): string {
    const mapped = chunk.storage !== "down";
    if (this.places.asks("firing: the chunk is in memory", mapped)) return "retryFire";
    if (this.places.strays("firing: the quota comes first") && this.quotaIsLeft(output)) {
      return "retryFireOverLimit";
    }
    if (this.hasRoom()) return "retryFire";
    return this.quotaIsLeft(output) ? "retryFireOverLimit" : "reschedule";
  }

  // What the rules do.

  protected putDown(chunk: Chunk): void {
    if (chunk.storage === "down") return;
    this.places.does("put down: the chunk is in its file only", () => (chunk.storage = "down"));
    this.places.counts("put down: it counts no more", () => (this.now.up -= 1));
    this.giveBack(chunk);
  }

  protected giveBack(chunk: Chunk): void {
    const owner = chunk.chargedTo;
    if (owner === null) return;
    this.regarding({ output: owner }, () => {
      const at = this.places.which("give back: the output", owner);
      this.places.counts("give back: the unit", () => {
        this.count(at, -1);
      });
      this.places.does("give back: the chunk is charged to nobody", () => (chunk.chargedTo = null));
    });
  }

  protected count(output: number, units: number): void {
    this.now.overLimitUp[output] = (this.now.overLimitUp[output] ?? 0) + units;
  }

  protected leaveMemoryWhileWaiting(chunk: Chunk): void {
    const { output } = this.about;
    const routes = chunk.delivery.filter((one) => one !== "unrouted");
    const others = chunk.delivery.filter((_, at) => at !== output);
    const only = this.places.asks("waiting: it is the only route", routes.length === 1, {
      "if no other route is open": () => routes.filter((one) => !ended.includes(one)).length <= 1,
      "if no other is flushing": () => !others.includes("flushing"),
      "of several outputs, too": () => this.parameters.outputs === 1,
    });
    if (only) this.putDown(chunk);
  }

  protected end(chunk: Chunk, as: string): void {
    const { output } = this.about;
    const at = this.places.which("ended: the delivery", output);
    this.places.does("ended: it is so", () => (chunk.delivery[at] = as));
    this.places.does("ended: its retries are forgotten", () => (chunk.retriesUsed[output] = 0));
    if (this.places.strays("ended: the other deliveries end, too")) {
      chunk.delivery.forEach((one, other) => {
        if (one !== "unrouted") chunk.delivery[other] = as;
      });
    }
    this.#settle(chunk);
  }

  #settle(chunk: Chunk): void {
    const { places } = this;
    if (!places.asks("settle: nothing is flushing", !chunk.delivery.includes("flushing"))) return;
    if (!places.asks("settle: nothing waits", !chunk.delivery.includes("retry"))) return;
    places.counts("settle: the task is counted no more", () => (this.now.tasks -= 1));
    if (places.strays("settle: the chunk stays, without a task")) {
      chunk.hasTask = false;
      return;
    }
    if (places.asks("close: the chunk was in memory", chunk.storage !== "down")) {
      places.counts("close: it counts no more", () => (this.now.up -= 1));
    }
    const gives = this.parameters.releaseOnClose;
    if (places.asks("close: units are given back", gives)) this.giveBack(chunk);
    places.does("close: the slot is free", () => (this.now.slots[this.about.slot] = null));
  }
}
