import { weightAt } from "../../compile/weight-at.ts";
import { entryAt } from "../../errors/checked-access.ts";
import type {
  CompiledSystem,
  Guard,
  PlaceMap,
  SharedState,
  SlotMove,
  SystemMove,
} from "../../compile/compiled-system.ts";
import { boundTerms } from "../../compile/guards.ts";
import {
  all,
  atLeast,
  below,
  equal,
  falsehood,
  not,
  substitute,
  type Formula,
} from "../logic/formula.ts";
import {
  compose,
  constant,
  minus,
  scale,
  sum,
  variable,
  type Linear,
  type Substitution,
} from "../logic/linear.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";

/** An action of a counted system; where there is a gate, one for each thing that the gate may do at its end. */
export interface Action<Move = SlotMove | SystemMove> {
  readonly name: string;
  readonly move: Move;
  readonly enabled: Formula;
  /** What the variables become. */
  readonly becomes: Substitution;
  readonly opensGate: boolean;
  /** Where a slot is at the end of the action, if it was in this place when the gate was asked. */
  readonly lands: (place: number) => number;
}

type Change = readonly [string, Linear];

const one = constant(1);

function about(name: string, output: number | null): string {
  return output === null ? name : `${name} ${output}`;
}

/**
 * A system as the checker sees it: how many slots are in each place, the counters, the state of each shared machine, and
 * how each action changes these numbers. Slots are interchangeable, so nothing is lost. N and the limits are any
 * numbers from 1, but for the limits that are absent: those are 0.
 */
export class Counted {
  readonly system: CompiledSystem;
  readonly sizes: Formula;
  readonly start: Substitution;
  readonly actions: readonly Action[];
  /** Every variable that a statement about a state may speak of. */
  readonly variables: ReadonlySet<string>;
  readonly #slots: readonly string[];
  readonly #counters: ReadonlyMap<number, string>;
  readonly #shared: readonly string[];

