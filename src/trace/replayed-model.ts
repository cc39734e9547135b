import type { SlotMove } from "../compile/compiled-system.ts";
import { type Scope, slotsOf } from "../compile/scope.ts";
import { Stepper, type SystemState } from "../compile/stepper.ts";
import { placeLike, withOpenGate, withSlotAt } from "./outside-moves.ts";
import type { ReplayedAction } from "./trace-step.ts";
import { gaugeOf } from "../compile/gauge.ts";

/** What the world must have done for an outcome: the model's outputs answer as they are when they are asked. */
const worldBefore: Partial<Record<ReplayedAction, "outputUp" | "outputDown">> = {
  flushOk: "outputUp",
  flushRetry: "outputDown",
  flushDrop: "outputDown",
  scheduleFail: "outputDown",
};

/** The place of a free slot. */
const absent = 0;

/**
 * The model, stepped by what a trace says. Chunks are known by name, and take the free slots in turn.
 *
 * Flushes overlap in the real engine, and whether one succeeds was decided when the far end answered, not when the
 * engine read the answer. In the model an output is online or offline at the moment of the outcome. So where an outcome
 * needs it, `outputDown` or `outputUp` is put in before it: the environment is free to do so at any time, and nothing
 * else of the model depends on it.
 */
export class ReplayedModel {
  readonly scope: Scope;
  readonly #slots = new Map<string, number>();
  readonly #free: number[];
  /** Chunks that wait where the model has no place for them, with the place that they had. */
  readonly #outside = new Map<string, number>();
  #stepper: Stepper;
  #actions = 0;
  #environmentActions = 0;

  constructor(scope: Scope) {
    this.scope = scope;
    this.#stepper = new Stepper(scope);
    const chunks = slotsOf(scope);
    this.#free = Array.from({ length: chunks }, (_, index) => chunks - 1 - index);
  }

  /** Actions of the input, the engine and the scheduler that were replayed. */
  get actions(): number {
    return this.#actions;
  }

  /** Actions of the environment that were put in: `outputDown`, `outputUp`, `crash`, `shutdown`. */
  get environmentActions(): number {
    return this.#environmentActions;
  }

  get up(): number {
    return this.#stepper.amount(gaugeOf(this.scope.system, "up"));
  }

  get tasks(): number {
    return this.#stepper.amount(gaugeOf(this.scope.system, "tasks"));
  }

  /** Live chunks, those that are outside the model included. */
  get live(): number {
    return this.#stepper.amount(this.scope.system.vocabulary.live) + this.#outside.size;
  }

  /** The over-limit counters, by output. */
  counters(): readonly number[] {
    return this.scope.system.counters.map((counter) => this.#stepper.amount(counter));
  }

  state(): SystemState {
    return this.#stepper.state();
  }

  isUp(chunk: string): boolean {
    return this.#counts(gaugeOf(this.scope.system, "up"), chunk);
  }

  isLive(chunk: string): boolean {
    return this.#counts(this.scope.system.vocabulary.live, chunk);
  }

  hasTask(chunk: string): boolean {
    return this.#counts(gaugeOf(this.scope.system, "tasks"), chunk);
  }

  /** The local state of the chunk in the model's words, such as `down running retry`; `absent` where it has no slot. */
  placeOf(chunk: string): string {
    const slot = this.#slots.get(chunk);
    if (slot === undefined) return "absent";
    return this.scope.system.places[this.#stepper.place(slot)]?.name ?? "absent";
  }

  /** Whether a machine of the chunk is in this state; `output` is null for a machine that is not one of an output. */
  is(chunk: string, role: string, output: number | null, state: string): boolean {
    const slot = this.#slots.get(chunk);
    const place = slot === undefined ? this.#outside.get(chunk) : this.#stepper.place(slot);
    const machines = this.scope.system.places[place ?? -1]?.machines ?? [];
    return machines.some(
      (one) => one.role === role && one.output === output && one.state.value === state,
    );
  }

  /** The outputs that a parked chunk owes, a bit for each. */
  owedBy(chunk: string): number {
    let mask = 0;
    for (let output = 0; output < this.scope.system.outputs; output++) {
      if (this.is(chunk, "delivery", output, "owed")) mask |= 1 << output;
    }
    return mask;
  }

  /** The actions, other than the environment's, that the model allows the chunk now: `flushOk 0` and so on. */
  allows(chunk: string): readonly string[] {
    return this.#movesOf(this.#slotFor(chunk)).map(({ action, output }) =>
      output === null ? action : `${action} ${output}`,
    );
  }

  /**
   * Takes an action of a chunk, after what the world must have done for it.
   *
   * @param mask the outputs that the chunk goes to; only `ingest` asks
   * @returns whether the model allows the action
   */
  take(
    action: ReplayedAction,
    chunk: string,
    output: number | null,
    mask: readonly number[],
  ): boolean {
    const slot = this.#slotFor(chunk);
    const find = (): SlotMove | undefined =>
      this.#movesOf(slot).find(
        (move) =>
          move.action === action &&
          move.output === output &&
          (move.mask === null || move.mask.join() === mask.join()),
      );
    let move = find();
    const before = worldBefore[action];
    if (move === undefined && before !== undefined && this.takeSystem(before, output)) {
      move = find();
    }
    if (move === undefined) return false;
    this.#stepper.move(move, slot);
    this.#actions++;
    if (action === "ingest") {
      this.#slots.set(chunk, slot);
      this.#free.pop();
    } else if (!this.isLive(chunk)) {
      this.#forget(chunk, slot);
    }
    return true;
  }

