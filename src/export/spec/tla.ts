import type {
  CounterChange,
  PlaceMap,
  SharedState,
  SlotMove,
  SystemMove,
} from "../../compile/compiled-system.ts";
import { boundValue, type Scope } from "../../compile/scope.ts";
import { SpecNames } from "./spec-names.ts";
import { moveWords } from "./spec-moves.ts";
import { tlaBehaviour } from "./tla-behaviour.ts";

/** What an action makes of the counters: for each of them an expression. */
type Counters = ReadonlyMap<number, string>;

/** Writes a scope in TLA+, for TLC: integers, sets and functions only. */
class TlaWriter {
  readonly #scope: Scope;
  readonly #names: SpecNames;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#names = new SpecNames(scope);
  }

  text(module: string): string {
    const { release, system } = this.#scope;
    return [
      `-------- MODULE ${module} --------`,
      `\\* ${release}, written by unstuck export --tla. A state is the place of each slot, the machines outside them and the`,
      "\\* counters. Slots are all the same: for invariants, Symmetry may be declared; for temporal properties it must not.",
      "EXTENDS Integers, FiniteSets, TLC",
      "",
      "CONSTANT Slots",
      "Symmetry == Permutations(Slots)",
      "",
      ...this.#constants(),
      "",
      `VARIABLES place, ${this.#variables().join(", ")}`,
      `vars == <<place, ${this.#variables().join(", ")}>>`,
      "",
      ...this.#totals(),
      "",
      ...this.#properties(),
      "",
      ...this.#init(),
      "",
      ...this.#gate(),
      ...system.slotMoves.flatMap((move) => this.#slotAction(move)),
      ...system.systemMoves.flatMap((move) => this.#systemAction(move)),
      ...tlaBehaviour(this.#scope, this.#names, (index) => this.#amount(index, "place")),
      "=".repeat(40),
    ].join("\n");
  }

  #variables(): readonly string[] {
    const counters = this.#scope.system.counters.map(
      (index) => this.#names.quantities[index] ?? "",
    );
    return [...this.#names.machines, ...counters];
  }

  #constants(): readonly string[] {
    const { system } = this.#scope;
    const states = system.shared.flatMap(({ table }, machine) =>
      table.states.map(({ id }) => `${this.#names.state(this.#scope, machine, id)} == ${id}`),
    );
    return [
      ...this.#names.limits.map(({ name, value }) => `${name} == ${value}`),
      ...this.#names.places.map((place, id) => `${place} == ${id}`),
      ...new Set(states),
    ];
  }

  #totals(): readonly string[] {
    const { quantities, places } = this.#scope.system;
    return quantities.flatMap(({ kind, weights }, index) => {
      if (kind !== "total") return [];
      const counted = places
        .filter(({ id }) => weights[id] === 1)
        .map(({ id }) => this.#names.places[id])
        .join(", ");
      return [
        `${this.#names.quantities[index]}(p) == Cardinality({s \\in Slots : p[s] \\in {${counted}}})`,
      ];
    });
  }

  /** A total or counter, where slots are as `places` says. */
  #amount(index: number, places: string, counters?: Counters): string {
    const { kind, plus } = this.#scope.system.quantities[index] ?? {};
    const name = this.#names.quantities[index] ?? "";
    if (kind === "counter") return counters?.get(index) ?? name;
    return plus === undefined || plus < 0
      ? `${name}(${places})`
      : `(${name}(${places}) + ${counters?.get(plus) ?? this.#names.quantities[plus]})`;
  }

  #is({ machine, state }: SharedState): string {
    return `${this.#names.machines[machine]} = ${this.#names.state(this.#scope, machine, state)}`;
  }

  #allows({ needs, guard }: Pick<SlotMove, "needs" | "guard">): readonly string[] {
    return [
      ...needs.map((one) => this.#is(one)),
      ...guard.map((one) => this.#names.guard(one, (index) => this.#amount(index, "place"), "=")),
    ];
  }

  #properties(): readonly string[] {
    const { system } = this.#scope;
    const properties = system.stateProperties.map((property, index) => {
      const holds = this.#allows({ needs: [], guard: property.requires }).join(" /\\ ") || "TRUE";
      const when = property.while.map((one) => this.#is(one)).join(" /\\ ");
      return `${this.#names.properties[index]} == ${when === "" ? "" : `(${when}) => `}(${holds})`;
    });
    const counters = system.counters.map((index) => {
      const bound = system.quantities[index]?.bound;
      const most = bound === null || bound === undefined ? 0 : boundValue(bound, this.#scope);
      return `${this.#names.quantities[index]} \\in 0..${most}`;
    });
    const types = [`place \\in [Slots -> 0..${system.places.length - 1}]`, ...counters];
    return [`TypeOK == ${types.join(" /\\ ")}`, ...properties];
  }

  #init(): readonly string[] {
    return [
      "Init ==",
      "  /\\ place = [s \\in Slots |-> 0]",
      ...this.#variables().map((name) => `  /\\ ${name} = 0`),
    ];
  }

  #mapped(name: string, { to }: PlaceMap): string {
    const cases = to.flatMap((target, place) =>
      target === place
        ? []
        : [`p[s] = ${this.#names.places[place]} -> ${this.#names.places[target]}`],
    );
    const value = cases.length === 0 ? "p[s]" : `CASE ${cases.join(" [] ")} [] OTHER -> p[s]`;
    return `${name}(p) == [s \\in Slots |-> ${value}]`;
  }

  #gate(): readonly string[] {
    const { gate } = this.#scope.system;
    if (gate === null) return [];
    return [
      `\\* The gate "${gate.name}": what follows for all slots at the end of every action.`,
      this.#mapped("ThroughGate", gate.everySlot),
      "",
    ];
  }

  /** The counters after what a map adds for each slot. */
  #added(counters: Counters, { counterChanges }: PlaceMap, places: string): Counters {
    const added = new Map(counters);
    counterChanges.forEach((changes, place) => {
      for (const { counter, adds } of changes) {
        const slots = `Cardinality({s \\in Slots : ${places}[s] = ${this.#names.places[place]}})`;
        added.set(counter, `(${added.get(counter)} + (${adds}) * ${slots})`);
      }
    });
    return added;
  }

  #counters(changes: readonly CounterChange[], resets: readonly number[] = []): Counters {
    const { counters } = this.#scope.system;
    return new Map(
      counters.map((index) => {
        const name = this.#names.quantities[index] ?? "";
        const change = changes.find(({ counter }) => counter === index);
        if (resets.includes(index)) return [index, "0"];
        return [index, change === undefined ? name : `(${name} + (${change.adds}))`];
      }),
    );
  }

  /** The conjuncts that say what the variables become. */
  #becomes(sets: readonly SharedState[], places: string, counters: Counters): readonly string[] {
    const { shared, gate } = this.#scope.system;
    const machines = shared.map((_, machine) => {
      const name = this.#names.machines[machine];
      const set = sets.findLast((one) => one.machine === machine);
      return `${name}' = ${set === undefined ? name : this.#names.state(this.#scope, machine, set.state)}`;
    });
    const guard = (gate?.guard ?? []).map((one) =>
      this.#names.guard(one, (index) => this.#amount(index, "p", counters), "="),
    );
    const opened = gate === null ? counters : this.#added(counters, gate.everySlot, "p");
    const values = [...counters].map(([index, value]) => {
      const after = opened.get(index);
      const name = this.#names.quantities[index];
      return `${name}' = ${after === value ? value : `IF open THEN ${after} ELSE ${value}`}`;
    });
    const place = gate === null ? "p" : "IF open THEN ThroughGate(p) ELSE p";
    return [
      `  /\\ LET p == ${places}`,
      ...(gate === null ? [] : [`         open == ${guard.join(" /\\ ") || "TRUE"}`]),
      `     IN  /\\ place' = ${place}`,
      ...values.map((value) => `         /\\ ${value}`),
      ...machines.map((machine) => `  /\\ ${machine}`),
    ];
  }

  #slotAction(move: SlotMove): readonly string[] {
    const chosen = move.others.map((_, index) => `o${index}`);
    const updates = [
      `![s] = ${this.#names.places[move.to]}`,
      ...move.others.map(({ to }, index) => `![o${index}] = ${this.#names.places[to]}`),
    ];
    const places = `[place EXCEPT ${updates.join(", ")}]`;
    const parameters = ["s", ...chosen];
    const apart = parameters.flatMap((one, index) =>
      parameters.slice(index + 1).map((other) => `${one} # ${other}`),
    );
    return [
      `\\* ${moveWords(move)}`,
      `Slot${move.id}(${parameters.join(", ")}) ==`,
      ...[
        `place[s] = ${this.#names.places[move.from]}`,
        ...move.others.map(({ from }, index) => `place[o${index}] = ${this.#names.places[from]}`),
        ...apart,
        ...this.#allows(move),
      ].map((one) => `  /\\ ${one}`),
      ...this.#becomes(move.sets, places, this.#counters(move.counterChanges, move.resets)),
      "",
    ];
  }

  #systemAction(move: SystemMove): readonly string[] {
    const map = move.everySlot;
    const counters = new Map(
      map === null
        ? this.#counters(move.counterChanges)
        : this.#added(this.#counters(move.counterChanges), map, "place"),
    );
    for (const { counter, from } of move.assigns) {
      counters.set(counter, from < 0 ? "0" : (this.#names.quantities[from] ?? "0"));
    }
    return [
      ...(map === null ? [] : [this.#mapped(`EverySlot${move.id}`, map)]),
      `\\* ${moveWords(move)}`,
      `World${move.id} ==`,
      ...this.#allows(move).map((one) => `  /\\ ${one}`),
      ...this.#becomes(move.sets, map === null ? "place" : `EverySlot${move.id}(place)`, counters),
      "",
    ];
  }
}

/** A scope as a TLA+ module of this name, for TLC; its configuration is `tlaConfiguration`. */
export function tlaOf(scope: Scope, module: string): string {
  return `${new TlaWriter(scope).text(module)}\n`;
}
