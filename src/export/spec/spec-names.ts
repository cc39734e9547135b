import type { LinearBound } from "../../../models/description.ts";
import { boundTerms } from "../../compile/guards.ts";
import type { Guard } from "../../compile/compiled-system.ts";
import type { Scope } from "../../compile/scope.ts";

/** A name that every language takes: letters, digits and `_`. */
function identifier(words: string): string {
  return words.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

/** Different names for things that may be called the same. */
function distinct(names: readonly string[]): readonly string[] {
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}_${index}`,
  );
}

function about({ output, input }: { output: number | null; input: number | null }): string {
  return `${output ?? ""}${input === null ? "" : `_${input}`}`;
}

/** The names that a specification gives to what a scope is made of. */
export class SpecNames {
  /** Of each place, machine outside the slots, total or counter, and property of states. */
  readonly places: readonly string[];
  readonly machines: readonly string[];
  readonly quantities: readonly string[];
  readonly properties: readonly string[];
  readonly limits: readonly { readonly name: string; readonly value: number }[];

  constructor({ system, parameters }: Scope) {
    this.places = distinct(system.places.map(({ name }) => `AT_${identifier(name)}`));
    this.machines = distinct(system.shared.map((one) => `${identifier(one.role)}${about(one)}`));
    this.quantities = distinct(
      system.quantities.map((one) => `${one.kind}_${identifier(one.name)}${about(one)}`),
    );
    this.properties = distinct(
      system.stateProperties.map((one) => `${identifier(one.name)}${about(one)}`),
    );
    this.limits = system.limits.map(({ name, value }) => ({
      name: identifier(name),
      value: value(parameters),
    }));
  }

  /** The state of a machine outside the slots. */
  state({ system }: Scope, machine: number, state: number): string {
    const { role, table } = system.shared[machine] ?? {};
    return `${identifier(role ?? "")}_${identifier(table?.states[state]?.value ?? String(state))}`;
  }

  /** A bound, such as `maxChunksUp + 1`. */
  bound(bound: LinearBound): string {
    const terms = boundTerms(bound).map(([limit, factor]) =>
      factor === 1 ? identifier(limit) : `${factor} * ${identifier(limit)}`,
    );
    if (bound.constant !== 0 || terms.length === 0) terms.push(String(bound.constant));
    return terms.join(" + ").replaceAll("+ -", "- ");
  }

  /**
   * A comparison.
   *
   * @param amount how a total or counter is written, by its index
   * @param equals how the language writes that numbers are the same
   */
  guard(
    { quantity, minus, relation, bound }: Guard,
    amount: (quantity: number) => string,
    equals: string,
  ): string {
    const left = amount(quantity) + (minus < 0 ? "" : ` - ${amount(minus)}`);
    return `${left} ${relation === "=" ? equals : relation} ${this.bound(bound)}`;
  }
}
