/**
 * Fluentd's buffered output, written from its page alone: plain states, one function for each rule. It shares nothing with the
 * model.
 */

/** What section 1 of the page sets. */
export interface Settings {
  readonly N: number;
  readonly L: number;
  readonly F: number;
  readonly K: number;
  /** Missing for none. */
  readonly R: number | null;
  readonly release: "v0.14.11" | "v1.11" | "v1.12" | "v1.19";
  readonly overflow: "throw" | "block" | "drop";
  readonly mode: "interval" | "immediate" | "lazy";
  readonly reemit: "no" | "plain" | "checked";
  readonly memory: boolean;
  readonly flushAtShutdown: boolean;
  /** The flags that are on. */
  readonly on: ReadonlySet<string>;
}

/** A labelled state of section 2. */
export interface State {
  readonly slots: readonly string[];
  readonly backend: string;
  readonly phase: string;
  readonly retry: string;
  readonly steps: number;
  readonly sec: number;
  readonly drift: number;
}

/** An action of section 3. */
export interface Step {
  readonly after: State;
  readonly engine: boolean;
  readonly lost: boolean;
}

type Adds = (after: State, engine: boolean, lost?: boolean) => void;

const held = ["writing", "writing2", "emitting"];
const dequeued = [...held, "pending"];

/** How many slots are in one of these states. */
export function countOf({ slots }: State, ...states: readonly string[]): number {
  return slots.filter((slot) => states.includes(slot)).length;
}

/** What the page calls *total*. */
export function totalOf(state: State): number {
  return countOf(state, "staged", "queued", ...dequeued);
}

function put(state: State, slot: number, to: string): State {
  return { ...state, slots: state.slots.with(slot, to) };
}

function calm(state: State): State {
  return { ...state, retry: "none", steps: 0, sec: 0 };
}

function living({ phase }: State): boolean {
  return phase !== "off";
}

function flushing({ phase }: State): boolean {
  return phase !== "off" && phase !== "join";
}

/** The rules of the page for some settings. */
export class BufferRules {
  readonly #s: Settings;

  constructor(settings: Settings) {
    this.#s = settings;
  }

  get initial(): State {
    return calm({
      slots: Array.from({ length: this.#s.N }, () => "absent"),
      ...{ backend: "up", phase: "run", retry: "none", steps: 0, sec: 0, drift: 0 },
    });
  }

  storable(state: State): boolean {
    return totalOf(state) - state.drift < this.#s.L;
  }

  /** Every enabled action. */
  steps(state: State): readonly Step[] {
    const found: Step[] = [];
    const add: Adds = (after, engine, lost = false) => found.push({ after, engine, lost });
    state.slots.forEach((is, slot) => {
      if (is === "absent" && state.phase === "run") this.#emit(state, slot, add);
      if (is === "waiting" || is === "entering") this.#producer(state, slot, add);
      if (is === "staged" || is === "queued") this.#queue(state, slot, add);
      if (is === "writing" && living(state)) this.#write(state, slot, add);
      if (is === "writing2" && living(state)) add(calm(put(state, slot, "absent")), true);
      if (is === "pending") this.#pending(state, slot, add);
      if (is === "emitting" && living(state)) this.#emitting(state, slot, add);
    });
    this.#retry(state, add);
    this.#life(state, add);
    this.#world(state, add);
    return found;
  }

  get #target(): string {
    return this.#s.mode === "immediate" ? "queued" : "staged";
  }

  get #entered(): string {
    return this.#s.on.has("race") ? "entering" : this.#target;
  }

