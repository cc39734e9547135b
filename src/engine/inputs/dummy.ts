import { encodeLogEvent } from "../core/log-event.ts";
import { scheduleEvery, type TimerHandle } from "../platform/clock.ts";
import type { InputContext, InputPlugin } from "./input-plugin.ts";

/** What a generator produces: every period, one record for each tag. */
export interface DummyOptions {
  readonly tags: readonly string[];
  /** Milliseconds. */
  readonly period: number;
  /** The body of record number `id`; `id` counts from 0 over all tags and is part of it. */
  readonly body?: (id: number) => Readonly<Record<string, unknown>>;
}

/** An input that makes its own records. Stands for `in_dummy`, with several tags and numbered records. */
export class DummyInput implements InputPlugin {
  readonly name = "dummy";
  readonly #options: DummyOptions;
  #timer: TimerHandle | undefined;
  /** Records produced so far. */
  produced = 0;
  /** Ids of records that the engine took; the others never entered it. */
  readonly accepted: number[] = [];

  constructor(options: DummyOptions) {
    this.#options = options;
  }

  start(context: InputContext): void {
    this.#timer = scheduleEvery(context.clock, this.#options.period, () => {
      this.#collect(context);
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #collect(context: InputContext): void {
    const body = this.#options.body ?? ((id: number) => ({ id }));
    for (const tag of this.#options.tags) {
      const id = this.produced;
      this.produced += 1;
      const event = encodeLogEvent({ time: context.clock.now(), body: body(id) });
      if (context.append(tag, event, 1)) this.accepted.push(id);
    }
  }
}
