/**
 * The Collector's queue, written from its page alone: plain states, one function for each rule, with awake consumers counted
 * as the page counts them. It shares nothing with the model.
 */

/** What section 1 of the page sets. */
export interface Settings {
  readonly N: number;
  readonly Q: number;
  readonly C: number;
  readonly release: "v0.121" | "v0.129" | "v0.159";
  readonly memory: boolean;
  readonly crash: "no" | "running" | "any";
  /** The flags that are on. */
  readonly on: ReadonlySet<string>;
}

/** A labelled state of section 2. */
export interface State {
  readonly slots: readonly string[];
  readonly backend: string;
  readonly phase: string;
  readonly token: number;
  readonly jam: boolean;
  readonly size: number;
  readonly awake: number;
}

/** An action of section 3. */
export interface Step {
  readonly after: State;
  readonly engine: boolean;
  readonly lost: boolean;
}

const storedStates = ["queued", "hole", "exporting", "backoff", "left"];

/** How many slots are in one of these states. */
export function countOf({ slots }: State, ...states: readonly string[]): number {
  return slots.filter((slot) => states.includes(slot)).length;
}

function put(state: State, slot: number, to: string, change: Partial<State> = {}): State {
  return { ...state, ...change, slots: state.slots.with(slot, to) };
}

/** The rules of the page for some settings. */
export class QueueRules {
  readonly #s: Settings;
  readonly #counts: boolean;
  readonly #holes: boolean;

  constructor(settings: Settings) {
    this.#s = settings;
    this.#counts = settings.release !== "v0.159";
    this.#holes = !this.#counts && settings.on.has("putFails");
  }

  get initial(): State {
    const { N, C } = this.#s;
    return {
      slots: Array.from({ length: N }, () => "absent"),
      ...{ backend: "up", phase: "run", token: 0, jam: false, size: 0 },
      awake: this.#holes ? C : 0,
    };
  }

  sizeOf(state: State): number {
    return this.#counts ? state.size : countOf(state, ...storedStates);
  }

  /** Every enabled action. */
  steps(state: State): readonly Step[] {
    const found: Step[] = [];
    const add = (after: State | readonly State[], engine: boolean, lost = false): void => {
      for (const one of [after].flat()) found.push({ after: one, engine, lost });
    };
    state.slots.forEach((_, slot) => {
      this.#producer(state, slot, add);
      this.#consumer(state, slot, add);
      this.#restored(state, slot, add);
    });
    this.#process(state, add);
    this.#world(state, add);
    return found;
  }

