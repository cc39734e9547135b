import { valueOr } from "../errors/checked-access.ts";
import type {
  Comparison,
  Outcome,
  Quantity,
  SystemDescription,
  Total,
} from "../../models/description.ts";
import type { Values } from "../../models/system.ts";
import { boundTerms } from "./guards.ts";
import type { LiftedContext } from "./lifted-event.ts";
import type { GroupChange, MachineGroup } from "./machine-group.ts";

/** What a state amounts to, by the description alone: each total is counted anew, each guard is decided on those counts. */
export class LiftedCounts {
  readonly #description: SystemDescription;
  readonly #parameters: Values;
  readonly #slot: MachineGroup;

  constructor(description: SystemDescription, parameters: Values, slot: MachineGroup) {
    this.#description = description;
    this.#parameters = parameters;
    this.#slot = slot;
  }

  #add(from: LiftedContext, counter: string, adds: number): LiftedContext {
    const values = valueOr(from.counters, counter, []).map((value) => value + adds);
    return { ...from, counters: { ...from.counters, [counter]: values } };
  }

  /** The state with what an action adds to counters. */
  addAll(from: LiftedContext, adds: Outcome["adds"]): LiftedContext {
    return (adds ?? []).reduce(
      (context, { counter, adds: by }) => this.#add(context, counter, by),
      from,
    );
  }

  /** The counters with what the named actions of machines add to them. */
  count(
    counters: LiftedContext["counters"],
    asked: GroupChange["asked"],
  ): LiftedContext["counters"] {
    const sums = new Map(Object.entries(counters));
    for (const { type, params } of asked) {
      for (const { machineAction, counter, adds } of this.#description.counterEffects) {
        if (machineAction !== type) continue;
        const values = sums.get(counter) ?? [];
        if (!this.#isOfOutput(counter)) {
          sums.set(
            counter,
            values.map((value) => value + adds),
          );
          continue;
        }
        if (typeof params !== "object" || params === null || !("output" in params)) continue;
        const about = params.output;
        sums.set(
          counter,
          values.map((value, output) => (output === about ? value + adds : value)),
        );
      }
    }
    return Object.fromEntries(sums);
  }

  #isOfOutput(counter: string): boolean {
    return this.#description.counters.some(({ name, perOutput }) => name === counter && perOutput);
  }

  /** Whether every comparison holds in a state. */
  allHold(from: LiftedContext, comparisons: readonly Comparison[]): boolean {
    return comparisons.every(({ quantity, minus, relation, bound }) => {
      const left =
        this.amount(from, quantity) - (minus === undefined ? 0 : this.amount(from, minus));
      const right = boundTerms(bound).reduce((sum, [name, factor]) => {
        const limit = this.#description.limits.find((one) => one.name === name);
        return sum + factor * (limit?.value(this.#parameters) ?? NaN);
      }, bound.constant);
      return relation === "<" ? left < right : relation === "=" ? left === right : left >= right;
    });
  }

  /** How much there is of a total or counter in a state. */
  amount(from: LiftedContext, quantity: Quantity): number {
    if ("counter" in quantity) return from.counters[quantity.counter]?.[quantity.output ?? 0] ?? 0;
    const total = this.total(quantity.total);
    const { output = -1, input = -1 } = quantity;
    const slots = from.slots.filter((slot) => total.counts(this.#slot.view(slot), output, input));
    return slots.length + (total.plus === undefined ? 0 : (from.counters[total.plus]?.[0] ?? 0));
  }

  /** @throws Error if there is no total of that name */
  total(name: string): Total {
    const total = this.#description.totals.find((one) => one.name === name);
    if (total === undefined) throw new Error(`no total is called ${name}`);
    return total;
  }
}
