import type {
  CounterChange,
  PlaceMap,
  SharedState,
  SlotMove,
  SystemMove,
} from "../../compile/compiled-system.ts";
import { type Scope, boundValue, slotsOf } from "../../compile/scope.ts";
import { SpecNames } from "./spec-names.ts";
import { moveWords, neededSlots, neverChanges } from "./spec-moves.ts";

/** Writes a scope in Promela, for SPIN: a process for each slot, and one for what is of no slot. */
class PromelaWriter {
  readonly #scope: Scope;
  readonly #names: SpecNames;
  readonly #slots: readonly number[];

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#names = new SpecNames(scope);
    this.#slots = Array.from({ length: slotsOf(scope) }, (_, slot) => slot);
  }

  text(): string {
    const { release } = this.#scope;
    return [
      `/* ${release}, written by unstuck export --promela. A state is the place of each slot, the machines outside them and`,
      "   the counters; each option of a process is one action, taken in one step. To see every labelled state once:",
      "   spin -a model.pml && gcc -O2 -DNOREDUCE -DSAFETY -o pan pan.c && ./pan -m1000000",
      "   With -DCHECK_NAME for spin, the property NAME is asserted in every state. */",
      "",
      ...this.#constants(),
      "",
      ...this.#variables(),
      "",
      ...this.#totals(),
      "",
      ...this.#properties(),
      "",
      ...this.#gate(),
      ...this.#slotProcess(),
      "",
      ...this.#systemProcess(),
      ...this.#monitor(),
    ].join("\n");
  }

  #constants(): readonly string[] {
    const { system } = this.#scope;
    const states = system.shared.flatMap(({ table }, machine) =>
      table.states.map(({ id }) => `#define ${this.#names.state(this.#scope, machine, id)} ${id}`),
    );
    return [
      `#define N ${slotsOf(this.#scope)}`,
      ...this.#names.limits.map(({ name, value }) => `#define ${name} ${value}`),
      "",
      "/* The places that a slot can be in: a state of each of its machines. */",
      ...this.#names.places.map((place, id) => `#define ${place} ${id}`),
      "",
      "/* The states of the machines outside the slots. */",
      ...new Set(states),
    ];
  }

  #variables(): readonly string[] {
    const { system } = this.#scope;
    const ofCounters = system.counters.map((index) => {
      const bound = system.quantities[index]?.bound;
      const most = bound === null || bound === undefined ? 0 : boundValue(bound, this.#scope);
      return `${most < 256 ? "byte" : "int"} ${this.#names.quantities[index]};`;
    });
    return [
      `${system.places.length > 256 ? "short" : "byte"} place[N];`,
      ...this.#names.machines.map((name) => `byte ${name};`),
      ...ofCounters,
    ];
  }

  #totals(): readonly string[] {
    const { quantities, places } = this.#scope.system;
    const lines = quantities.flatMap(({ kind, weights, plus }, index) => {
      if (kind !== "total") return [];
      const name = this.#names.quantities[index] ?? "";
      const counted = places.filter(({ id }) => weights[id] === 1);
      const is = counted.map(({ id }) => `place[s] == ${this.#names.places[id]}`).join(" || ");
      const added = plus < 0 ? "" : ` + ${this.#names.quantities[plus]}`;
      if (counted.length === 0) return [`#define ${name} (0${added})`];
      return [
        `#define COUNTS_${name}(s) (${is})`,
        `#define ${name} (${this.#slots.map((slot) => `COUNTS_${name}(${slot})`).join(" + ")}${added})`,
      ];
    });
    const inPlace = this.#slots.map((slot) => `(place[${slot}] == p)`).join(" + ");
    return [
      "/* Totals, and how many slots are in a place. */",
      ...lines,
      `#define SLOTS_AT(p) (${inPlace})`,
    ];
  }

  #is({ machine, state }: SharedState): string {
    return `${this.#names.machines[machine]} == ${this.#names.state(this.#scope, machine, state)}`;
  }

  #allows({ needs, guard }: Pick<SlotMove, "needs" | "guard">): readonly string[] {
    return [
      ...needs.map((one) => this.#is(one)),
      ...guard.map((one) =>
        this.#names.guard(one, (index) => this.#names.quantities[index] ?? "", "=="),
      ),
    ];
  }

  #properties(): readonly string[] {
    const { system } = this.#scope;
    const ofStates = system.stateProperties.map((property, index) => {
      const holds = this.#allows({ needs: [], guard: property.requires }).join(" && ") || "true";
      const when = property.while.map((one) => `!(${this.#is(one)})`);
      return `#define ${this.#names.properties[index]} (${[...when, `(${holds})`].join(" || ")})`;
    });
    const useful = system.slotMoves
      .filter((move) => move.agent === "engine" && !neverChanges(move))
      .map((move) => `(${this.#canBeTaken(move)})`);
    const { running, online, live } = system.vocabulary;
    const stuck = [running, ...online].map((one) => this.#is(one));
    return [
      "/* What must hold in every state; the last: with every output online and a live chunk, the engine can do something. */",
      ...ofStates,
      `#define neverStuck (!(${[...stuck, `${this.#names.quantities[live]} > 0`].join(" && ")}) || ${useful.join(" || ") || "false"})`,
    ];
  }

  #canBeTaken(move: SlotMove): string {
    const places = [...neededSlots(move)].map(
      ([place, slots]) => `SLOTS_AT(${this.#names.places[place]}) >= ${slots}`,
    );
    const stays = move.from === move.to && move.others.length === 0;
    const changes =
      stays && move.counterChanges.length === 0
        ? [`(${move.sets.map((one) => `!(${this.#is(one)})`).join(" || ")})`]
        : [];
    return [...places, ...this.#allows(move), ...changes].join(" && ");
  }

  #counters(changes: readonly CounterChange[]): readonly string[] {
    return changes.map(({ counter, adds }) => {
      const name = this.#names.quantities[counter] ?? "";
      return `${name} = ${name} ${adds < 0 ? "-" : "+"} ${Math.abs(adds)}`;
    });
  }

  #sets(sets: readonly SharedState[]): readonly string[] {
    return sets.map(
      ({ machine, state }) =>
        `${this.#names.machines[machine]} = ${this.#names.state(this.#scope, machine, state)}`,
    );
  }

  /** Takes every slot where a map says. */
  #everySlot({ to, counterChanges }: PlaceMap): readonly string[] {
    const cases = to.flatMap((target, place) => {
      const changes = this.#counters(counterChanges[place] ?? []);
      if (target === place && changes.length === 0) return [];
      const then = [`place[i] = ${this.#names.places[target]}`, ...changes].join("; ");
      return [`    :: place[i] == ${this.#names.places[place]} -> ${then}`];
    });
    return [
      "i = 0; do",
      "  :: i < N ->",
      "    if",
      ...cases,
      "    :: else -> skip",
      "    fi;",
      "    i++",
      "  :: else -> break",
      // A loop must not be the last in a d_step: spin would jump out of it.
      "  od;",
      "  skip",
    ];
  }

  #gate(): readonly string[] {
    const { gate, systemMoves } = this.#scope.system;
    const goesThroughSlots =
      gate !== null || systemMoves.some(({ everySlot }) => everySlot !== null);
    const assigned = systemMoves.reduce((most, { assigns }) => Math.max(most, assigns.length), 0);
    const hidden = [
      ...(goesThroughSlots ? ["hidden byte i;"] : []),
      ...(assigned > 0 ? [`hidden int kept[${assigned}];`] : []),
    ];
    if (gate === null) return [...hidden, ""];
    return [
      ...hidden,
      "",
      `/* The gate "${gate.name}": what follows for all slots at the end of every action. */`,
      "inline gate() {",
      "  if",
      `  :: ${this.#allows({ needs: [], guard: gate.guard }).join(" && ")} ->`,
      ...this.#everySlot(gate.everySlot).map((line) => `    ${line}`),
      "  :: else -> skip",
      "  fi",
      "}",
      "",
    ];
  }

  #option(words: string, when: readonly string[], effects: readonly string[]): readonly string[] {
    const then = [...effects, ...(this.#scope.system.gate === null ? [] : ["gate()"])];
    return [
      `  /* ${words.replaceAll("*/", "* /")} */`,
      `  :: d_step { ${when.join(" && ") || "true"} -> ${then.join("; ") || "skip"} }`,
    ];
  }

  /** Every way to choose the other slots of a move. */
  #choices({ others }: SlotMove): readonly (readonly number[])[] {
    return others.reduce<readonly (readonly number[])[]>(
      (found) =>
        found.flatMap((taken) =>
          this.#slots.flatMap((slot) => (taken.includes(slot) ? [] : [[...taken, slot]])),
        ),
      [[]],
    );
  }

  #slotProcess(): readonly string[] {
    const options = this.#scope.system.slotMoves.flatMap((move) =>
      this.#choices(move).flatMap((chosen) =>
        this.#option(
          moveWords(move),
          [
            `place[_pid] == ${this.#names.places[move.from]}`,
            ...chosen.map((slot, index) => {
              const from = this.#names.places[move.others[index]?.from ?? 0];
              return `_pid != ${slot} && place[${slot}] == ${from}`;
            }),
            ...this.#allows(move),
          ],
          [
            ...(move.to === move.from ? [] : [`place[_pid] = ${this.#names.places[move.to]}`]),
            ...chosen.map(
              (slot, index) =>
                `place[${slot}] = ${this.#names.places[move.others[index]?.to ?? 0]}`,
            ),
            ...this.#sets(move.sets),
            ...this.#counters(move.counterChanges),
            ...move.resets.map((counter) => `${this.#names.quantities[counter]} = 0`),
          ],
        ),
      ),
    );
    return ["active [N] proctype slot() {", "  do", ...options, "  od", "}"];
  }

  #systemOption(move: SystemMove): readonly string[] {
    // What is assigned is read before anything is changed by the same action.
    const read = move.assigns.flatMap(({ from }, index) =>
      from < 0 ? [] : [`kept[${index}] = ${this.#names.quantities[from]}`],
    );
    const assigns = move.assigns.map(
      ({ counter, from }, index) =>
        `${this.#names.quantities[counter]} = ${from < 0 ? "0" : `kept[${index}]`}`,
    );
    const all = move.everySlot === null ? [] : [this.#everySlot(move.everySlot).join("\n    ")];
    return this.#option(moveWords(move), this.#allows(move), [
      ...read,
      ...this.#sets(move.sets),
      ...all,
      ...this.#counters(move.counterChanges),
      ...assigns,
    ]);
  }

  #systemProcess(): readonly string[] {
    const { systemMoves } = this.#scope.system;
    if (systemMoves.length === 0) return [];
    const options = systemMoves.flatMap((move) => this.#systemOption(move));
    return ["active proctype world() {", "  do", ...options, "  od", "}", ""];
  }

  #monitor(): readonly string[] {
    return [...this.#names.properties, "neverStuck"].flatMap((name) => [
      `#ifdef CHECK_${name}`,
      `active proctype check_${name}() {`,
      `  do :: d_step { !(${name}) -> assert(${name}) } od`,
      "}",
      "#endif",
    ]);
  }
}

/** A scope as a Promela model, for SPIN: it has the same labelled states and transitions as the explorer's search. */
export function promelaOf(scope: Scope): string {
  return `${new PromelaWriter(scope).text()}\n`;
}
