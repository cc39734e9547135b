/** What is wrong with a port: at one place of its code it does something else, always or in some circumstance. */
export interface Fault {
  /** A place of the code, such as `flushRetry: it waits`. */
  readonly place: string;
  /** What happens there instead, such as `left out`. */
  readonly change: string;
  /** In which circumstance; `always` if in each. */
  readonly when: string;
}

/** A fault in a line. */
export function faultWords({ place, change, when }: Fault): string {
  return `${place}: ${change}${when === "always" ? "" : `, ${when}`}`;
}

/** The key of a fault. */
export function faultKey(place: string, change: string, when: string): string {
  return `${place}|${change}|${when}`;
}

/** What a fault is about. */
export const faultKinds = [
  "guard",
  "limit",
  "effect",
  "counter",
  "output index",
  "stray effect",
] as const;

/** One of them. */
export type FaultKind = (typeof faultKinds)[number];

const kindOfChange: Readonly<Record<string, FaultKind>> = {
  "one more": "limit",
  "one less": "limit",
  "left out": "effect",
  "not counted": "counter",
  "counted twice": "counter",
  "output 0": "output index",
  "the next output": "output index",
  done: "stray effect",
};

/** What a fault is about: a guard, if it is nothing else. */
export function kindOf({ change }: Fault): FaultKind {
  return kindOfChange[change] ?? "guard";
}

/** Told of each place that is passed, and for what could be changed there, whether that would be different now. */
export type Watch = (
  place: string,
  changes: Readonly<Record<string, boolean>>,
  circumstances: readonly string[],
) => void;

/** What is asked at a place instead of the right question: each is a fault of its own. */
type Instead = Readonly<Record<string, () => boolean>>;

/** What a place needs to know of the port that it is in. */
export interface Surroundings {
  /** The names of the circumstances in which the port is. */
  readonly circumstances: () => readonly string[];
  readonly outputs: () => number;
  /** All that the port keeps. */
  readonly memory: () => string;
}

/** The places of a port's code. Without a fault each of them does what it should. */
export class Places {
  readonly #port: Surroundings;
  #fault: Fault | undefined;
  readonly #watch: Watch | undefined;

  constructor(port: Surroundings, fault?: Fault, watch?: Watch) {
    this.#port = port;
    this.#fault = fault;
    this.#watch = watch;
  }

  /** From here on the code has this fault, or none. */
  be(fault: Fault | undefined): void {
    this.#fault = fault;
  }

  /** A condition, whatever it is part of. */
  asks(place: string, holds: boolean, instead: Instead = {}): boolean {
    this.#tell(place, () => ({
      "not asked": !holds,
      "always no": holds,
      ...Object.fromEntries(
        Object.entries(instead).map(([name, asked]) => [name, asked() !== holds]),
      ),
    }));
    const change = this.#change(place);
    if (change === undefined) return holds;
    return change === "not asked" || (change !== "always no" && instead[change]?.() === true);
  }

  /** A number that something is compared with. */
  limit(place: string, value: number): number {
    this.#tell(place, () => ({ "one more": true, "one less": true }));
    const change = this.#change(place);
    return change === undefined ? value : change === "one more" ? value + 1 : value - 1;
  }

  /** A change of the state. */
  does(place: string, effect: () => void): void {
    if (this.#watch !== undefined && this.#fault === undefined) {
      const before = this.#port.memory();
      const circumstances = this.#port.circumstances();
      effect();
      this.#watch(place, { "left out": this.#port.memory() !== before }, circumstances);
    } else if (this.#change(place) === undefined) effect();
  }

  /** A change of a counter. */
  counts(place: string, effect: () => void): void {
    this.#tell(place, () => ({ "not counted": true, "counted twice": true }));
    const change = this.#change(place);
    if (change !== "not counted") effect();
    if (change === "counted twice") effect();
  }

  /** The output that something is about. */
  which(place: string, output: number): number {
    const next = (output + 1) % this.#port.outputs();
    this.#tell(place, () => ({ "output 0": output !== 0, "the next output": output !== next }));
    const change = this.#change(place);
    return change === undefined ? output : change === "output 0" ? 0 : next;
  }

  /** Whether something is done here that must not be done. */
  strays(place: string): boolean {
    this.#tell(place, () => ({ done: true }));
    return this.#change(place) !== undefined;
  }

  #tell(place: string, changes: () => Readonly<Record<string, boolean>>): void {
    if (this.#watch === undefined || this.#fault !== undefined) return;
    this.#watch(place, changes(), this.#port.circumstances());
  }

  #change(place: string): string | undefined {
    const fault = this.#fault;
    if (fault?.place !== place) return undefined;
    return fault.when === "always" || this.#port.circumstances().includes(fault.when)
      ? fault.change
      : undefined;
  }
}