  /** @throws UnfitCertificate if the system cannot be counted. */
  constructor(system: CompiledSystem, absent: ReadonlySet<string>) {
    const { places, quantities, counters, shared, slotMoves, systemMoves, limits } = system;
    this.system = system;
    const sizeNames = ["N", ...limits.map(({ symbol }) => symbol)];
    const names = places.map(({ name }) => name);
    this.#slots = names.map((name, id) =>
      names.indexOf(name) === id ? `#${name}` : `#${name} (${id})`,
    );
    this.#counters = new Map(
      counters.map((index) => {
        const { name, output } = entryAt(quantities, index);
        return [index, about(name, output)];
      }),
    );
    this.#shared = shared.map(({ role, output }) => `state of ${about(role, output)}`);
    const changing = [...this.#slots, ...this.#counters.values(), ...this.#shared];
    this.variables = new Set([...sizeNames, ...changing]);
    if (this.variables.size < sizeNames.length + changing.length || this.variables.has("k")) {
      throw new UnfitCertificate("two variables of the model have one name");
    }
    if (systemMoves.some(({ counterChanges }) => counterChanges.length > 0)) {
      throw new UnfitCertificate("an action of the whole system adds to a counter");
    }
    const other = systemMoves.find(({ agent }) => agent !== "environment");
    if (other !== undefined) {
      throw new UnfitCertificate(`the whole system does ${other.action} without the environment`);
    }
    if (slotMoves.some(({ resets }) => resets.length > 0)) {
      throw new UnfitCertificate("an action of a slot sets a counter to 0");
    }
    if (slotMoves.some(({ others }) => others.length > 0)) {
      throw new UnfitCertificate("an action of a chunk chooses other chunks");
    }
    this.sizes = all(
      atLeast(variable("N"), one),
      ...limits.map(({ symbol, least }) =>
        absent.has(symbol)
          ? equal(variable(symbol), constant(0))
          : atLeast(variable(symbol), constant(Math.max(1, least))),
      ),
    );
    this.start = new Map([
      ...changing.map((name): Change => [name, constant(0)]),
      [entryAt(this.#slots, 0), variable("N")],
    ]);
    this.actions = [...slotMoves, ...systemMoves]
      .flatMap((move) => this.#actionsOf(move))
      .filter(({ enabled }) => enabled !== falsehood);
  }

  /** The number of slots in some places. */
  slots(...places: readonly number[]): Linear {
    return sum(...places.map((place) => variable(entryAt(this.#slots, place))));
  }

  /** A total or counter. */
  amount(quantity: number): Linear {
    const counter = this.#counters.get(quantity);
    if (counter !== undefined) return variable(counter);
    const { weights, plus } = entryAt(this.system.quantities, quantity);
    return sum(
      ...weights.map((weight, place) => scale(this.slots(place), weight)),
      ...(plus < 0 ? [] : [this.amount(plus)]),
    );
  }

  /** The places that count for a total. */
  placesOf(quantity: number): readonly number[] {
    const found = entryAt(this.system.quantities, quantity);
    return this.system.places.map(({ id }) => id).filter((id) => weightAt(found, id) > 0);
  }

  isIn({ machine, state }: SharedState): Formula {
    return equal(variable(entryAt(this.#shared, machine)), constant(state));
  }

  allHold(guards: readonly Guard[]): Formula {
    const formulas = guards.map(({ quantity, minus: less, relation, bound }) => {
      const left =
        less < 0 ? this.amount(quantity) : minus(this.amount(quantity), this.amount(less));
      const right = sum(
        constant(bound.constant),
        ...boundTerms(bound).map(([name, factor]) => variable(this.#symbolOf(name), factor)),
      );
      return { "<": below, ">=": atLeast, "=": equal }[relation](left, right);
    });
    return all(...formulas);
  }

  #symbolOf(limit: string): string {
    const symbol = this.system.limits.find(({ name }) => name === limit)?.symbol ?? "?";
    if (symbol !== "?") return symbol;
    throw new UnfitCertificate(`the model has the limit ${limit}, of which no certificate speaks`);
  }

  /** What happens to all slots at once. */
  #inEveryPlace({ to, counterChanges }: PlaceMap): readonly Change[] {
    const places = this.system.places.map(({ id }) => id);
    const arriving = this.#slots.map((name, id): Change => {
      return [name, this.slots(...places.filter((from) => entryAt(to, from) === id))];
    });
    const counted = [...this.#counters].map(([index, name]): Change => {
      const added = places.flatMap((from) =>
        entryAt(counterChanges, from)
          .filter(({ counter }) => counter === index)
          .map(({ adds }) => scale(this.slots(from), adds)),
      );
      return [name, sum(variable(name), ...added)];
    });
    return [...arriving, ...counted];
  }

  #effectOf(move: SlotMove | SystemMove): Substitution {
    const sets = move.sets.map(({ machine, state }): Change => {
      return [entryAt(this.#shared, machine), constant(state)];
    });
    if (!("rule" in move)) {
      return new Map([
        ...sets,
        ...(move.everySlot === null ? [] : this.#inEveryPlace(move.everySlot)),
        ...move.assigns.map(({ counter, from }): Change => {
          return [this.#counters.get(counter) ?? "?", from < 0 ? constant(0) : this.amount(from)];
        }),
      ]);
    }
    const { from, to, counterChanges } = move;
    const counted = counterChanges.map(({ counter, adds }): Change => {
      return [this.#counters.get(counter) ?? "?", sum(this.amount(counter), constant(adds))];
    });
    const moved: readonly Change[] = [
      [entryAt(this.#slots, from), sum(this.slots(from), constant(-1))],
      [entryAt(this.#slots, to), sum(this.slots(to), one)],
    ];
    return new Map([...sets, ...counted, ...(from === to ? [] : moved)]);
  }

  #actionsOf(move: SlotMove | SystemMove): readonly Action[] {
    const { gate } = this.system;
    const name = about(move.action, move.output);
    const ofSlot = "rule" in move ? move : null;
    const becomes = this.#effectOf(move);
    const shut: Action = {
      name: ofSlot === null ? name : `${name}: ${this.#wayOf(ofSlot)}`,
      move,
      enabled: all(
        ...(ofSlot === null ? [] : [atLeast(this.slots(ofSlot.from), one)]),
        ...move.needs.map((need) => this.isIn(need)),
        this.allHold(move.guard),
      ),
      becomes,
      opensGate: false,
      lands: (place) => place,
    };
    if (gate === null) return [shut];
    const opens = substitute(this.allHold(gate.guard), becomes);
    return [
      { ...shut, enabled: all(shut.enabled, not(opens)) },
      {
        ...shut,
        name: `${shut.name}, and the gate opens`,
        enabled: all(shut.enabled, opens),
        becomes: compose(becomes, new Map(this.#inEveryPlace(gate.everySlot))),
        opensGate: true,
        lands: (place) => entryAt(gate.everySlot.to, place),
      },
    ];
  }

  #wayOf({ from, to }: SlotMove): string {
    return [from, to].map((place) => this.#slots[place]?.slice(1) ?? "?").join(" -> ");
  }
}