  #clear(state: State): State {
    const slots = state.slots.map((one) => (one === "queued" ? "absent" : one));
    return calm({ ...state, slots, drift: countOf(state, ...dequeued) });
  }

  #limit(steps: number): boolean {
    return this.#s.R !== null && steps >= this.#s.R;
  }

  #update(state: State): State {
    const { R, release } = this.#s;
    const { retry, steps } = state;
    const stepped = R === null ? 0 : steps + 1;
    if (release === "v1.19") {
      if (retry === "waiting") return state;
      const now = retry === "none" ? 0 : stepped;
      return this.#limit(now) ? this.#clear(state) : { ...state, retry: "waiting", steps: now };
    }
    if (retry === "none") return { ...state, retry: "waiting", steps: 0 };
    if (this.#limit(steps)) return this.#clear(state);
    if (retry === "waiting" && release === "v1.12") return state;
    return { ...state, retry: "waiting", steps: stepped };
  }

  #fail(state: State, slot: number): State {
    return this.#update(put(state, slot, "queued"));
  }

  /** The states after a queued chunk is dropped, and what is left to do with this slot. */
  #dropping(state: State): readonly State[] {
    return state.slots.flatMap((one, slot) =>
      one === "queued" ? [put(state, slot, "absent")] : [],
    );
  }

  #emit(state: State, slot: number, add: Adds): void {
    const { overflow } = this.#s;
    if (this.storable(state)) {
      add(put(state, slot, this.#entered), false);
      return;
    }
    if (overflow === "block") {
      add(put(state, slot, "waiting"), false);
      return;
    }
    const dropped = overflow === "drop" ? this.#dropping(state) : [];
    for (const one of dropped) {
      add(this.storable(one) ? put(one, slot, this.#entered) : one, false);
    }
    if (dropped.length === 0) add(state, false);
  }

  #producer(state: State, slot: number, add: Adds): void {
    if (!living(state)) return;
    if (state.slots[slot] === "entering") {
      add(put(state, slot, this.#target), true);
      return;
    }
    if (this.storable(state)) {
      add(put(state, slot, this.#entered), true);
      return;
    }
    if (this.#breaks(state)) add(put(state, slot, "absent"), true);
  }

  #breaks({ phase }: State): boolean {
    return phase !== "run" && phase !== "off" && this.#s.release !== "v0.14.11";
  }

  #queue(state: State, slot: number, add: Adds): void {
    const { mode, K, F } = this.#s;
    const { phase, retry, sec } = state;
    if (state.slots[slot] === "queued") {
      if (!flushing(state) || retry === "waiting" || countOf(state, ...held) >= F) return;
      add(put(state, slot, retry === "due" && sec === 1 ? "writing2" : "writing"), true);
      return;
    }
    if (mode === "interval" && ["run", "stop", "flush"].includes(phase)) {
      if (countOf(state, "queued") < K) add(put(state, slot, "queued"), true);
    }
    if (mode === "lazy" && phase === "run" && this.storable(state)) {
      add(put(state, slot, "queued"), false);
    }
  }

  #write(state: State, slot: number, add: Adds): void {
    const { on, reemit } = this.#s;
    const { backend } = state;
    const delayed = on.has("delayed");
    if (delayed && backend !== "down") add(put(state, slot, "pending"), true);
    if (!delayed && backend === "up") add(calm(put(state, slot, "absent")), true);
    const expires = backend === "hung" && !delayed && on.has("timeout");
    if (backend === "down" || expires) add(this.#fail(state, slot), true);
    if (backend !== "down") return;
    if (reemit === "plain" || (reemit === "checked" && this.storable(state))) {
      add(put(state, slot, "emitting"), true);
    }
  }

  #pending(state: State, slot: number, add: Adds): void {
    const { backend, phase } = state;
    if (backend === "up" && living(state)) add(calm(put(state, slot, "absent")), true);
    const after = this.#fail(state, slot);
    if (flushing(state) && countOf(state, ...held) < this.#s.F) add(after, false);
    if (phase === "drain") add(after, true, after.slots[slot] === "absent");
  }

  #emitting(state: State, slot: number, add: Adds): void {
    const { overflow } = this.#s;
    const again = (one: State): State => calm(put(one, slot, this.#target));
    if (this.storable(state)) {
      add(again(state), true);
      return;
    }
    if (overflow === "block") {
      if (this.#breaks(state)) add(this.#fail(state, slot), true);
      return;
    }
    const dropped = overflow === "drop" ? this.#dropping(state) : [];
    for (const one of dropped) add(this.storable(one) ? again(one) : this.#fail(one, slot), true);
    if (dropped.length === 0) add(this.#fail(state, slot), true);
  }

  #retry(state: State, add: Adds): void {
    if (state.retry === "waiting") add({ ...state, retry: "due" }, true);
    if (this.#s.on.has("secondary") && state.retry !== "none" && state.sec === 0) {
      add({ ...state, sec: 1 }, false);
    }
  }

  #life(state: State, add: Adds): void {
    const { flushAtShutdown, memory, on } = this.#s;
    const { phase, slots, retry } = state;
    if (on.has("shutdown") && phase === "run") add({ ...state, phase: "stop" }, false);
    if (phase === "stop" && countOf(state, "waiting", "entering") === 0) {
      const flushed = slots.map((one) => (one === "staged" ? "queued" : one));
      add(
        flushAtShutdown
          ? { ...state, slots: flushed, phase: "flush" }
          : { ...state, phase: "drain" },
        true,
      );
    }
    if (phase === "flush" && (retry !== "none" || countOf(state, "queued") === 0)) {
      add({ ...state, phase: "drain" }, true);
    }
    if (phase === "drain" && countOf(state, "pending") === 0) {
      add({ ...state, phase: "join" }, true);
    }
    if (phase === "join" && countOf(state, ...held) === 0) {
      const kept = slots.map((one) => (memory ? "absent" : one === "pending" ? "queued" : one));
      const lost = memory && totalOf(state) > 0;
      add(calm({ ...state, slots: kept, phase: "off", drift: 0 }), true, lost);
    }
    if (phase === "off") add({ ...state, phase: "run" }, false);
  }

  #world(state: State, add: Adds): void {
    const { on, memory } = this.#s;
    const { backend, slots } = state;
    if (on.has("crash") && living(state)) {
      const kept = slots.map((one) =>
        memory || ["absent", "waiting", "entering"].includes(one)
          ? "absent"
          : one === "staged"
            ? "staged"
            : "queued",
      );
      add(calm({ ...state, slots: kept, phase: "run", drift: 0 }), false);
    }
    if (backend === "up") add({ ...state, backend: "down" }, false);
    if (backend === "down") add({ ...state, backend: "up" }, false);
    if (on.has("hangs") && backend === "up") add({ ...state, backend: "hung" }, false);
    if (on.has("hangs") && backend === "hung") add({ ...state, backend: "up" }, false);
  }
}