  #is(...phases: readonly string[]): (state: State) => boolean {
    return ({ phase }) => phases.includes(phase);
  }

  #on = this.#is("run", "close");
  #working = this.#is("run", "close", "stop");
  #alive = this.#is("run", "close", "stop", "off");

  #signal(state: State): readonly State[] {
    const waiters = countOf(state, "waiting", "cancelled") - state.token;
    if (waiters === 0) return [state];
    if (state.token === 0) return [{ ...state, token: 1 }];
    const waiting = state.slots.flatMap((one, slot) => (one === "waiting" ? [slot] : []));
    return waiting.length === 0
      ? [{ ...state, jam: true }]
      : waiting.map((slot) => put(state, slot, "woken"));
  }

  #less({ size }: State): Partial<State> {
    return this.#counts ? { size: Math.max(0, size - 1) } : {};
  }

  #store(state: State, slot: number): State {
    const busy = countOf(state, "exporting", "backoff");
    const wakes = this.#holes && this.#on(state) && this.#s.C > state.awake + busy;
    return put(state, slot, "queued", {
      size: this.#counts ? state.size + 1 : 0,
      awake: state.awake + (wakes ? 1 : 0),
    });
  }

  #complete(state: State, slot: number): readonly State[] {
    const awake = state.awake + (this.#holes && this.#on(state) ? 1 : 0);
    return this.#signal(put(state, slot, "absent", { ...this.#less(state), awake }));
  }

  #shut(state: State, slot: number): readonly State[] {
    if (this.#s.memory) return this.#signal(put(state, slot, "absent"));
    const after = put(state, slot, "left", this.#less(state));
    return this.#s.release === "v0.121" ? this.#signal(after) : [after];
  }

  #drained(state: State): readonly State[] {
    if (!this.#counts || countOf(state, "queued") > 0) return [state];
    const after = { ...state, size: 0 };
    return this.#s.release === "v0.121" ? this.#signal(after) : [after];
  }

  #producer(state: State, slot: number, add: Adds): void {
    const { Q, on, memory } = this.#s;
    const { jam, token, phase } = state;
    const is = state.slots[slot];
    const full = this.sizeOf(state) >= Q;
    if (is === "waiting" && on.has("cancels") && this.#alive(state)) {
      add(put(state, slot, "cancelled"), false);
    }
    if (jam) return;
    if (is === "absent" && phase === "run") {
      if (full) add(on.has("block") ? put(state, slot, "waiting") : state, false);
      else {
        add(this.#store(state, slot), false);
        if (on.has("putFails")) add(put(state, slot, this.#holes ? "hole" : "absent"), false);
      }
    }
    if (!this.#alive(state)) return;
    if (is === "waiting" && token === 1) add(put(state, slot, "woken", { token: 0 }), true);
    if (is === "cancelled") {
      const waiters = countOf(state, "waiting", "cancelled") - token;
      add(put(state, slot, "absent", waiters === 0 ? { token: 0 } : {}), true);
    }
    if (is !== "woken") return;
    const isClosed =
      phase === "off" || (phase === "stop" && countOf(state, "exporting", "backoff") === 0);
    if (full) add(put(state, slot, "waiting"), true);
    else if (memory) {
      const lost = phase === "off" && !on.has("waitForResult");
      add(this.#store(state, slot), true, lost);
    } else if (isClosed) add(put(state, slot, "absent"), true);
    else {
      add(this.#store(state, slot), true);
      if (on.has("putFails")) add(put(state, slot, this.#holes ? "hole" : "absent"), false);
    }
  }

  #reading(state: State): boolean {
    const { C, memory } = this.#s;
    const isThere = memory ? this.#working(state) : this.#on(state);
    const free = countOf(state, "exporting", "backoff") < C;
    return isThere && free && (!this.#holes || state.awake > 0);
  }

  #consumer(state: State, slot: number, add: Adds): void {
    const { on, release } = this.#s;
    const is = state.slots[slot];
    const { jam } = state;
    if (!jam && is === "queued" && this.#reading(state)) {
      const awake = state.awake - (this.#holes ? 1 : 0);
      add(this.#drained(put(state, slot, "exporting", { awake })), true);
      if (on.has("readFails")) {
        const after = this.#drained(put(state, slot, "absent"));
        const signals = release !== "v0.121";
        add(signals ? after.flatMap((one) => this.#signal(one)) : after, false, true);
      }
    }
    if (!jam && is === "hole" && this.#reading(state)) {
      add(this.#signal(put(state, slot, "absent")), true);
    }
    if (is === "exporting") this.#export(state, slot, add);
    if (is === "backoff") {
      if (this.#on(state)) add(put(state, slot, "exporting"), true);
      if (!jam && state.phase === "stop") add(this.#shut(state, slot), true);
    }
  }

  #export(state: State, slot: number, add: Adds): void {
    const { on } = this.#s;
    const { backend, jam, phase } = state;
    const failing = backend === "down" || (backend === "hung" && on.has("timeout"));
    const serves = !jam && this.#working(state);
    if (serves && backend === "up") {
      add(this.#complete(state, slot), true);
      if (on.has("rejects")) add(this.#complete(state, slot), false);
    }
    if (!failing) return;
    if (on.has("retry")) {
      if (this.#on(state)) add(put(state, slot, "backoff"), true);
      if (!jam && phase === "stop") add(this.#shut(state, slot), true);
    } else if (serves) add(this.#complete(state, slot), true);
    if (on.has("giveUp") && serves) add(this.#complete(state, slot), true);
  }

  #restored(state: State, slot: number, add: Adds): void {
    const { Q, on } = this.#s;
    if (state.phase !== "start" || state.slots[slot] !== "held") return;
    if (this.#counts && state.size >= Q) {
      if (!on.has("block")) add(put(state, slot, "absent"), true, true);
      return;
    }
    const size = this.#counts ? state.size + 1 : 0;
    add(put(state, slot, "queued", { size }), true);
    if (on.has("putFails")) {
      add(put(state, slot, this.#holes ? "hole" : "absent"), false, true);
    }
  }

  #process(state: State, add: Adds): void {
    const { C, memory } = this.#s;
    const { phase, jam, slots } = state;
    const busy = countOf(state, "exporting", "backoff");
    const size = this.#counts ? countOf(state, "queued") : 0;
    if (!jam && this.#holes && state.awake > 0 && this.#on(state)) {
      if (countOf(state, "queued", "hole") === 0) add({ ...state, awake: state.awake - 1 }, true);
    }
    if (!jam && phase === "close" && countOf(state, "waiting", "cancelled", "woken") === 0) {
      add({ ...state, phase: "stop", awake: 0 }, true);
    }
    if (!jam && phase === "stop" && busy === 0 && (!memory || countOf(state, "queued") === 0)) {
      add({ ...state, phase: "off" }, true);
    }
    if (phase === "load") {
      const held = slots.map((one) => (one === "left" ? "held" : one));
      add({ ...state, slots: held, size, phase: "start" }, true);
    }
    if (phase === "start" && countOf(state, "held") === 0) {
      add({ ...state, phase: "run", awake: this.#holes ? C : 0 }, true);
    }
  }

  #begun(state: State): State {
    const kept = (one: string): string =>
      this.#s.memory || !["exporting", "backoff", "queued", "left"].includes(one)
        ? "absent"
        : one === "queued"
          ? "queued"
          : "left";
    const nothing = { token: 0, jam: false, size: 0, awake: 0 };
    return { ...state, ...nothing, phase: "load", slots: state.slots.map(kept) };
  }

  #world(state: State, add: Adds): void {
    const { on, crash } = this.#s;
    const { backend, phase, slots } = state;
    if (backend === "up") add({ ...state, backend: "down" }, false);
    if (backend === "down") add({ ...state, backend: "up" }, false);
    if (on.has("hangs") && backend === "up") add({ ...state, backend: "hung" }, false);
    if (on.has("hangs") && backend === "hung") add({ ...state, backend: "up" }, false);
    const dies = crash !== "no" && this.#working(state);
    if (dies || (crash === "any" && ["load", "start"].includes(phase))) {
      add(this.#begun(state), false, countOf(state, "held") > 0);
    }
    if (on.has("shutdown") && phase === "run") {
      const waits = on.has("receiversWait");
      add({ ...state, phase: waits ? "close" : "stop", awake: waits ? state.awake : 0 }, false);
    }
    if (phase === "off") add(this.#begun(state), false);
    if (!on.has("loadFails") || phase !== "load") return;
    const empty = slots.map((one) =>
      one === "queued" ? "absent" : one === "left" ? (this.#counts ? "held" : "absent") : one,
    );
    const lost = countOf(state, "queued", ...(this.#counts ? [] : ["left"])) > 0;
    add({ ...state, slots: empty, size: 0, phase: "start" }, false, lost);
    if (countOf(state, "left") === 0) return;
    const without = slots.map((one) => (one === "left" ? "absent" : one));
    const size = this.#counts ? countOf(state, "queued") : 0;
    add({ ...state, slots: without, size, phase: "start" }, false, true);
  }
}

type Adds = (after: State | readonly State[], engine: boolean, lost?: boolean) => void;
