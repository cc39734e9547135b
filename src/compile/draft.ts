import { entryAt } from "../errors/checked-access.ts";
import type { Comparison, Message } from "../../models/description.ts";
import type { CounterChange, Guard, SharedMachine, SharedState } from "./compiled-system.ts";
import { compileGuard, conjoin, negate, shifted } from "./guards.ts";
import type { QuantityTable } from "./quantity-table.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** The part of a system outside the slots, as drafts of actions see it. */
export interface Surroundings {
  readonly shared: readonly SharedMachine[];
  readonly quantities: QuantityTable;
}

/**
 * An action as far as it has been followed. What is asked for on the way (which state a shared machine is in, whether a
 * comparison holds by then) becomes a condition on the state before the action: where it is not decided, a draft splits
 * into one for each case. So an action of several steps is one move with linear guards.
 */
export class Draft {
  readonly #around: Surroundings;
  /** The state of each shared machine that the action asked: before the action, and by now. */
  readonly #machines: ReadonlyMap<number, { readonly before: number; readonly now: number }>;
  /** What the action added to each quantity so far. */
  readonly #added: ReadonlyMap<number, number>;
  /** The counters, and the totals with them, that the action has set to 0. */
  readonly #reset: ReadonlySet<number>;
  readonly guard: readonly Guard[];
  /** The events that machines outside the slots have taken, in order. */
  readonly told: readonly Message[];

  private constructor(
    around: Surroundings,
    machines: ReadonlyMap<number, { readonly before: number; readonly now: number }>,
    added: ReadonlyMap<number, number>,
    guard: readonly Guard[],
    told: readonly Message[],
    reset: ReadonlySet<number>,
  ) {
    this.#reset = reset;
    this.#around = around;
    this.#machines = machines;
    this.#added = added;
    this.guard = guard;
    this.told = told;
  }

  /** An action that nothing is known of yet. */
  static start(around: Surroundings): Draft {
    return new Draft(around, new Map(), new Map(), [], [], new Set());
  }

  /** The shared machines that must be in a state for the action. */
  get needs(): readonly SharedState[] {
    return [...this.#machines].map(([machine, { before }]) => ({ machine, state: before }));
  }

  /** The shared machines that the action moves. */
  get sets(): readonly SharedState[] {
    return [...this.#machines].flatMap(([machine, { before, now }]) =>
      before === now ? [] : [{ machine, state: now }],
    );
  }

  /** Sends events to machines outside the slots: one draft for each way in which they accept them. */
  tell(messages: readonly Message[], lenient = false): readonly Draft[] {
    return messages.reduce<readonly Draft[]>(
      (drafts, message) => drafts.flatMap((draft) => draft.#tellOne(message, lenient)),
      [this],
    );
  }

  /** Goes on where the comparisons hold by now; nothing where they cannot. */
  where(comparisons: readonly Comparison[]): readonly Draft[] {
    return this.#and(this.#asBefore(comparisons));
  }

  /** The cases in which not all of the comparisons hold by now. */
  whereNot(comparisons: readonly Comparison[]): readonly Draft[] {
    return negate(this.#asBefore(comparisons)).flatMap((conjunction) => this.#and(conjunction));
  }

  /** The cases in which the one machine of a role is in a state by now, and those in which it is not. */
  whetherIn(
    role: string,
    value: string,
  ): { readonly is: readonly Draft[]; readonly isNot: readonly Draft[] } {
    const index = this.#around.shared.findIndex((machine) => machine.role === role);
    const states = this.#around.shared[index]?.table.states ?? [];
    const known = this.#machines.get(index);
    const drafts =
      known === undefined
        ? states.map(({ id }) => this.#with(index, { before: id, now: id }))
        : [this.#with(index, known)];
    const isThere = (draft: Draft): boolean =>
      states[draft.#machines.get(index)?.now ?? -1]?.value === value;
    return { is: drafts.filter(isThere), isNot: drafts.filter((draft) => !isThere(draft)) };
  }

  /** A slot has gone from one configuration to another, and counters have changed. */
  moved(from: number, to: number, changes: readonly CounterChange[]): Draft {
    const { quantities } = this.#around;
    const added = new Map(this.#added);
    const add = (quantity: number, adds: number): void => {
      if (adds !== 0) added.set(quantity, (added.get(quantity) ?? 0) + adds);
    };
    const before = quantities.weightsOf(from);
    const after = quantities.weightsOf(to);
    quantities.entries.forEach(({ plus }, quantity) => {
      add(quantity, entryAt(after, quantity) - entryAt(before, quantity));
      for (const { counter, adds } of changes) {
        if (counter === quantity || counter === plus) add(quantity, adds);
      }
    });
    return new Draft(this.#around, this.#machines, added, this.guard, this.told, this.#reset);
  }

  /** Counters have been set to 0. */
  resetting(counters: readonly number[]): Draft {
    const { entries } = this.#around.quantities;
    const reset = entries.flatMap(({ plus }, quantity) =>
      counters.includes(quantity) || counters.includes(plus) ? [quantity] : [],
    );
    return new Draft(
      this.#around,
      this.#machines,
      this.#added,
      this.guard,
      this.told,
      new Set([...this.#reset, ...reset]),
    );
  }

  #and(guard: readonly Guard[]): readonly Draft[] {
    const together = conjoin(this.guard, guard);
    return together === undefined
      ? []
      : [new Draft(this.#around, this.#machines, this.#added, together, this.told, this.#reset)];
  }

  /** Comparisons in the state as it is by now, as guards on the state before the action. */
  #asBefore(comparisons: readonly Comparison[]): readonly Guard[] {
    return comparisons.map((comparison) => {
      const guard = compileGuard(comparison, (quantity) =>
        this.#around.quantities.indexOf(quantity),
      );
      if (this.#reset.has(guard.quantity) || this.#reset.has(guard.minus)) {
        throw new DescriptionError("an action asks for a counter that it has set to 0");
      }
      const added = this.#added.get(guard.quantity) ?? 0;
      const taken = guard.minus < 0 ? 0 : (this.#added.get(guard.minus) ?? 0);
      return shifted(guard, taken - added);
    });
  }

  #tellOne(message: Message, lenient: boolean): readonly Draft[] {
    const { shared } = this.#around;
    const index = shared.findIndex(
      ({ role, output, input }) =>
        role === message.to &&
        output === (message.output ?? null) &&
        input === (message.input ?? null),
    );
    const machine = shared[index];
    if (machine === undefined) throw new DescriptionError(`no machine is called ${message.to}`);
    const known = this.#machines.get(index);
    const states =
      known === undefined
        ? machine.table.states.map(({ id }) => ({ before: id, now: id }))
        : [known];
    return states.flatMap(({ before, now }) => {
      const to = machine.table.step(now, message.event)?.to;
      if (to !== undefined)
        return [this.#with(index, { before, now: to }, [...this.told, message])];
      return lenient ? [this.#with(index, { before, now })] : [];
    });
  }

  #with(
    machine: number,
    state: { readonly before: number; readonly now: number },
    told = this.told,
  ): Draft {
    const machines = new Map(this.#machines).set(machine, state);
    return new Draft(this.#around, machines, this.#added, this.guard, told, this.#reset);
  }
}
