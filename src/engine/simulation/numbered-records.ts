import { encodeLogEvent } from "../core/log-event.ts";
import { scheduleEvery, type TimerHandle } from "../platform/clock.ts";
import type { InputContext, InputPlugin } from "../inputs/input-plugin.ts";

/** Larger than any id, so that ids always take five bytes and can be put in place. */
const widestId = 0xffffffff;
const template = encodeLogEvent({ time: 0, body: { id: widestId } });
const secondsOffset = 12;
const idOffset = template.length - 4;

const scratch = template.slice();
const scratchView = new DataView(scratch.buffer);

/** A record that says nothing but its number. The bytes are valid until the next call. */
export function encodeNumberedRecord(id: number, time: number): Uint8Array {
  scratchView.setUint32(secondsOffset, Math.floor(time / 1000));
  scratchView.setUint32(idOffset, id);
  return scratch;
}

/** The numbers of the records in a chunk of {@link encodeNumberedRecord}s. */
export function numbersIn(content: Uint8Array): number[] {
  if (content.length % template.length !== 0) throw new Error("not a chunk of numbered records");
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const numbers: number[] = [];
  for (let end = template.length; end <= content.length; end += template.length) {
    numbers.push(view.getUint32(end - 4));
  }
  return numbers;
}

/** The load of a simulation: every period, one numbered record for each tag. */
export class NumberedInput implements InputPlugin {
  readonly name = "dummy";
  readonly #tags: readonly string[];
  readonly #timing: { readonly period: number; readonly offset: number };
  readonly #accepted: (id: number, tag: string) => void;
  readonly #nextId: () => number;
  #timer: TimerHandle | undefined;
  /** Records are only produced while this is true. */
  feeding = true;

  /** `timing` in milliseconds; `accepted` gets each record that the engine took. */
  constructor(
    tags: readonly string[],
    timing: { readonly period: number; readonly offset: number },
    nextId: () => number,
    accepted: (id: number, tag: string) => void,
  ) {
    this.#tags = tags;
    this.#timing = timing;
    this.#nextId = nextId;
    this.#accepted = accepted;
  }

  start(context: InputContext): void {
    const { period, offset } = this.#timing;
    this.#timer = context.clock.schedule(offset, () => {
      this.#timer = scheduleEvery(context.clock, period, () => {
        this.#collect(context);
      });
      this.#collect(context);
    });
  }

  #collect(context: InputContext): void {
    if (!this.feeding) return;
    for (const tag of this.#tags) {
      const id = this.#nextId();
      const data = encodeNumberedRecord(id, context.clock.now());
      if (context.append(tag, data, 1)) this.#accepted(id, tag);
    }
  }

  stop(): void {
    this.#timer?.cancel();
  }
}
