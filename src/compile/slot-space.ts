import type { Message, Role, SlotView } from "../../models/description.ts";
import type { ContextValue, MachineState, MachineTable, RequestedAction } from "./machine-table.ts";

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
  readonly before: number;
  readonly after: number;
}

/** What a list of messages did to a slot. */
export interface SlotChange {
  readonly to: number;
  readonly moves: readonly MachineMove[];
  readonly requested: readonly RequestedAction[];
}

/** The local states of a slot ("places"), numbered as they are met; place 0 is the free slot. */
export class SlotSpace {
  readonly machines: readonly SlotMachine[];
  readonly outputs: number;
  readonly #configurations: number[][] = [];
  readonly #ids = new Map<string, number>();
  readonly #views: SlotView[] = [];

  constructor(roles: readonly Role[], tables: ReadonlyMap<string, MachineTable>, outputs: number) {
    this.outputs = outputs;
    this.machines = roles.flatMap((role) => {
      const table = tables.get(role.name);
      if (table === undefined) throw new Error(`role ${role.name} has no table`);
      return role.perOutput
        ? Array.from({ length: outputs }, (_, output) => ({ role: role.name, output, table }))
        : [{ role: role.name, output: null, table }];
    });
    this.#intern(this.machines.map(() => 0));
  }

  /** How many places have been met. */
  get size(): number {
    return this.#configurations.length;
  }

  /** The state of each machine of the slot in a place, in the order of `machines`. */
  states(place: number): readonly MachineState[] {
    return this.#configuration(place).map((state, index) => {
      const found = this.machines[index]?.table.states[state];
      if (found === undefined) throw new Error(`place ${place} is not a configuration`);
      return found;
    });
  }

  /** The place as the rules see it. */
  view(place: number): SlotView {
    const view = this.#views[place];
    if (view === undefined) throw new Error(`place ${place} does not exist`);
    return view;
  }

  /**
   * Sends messages to the machines of a slot, in order.
   *
   * @param lenient whether a machine that does not accept its event ignores it
   * @returns what changed, or the first message that is not accepted
   */
  send(
    place: number,
    messages: readonly Message[],
    lenient: boolean,
  ): SlotChange | { readonly refused: Message } {
    let current = place;
    const moves: MachineMove[] = [];
    const requested: RequestedAction[] = [];
    for (const message of messages) {
      const index = this.#indexOf(message.to, message.output ?? null);
      const configuration = [...this.#configuration(current)];
      const step = this.machines[index]?.table.step(configuration[index] ?? 0, message.event);
      if (step === undefined) {
        if (lenient) continue;
        return { refused: message };
      }
      configuration[index] = step.to;
      const next = this.#intern(configuration);
      moves.push({ message, description: step.description, before: current, after: next });
      requested.push(...step.actions);
      current = next;
    }
    return { to: current, moves, requested };
  }

  /** Whether messages to this role go to a slot. */
  has(role: string): boolean {
    return this.machines.some((machine) => machine.role === role);
  }

  #configuration(place: number): readonly number[] {
    const configuration = this.#configurations[place];
    if (configuration === undefined) throw new Error(`place ${place} does not exist`);
    return configuration;
  }

  #indexOf(role: string, output: number | null): number {
    const index = this.machines.findIndex(
      (machine) => machine.role === role && machine.output === output,
    );
    if (index < 0) {
      throw new Error(
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
      const state = this.machines[index]?.table.states[configuration[index] ?? 0];
      if (state === undefined) throw new Error(`${role} is in no state`);
      return state;
    };
    const check = (role: string, names: readonly string[]): void => {
      const machine = this.machines.find((candidate) => candidate.role === role);
      for (const name of names) {
        if (machine?.table.hasState(name) !== true) {
          throw new Error(`machine ${role} has no state ${name}`);
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
      context: (role, key): ContextValue => stateOf(role, null).context[key] ?? null,
    };
  }
}
