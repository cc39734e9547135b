import type { Quantity, SystemDescription, Total } from "../../models/description.ts";
import type { SlotSpace } from "./slot-space.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** Which inputs and outputs a system has: the numbers of those that exist once for each. */
export interface Dimensions {
  readonly outputs: number;
  readonly inputs: number;
}

/** The numbers of what exists once for each of `count`; null alone where it does not. */
export function each(count: number, exists: boolean): readonly (number | null)[] {
  return exists ? Array.from({ length: count }, (_, index) => index) : [null];
}

/** A total or counter, for the output and the input that it is about. */
export interface QuantityEntry {
  readonly kind: "total" | "counter";
  readonly name: string;
  readonly output: number | null;
  readonly input: number | null;
  readonly total: Total | null;
  /** The index of the counter that is added to a total; -1 where there is none. */
  readonly plus: number;
}

/** Every total and counter of a system by its index, and what a slot in a configuration adds to the totals. */
export class QuantityTable {
  readonly entries: readonly QuantityEntry[];
  readonly #space: SlotSpace;
  readonly #weights: Int8Array[] = [];

  constructor(description: SystemDescription, { outputs, inputs }: Dimensions, space: SlotSpace) {
    this.#space = space;
    const counters = description.counters.flatMap(({ name, perOutput }) =>
      each(outputs, perOutput).map((output) => ({ name, output })),
    );
    const totals = description.totals.flatMap((total) =>
      each(outputs, total.perOutput).flatMap((output) =>
        each(inputs, total.perInput ?? false).map((input) => ({ total, output, input })),
      ),
    );
    const counterAt = (name: string): number => {
      const index = counters.findIndex((one) => one.name === name && one.output === null);
      if (index < 0)
        throw new DescriptionError(`no counter that is not of an output is called ${name}`);
      return totals.length + index;
    };
    this.entries = [
      ...totals.map(({ total, output, input }) => ({
        kind: "total" as const,
        name: total.name,
        output,
        input,
        total,
        plus: total.plus === undefined ? -1 : counterAt(total.plus),
      })),
      ...counters.map(({ name, output }) => ({
        kind: "counter" as const,
        name,
        output,
        input: null,
        total: null,
        plus: -1,
      })),
    ];
  }

  /**
   * The index of a quantity.
   *
   * @throws DescriptionError if the description has none of that name, or not for that output and input.
   */
  indexOf(quantity: Quantity): number {
    const [kind, name] =
      "total" in quantity
        ? (["total", quantity.total] as const)
        : (["counter", quantity.counter] as const);
    const output = quantity.output ?? null;
    const input = "total" in quantity ? (quantity.input ?? null) : null;
    const index = this.entries.findIndex(
      (one) =>
        one.kind === kind && one.name === name && one.output === output && one.input === input,
    );
    if (index < 0) {
      const about = [
        ...(output === null ? [] : [` for output ${output}`]),
        ...(input === null ? [] : [` for input ${input}`]),
      ].join("");
      throw new DescriptionError(`no ${kind} is called ${name}${about}`);
    }
    return index;
  }

  /** Whether a counter exists once for each output. */
  isOfOutput(counter: string): boolean {
    return this.entries.some(
      ({ kind, name, output }) => kind === "counter" && name === counter && output !== null,
    );
  }

  /** What a slot in a configuration adds to each quantity; 0 for counters. */
  weightsOf(configuration: number): Int8Array {
    const known = this.#weights[configuration];
    if (known !== undefined) return known;
    const view = this.#space.view(configuration);
    const weights = Int8Array.from(this.entries, ({ total, output, input }) =>
      total?.counts(view, output ?? -1, input ?? -1) === true ? 1 : 0,
    );
    this.#weights[configuration] = weights;
    return weights;
  }
}
