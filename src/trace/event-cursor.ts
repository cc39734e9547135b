import type { EventKind, TraceEvent } from "./trace-event.ts";

/** A place in a trace, from which the events of one step are taken. */
export class EventCursor {
  readonly #events: readonly TraceEvent[];
  readonly #from: number;
  #next: number;
  #cutShort = false;

  /** @param from the index of the first event of the step; it is taken at once */
  constructor(events: readonly TraceEvent[], from: number) {
    this.#events = events;
    this.#from = from;
    this.#next = from + 1;
  }

  /** The index of the first event that does not belong to the step. */
  get next(): number {
    return this.#next;
  }

  /** Whether the trace ended in the middle of what was looked for. */
  get cutShort(): boolean {
    return this.#cutShort;
  }

  /** Whether the trace ends with the events taken so far. */
  get atEnd(): boolean {
    return this.#next >= this.#events.length;
  }

  /** The event after those of the step so far, whatever chunk it is about; undefined at the end of the trace. */
  peek(): TraceEvent | undefined {
    return this.#events[this.#next];
  }

  /** The events of the step so far. */
  taken(): readonly TraceEvent[] {
    return this.#events.slice(this.#from, this.#next);
  }

  /** Takes the next events if they are of these kinds, in this order, and of the step's own chunk and output. */
  follow(...kinds: readonly EventKind[]): boolean {
    const left = this.#events.length - this.#next;
    const matches = kinds
      .slice(0, left)
      .every((kind, index) => this.#isNext(kind, this.#next + index));
    if (matches && left < kinds.length) {
      this.#cutShort ||= left > 0;
      return false;
    }
    if (matches) this.#next += kinds.length;
    return matches;
  }

  #isNext(kind: EventKind, at: number): boolean {
    const first = this.#events[this.#from];
    const event = this.#events[at];
    if (first === undefined || event?.kind !== kind) return false;
    const agrees = (left: number, right: number): boolean =>
      left < 0 || right < 0 || left === right;
    if (!agrees(first.task, event.task) || !agrees(first.output, event.output)) return false;
    // A reschedule says only which task.
    return event.chunk === "" || event.chunk === first.chunk;
  }
}
