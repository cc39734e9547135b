import type { FlushRequest, FlushResult, OutputPlugin } from "../core/structures.ts";
import type { Clock } from "../platform/clock.ts";

/** An endpoint that exists only on the virtual clock. */
export class SimulatedOutput implements OutputPlugin {
  /** Whether the endpoint answers. What counts is the moment of the answer. */
  online = true;
  readonly #clock: Clock;
  readonly #latency: (online: boolean) => number;
  readonly #deliver: (request: FlushRequest) => void;

  /**
   * `latency` in milliseconds until the endpoint answers, or refuses (a refusal may be quicker);
   * `deliver` gets each chunk that the endpoint took.
   */
  constructor(
    clock: Clock,
    latency: (online: boolean) => number,
    deliver: (request: FlushRequest) => void,
  ) {
    this.#clock = clock;
    this.#latency = latency;
    this.#deliver = deliver;
  }

  flush(request: FlushRequest, done: (result: FlushResult) => void): void {
    this.#clock.schedule(this.#latency(this.online), () => {
      if (this.online) this.#deliver(request);
      done(this.online ? "ok" : "retry");
    });
  }

  exit(): void {
    this.online = false;
  }
}
