import type { SlotMove } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import { Stepper, type SystemState } from "../compile/stepper.ts";
import type { ReplayedAction } from "./trace-step.ts";

/** What the world must have done for an outcome: the model's outputs answer as they are when they are asked. */
const worldBefore: Partial<Record<ReplayedAction, "outputUp" | "outputDown">> = {
  flushOk: "outputUp",
  flushRetry: "outputDown",
  flushDrop: "outputDown",
  scheduleFail: "outputDown",
};

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
  #stepper: Stepper;
  #actions = 0;
  #environmentActions = 0;

  constructor(scope: Scope) {
    this.scope = scope;
    this.#stepper = new Stepper(scope);
    const { chunks } = scope.parameters;
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
    return this.#stepper.amount(this.scope.system.vocabulary.up);
  }

  get tasks(): number {
    return this.#stepper.amount(this.scope.system.vocabulary.tasks);
  }

  get live(): number {
    return this.#stepper.amount(this.scope.system.vocabulary.live);
  }

  /** The over-limit counters, by output. */
  counters(): readonly number[] {
    return this.scope.system.counters.map((counter) => this.#stepper.amount(counter));
  }

  state(): SystemState {
    return this.#stepper.state();
  }

  isUp(chunk: string): boolean {
    return this.#counts(this.scope.system.vocabulary.up, chunk);
  }

  isLive(chunk: string): boolean {
    return this.#counts(this.scope.system.vocabulary.live, chunk);
  }

  hasTask(chunk: string): boolean {
    return this.#counts(this.scope.system.vocabulary.tasks, chunk);
  }

  /** The local state of the chunk in the model's words, such as `down running retry`; `absent` where it has no slot. */
  placeOf(chunk: string): string {
    const slot = this.#slots.get(chunk);
    if (slot === undefined) return "absent";
    return this.scope.system.places[this.#stepper.place(slot)]?.name ?? "absent";
  }

  /** Whether the chunk's delivery to an output is in this state. */
  deliveryIs(chunk: string, output: number, state: string): boolean {
    const slot = this.#slots.get(chunk);
    if (slot === undefined) return false;
    const machines = this.scope.system.places[this.#stepper.place(slot)]?.machines ?? [];
    return machines.some(
      (one) => one.role === "delivery" && one.output === output && one.state.value === state,
    );
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
      this.#slots.delete(chunk);
      this.#free.push(slot);
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
    const { places, quantities } = this.scope.system;
    const slot = this.#slotFor(chunk);
    const here = places[this.#stepper.place(slot)];
    const down = places.find(({ machines }) =>
      machines.every(({ role, state }, index) =>
        role === "chunk" ? state.value === "down" : state.id === here?.machines[index]?.state.id,
      ),
    );
    if (down === undefined) throw new Error(`chunk ${chunk} cannot be down here`);
    const { places: before, shared, amounts } = this.#stepper.state();
    const from = before[slot] ?? 0;
    this.#stepper = new Stepper(this.scope, {
      places: before.with(slot, down.id),
      shared,
      amounts: amounts.map(
        (amount, index) =>
          amount +
          (quantities[index]?.weights[down.id] ?? 0) -
          (quantities[index]?.weights[from] ?? 0),
      ),
    });
  }

  #slotFor(chunk: string): number {
    return this.#slots.get(chunk) ?? this.#free.at(-1) ?? -1;
  }

  #movesOf(slot: number): readonly SlotMove[] {
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
