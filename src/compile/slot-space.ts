import { entryAt, valueOr } from "../errors/checked-access.ts";
import type { Message, Role, SlotView } from "../../models/description.ts";
import type { ContextValue, MachineState, MachineTable, RequestedAction } from "./machine-table.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** One machine of a slot: of the slot itself, or the one that it has for an output. */
export interface SlotMachine {
  readonly role: string;
  readonly output: number | null;
  readonly table: MachineTable;
}

/** One event taken by one machine of a slot. */
export interface MachineMove {
  readonly message: Message;
  readonly description: string;
  /** States of the machine, by their names. */
  readonly from: string;
  readonly to: string;
  /** Configurations of the slot. */
  readonly before: number;
  readonly after: number;
  /** The reaction of the slot that sent the event; null where the action itself did. */
  readonly reaction: string | null;
}

/** A named action that a machine of a slot asked for, and the configuration in which it did. */
export interface RequestedInSlot extends RequestedAction {
  readonly at: number;
}

/** What a list of messages did to a slot; `to` is a configuration. */
export interface SlotChange {
  readonly to: number;
  readonly moves: readonly MachineMove[];
  readonly requested: readonly RequestedInSlot[];
}

/**
 * The configurations of a slot (a state of each of its machines), numbered as they are met; configuration 0 is the free
 * slot. Those in which a slot can be between two actions are its *places*, and have numbers of their own: place 0 is
 * the free slot again. The others are met only on the way, between two events of one action.
 */
export class SlotSpace {
  readonly machines: readonly SlotMachine[];
  readonly outputs: number;
  readonly #configurations: number[][] = [];
  readonly #ids = new Map<string, number>();
  readonly #views: SlotView[] = [];
  readonly #places: number[] = [];
  readonly #placeOf = new Map<number, number>();

  constructor(roles: readonly Role[], tables: ReadonlyMap<string, MachineTable>, outputs: number) {
    this.outputs = outputs;
    this.machines = roles.flatMap((role): readonly SlotMachine[] => {
      const table = tables.get(role.name);
      if (table === undefined) throw new Error(`role ${role.name} has no table`);
      return role.perOutput
        ? Array.from({ length: outputs }, (_, output) => ({ role: role.name, output, table }))
        : [{ role: role.name, output: null, table }];
    });
    this.placeOf(this.#intern(this.machines.map(() => 0)));
  }

  /** How many places have been met. */
  get places(): number {
    return this.#places.length;
  }

  /** The number of a configuration as a place; it becomes one if it was not. */
  placeOf(configuration: number): number {
    const known = this.#placeOf.get(configuration);
    if (known !== undefined) return known;
    const place = this.#places.push(configuration) - 1;
    this.#placeOf.set(configuration, place);
    return place;
  }

  /** The configuration that a place is. */
  configurationOf(place: number): number {
    const configuration = this.#places[place];
    if (configuration === undefined) throw new Error(`place ${place} does not exist`);
    return configuration;
  }

  /** The state of each machine of the slot in a place, in the order of `machines`. */
  states(place: number): readonly MachineState[] {
    return this.#configuration(this.configurationOf(place)).map((state, index) =>
      this.#stateOf(index, state),
    );
  }

  /** A configuration as the rules see it. */
  view(configuration: number): SlotView {
    const view = this.#views[configuration];
    if (view === undefined) throw new Error(`configuration ${configuration} does not exist`);
    return view;
  }

  /**
   * Sends messages to the machines of a slot, in order.
   *
   * @param lenient whether a machine that does not accept its event ignores it
   * @returns what changed, or the first message that is not accepted
   */
  send(
    from: number,
    messages: readonly Message[],
    lenient: boolean,
  ): SlotChange | { readonly refused: Message } {
    let current = from;
    const moves: MachineMove[] = [];
    const requested: RequestedInSlot[] = [];
    for (const message of messages) {
      const index = this.#indexOf(message.to, message.output ?? null);
      const configuration = [...this.#configuration(current)];
      const state = entryAt(configuration, index);
      const step = this.machines[index]?.table.step(state, message.event);
      if (step === undefined) {
        if (lenient) continue;
        return { refused: message };
      }
      configuration[index] = step.to;
      const next = this.#intern(configuration);
      moves.push({
        message,
        description: step.description,
        from: this.#stateOf(index, state).value,
        to: this.#stateOf(index, step.to).value,
        before: current,
        after: next,
        reaction: null,
      });
      const at = current;
      requested.push(...step.actions.map((action) => ({ ...action, at })));
      current = next;
    }
    return { to: current, moves, requested };
  }

  /** Whether messages to this role go to a slot. */
  has(role: string): boolean {
    return this.machines.some((machine) => machine.role === role);
  }

  #configuration(id: number): readonly number[] {
    const configuration = this.#configurations[id];
    if (configuration === undefined) throw new Error(`configuration ${id} does not exist`);
    return configuration;
  }

  #stateOf(index: number, state: number): MachineState {
    const found = this.machines[index]?.table.states[state];
    if (found === undefined) throw new Error(`machine ${index} of a slot has no state ${state}`);
    return found;
  }

  #indexOf(role: string, output: number | null): number {
    const index = this.machines.findIndex(
      (machine) => machine.role === role && machine.output === output,
    );
    if (index < 0) {
      throw new DescriptionError(
        output === null ? `a slot has no ${role}` : `a slot has no ${role} for output ${output}`,
      );
    }
    return index;
  }

  #intern(configuration: number[]): number {
    const key = configuration.join(",");
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#configurations.length;
    this.#ids.set(key, id);
    this.#configurations.push(configuration);
    this.#views.push(this.#viewOf(configuration));
    return id;
  }

  #viewOf(configuration: readonly number[]): SlotView {
    const stateOf = (role: string, output: number | null): MachineState => {
      const index = this.#indexOf(role, output);
      return this.#stateOf(index, entryAt(configuration, index));
    };
    const check = (role: string, names: readonly string[]): void => {
      const machine = this.machines.find((candidate) => candidate.role === role);
      for (const name of names) {
        if (machine?.table.hasState(name) !== true) {
          throw new DescriptionError(`machine ${role} has no state ${name}`);
        }
      }
    };
    const isFor = (role: string, output: number, ...names: string[]): boolean => {
      check(role, names);
      return names.includes(stateOf(role, output).value);
    };
    return {
      is: (role, ...names) => {
        check(role, names);
        return names.includes(stateOf(role, null).value);
      },
      isFor,
      outputsIn: (role, ...names) =>
        Array.from({ length: this.outputs }, (_, output) => output).filter(
          (output) => names.length === 0 || isFor(role, output, ...names),
        ),
      context: (role, key): ContextValue => valueOr(stateOf(role, null).context, key, null),
    };
  }
}