  /** Takes an action that is not of one chunk; returns whether the model allows it. */
  takeSystem(action: string, output: number | null): boolean {
    const move = this.scope.system.systemMoves.find(
      (one) => one.action === action && one.output === output && this.#stepper.canMoveSystem(one),
    );
    if (move === undefined) return false;
    this.#stepper.moveSystem(move);
    this.#environmentActions++;
    return true;
  }

  /**
   * Puts an idle chunk down as no action of the model does. This is for the one thing that real engines do and the model
   * leaves out; see `validateTrace`.
   */
  putDownOutsideTheModel(chunk: string): void {
    const slot = this.#slotFor(chunk);
    const wanted = (role: string): string | undefined => (role === "chunk" ? "down" : undefined);
    this.#put(slot, placeLike(this.scope, this.#stepper.place(slot), wanted));
  }

  /** Whether the chunk waits where the model has no place for it. */
  isOutside(chunk: string): boolean {
    return this.#outside.has(chunk);
  }

  /** Whether the chunk is outside, and nothing is known of it but that it is there. */
  isUnknown(chunk: string): boolean {
    return this.#outside.get(chunk) === absent;
  }

  /** The chunks that wait where the model has no place for them. */
  outside(): readonly string[] {
    return [...this.#outside.keys()];
  }

  /** Takes an idle chunk out of the model: out of the queue, and out of its slot. */
  takeOut(chunk: string): void {
    const slot = this.#slots.get(chunk);
    if (slot === undefined) return;
    this.#outside.set(chunk, this.#stepper.place(slot));
    this.#put(slot, absent);
    this.#forget(chunk, slot);
  }

  /** A chunk of which nothing is known but that it is there, outside the model. */
  findOutside(chunk: string): void {
    this.#outside.set(chunk, absent);
  }

  /**
   * Puts a chunk that was outside into the queue: down, idle and new.
   *
   * @param owed what it owes, a bit for each output; null where that is what it was
   */
  putBack(chunk: string, owed: number | null): void {
    const slot = this.#free.pop();
    if (slot === undefined) throw new Error(`there is no slot for chunk ${chunk}`);
    this.#put(slot, this.#queuedPlace(chunk, owed));
    this.#outside.delete(chunk);
    this.#slots.set(chunk, slot);
  }

  /** Makes an idle chunk new, as if its turn had been taken. */
  makeNew(chunk: string): void {
    const slot = this.#slotFor(chunk);
    const wanted = (role: string): string | undefined => (role === "age" ? "new" : undefined);
    this.#put(slot, placeLike(this.scope, this.#stepper.place(slot), wanted));
  }

  /** Opens the gate, if no old chunk keeps it shut: it follows what was done outside the model, too. */
  openGate(): void {
    this.#stepper = new Stepper(this.scope, withOpenGate(this.scope, this.#stepper.state()));
  }

  /** The state as it would be with every chunk that is outside back in the queue. */
  stateWithAll(): SystemState {
    let state = this.#stepper.state();
    for (const chunk of this.#outside.keys()) {
      if (this.#outside.get(chunk) === absent) continue;
      const slot = state.places.indexOf(absent);
      state = withSlotAt(this.scope, state, slot, this.#queuedPlace(chunk, null));
    }
    return this.#outside.size === 0 ? state : withOpenGate(this.scope, state);
  }

  #queuedPlace(chunk: string, owed: number | null): number {
    return placeLike(this.scope, this.#outside.get(chunk) ?? absent, (role, output) => {
      if (role === "chunk") return "down";
      if (role === "age") return "new";
      if (role !== "delivery" || owed === null || output === null) return undefined;
      return (owed & (1 << output)) === 0 ? "settled" : "owed";
    });
  }

  #put(slot: number, place: number): void {
    this.#stepper = new Stepper(
      this.scope,
      withSlotAt(this.scope, this.#stepper.state(), slot, place),
    );
  }

  #forget(chunk: string, slot: number): void {
    this.#slots.delete(chunk);
    this.#free.push(slot);
  }

  #slotFor(chunk: string): number {
    return this.#slots.get(chunk) ?? this.#free.at(-1) ?? -1;
  }

  #movesOf(slot: number): readonly SlotMove[] {
    // A chunk that the model has no slot left for can do nothing.
    if (slot < 0) return [];
    return (this.scope.system.movesFrom[this.#stepper.place(slot)] ?? []).filter((move) =>
      this.#stepper.canMove(move, slot),
    );
  }

  #counts(total: number, chunk: string): boolean {
    const slot = this.#slots.get(chunk);
    if (slot === undefined) return false;
    return this.scope.system.quantities[total]?.weights[this.#stepper.place(slot)] === 1;
  }
}
