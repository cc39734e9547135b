import {
  createActor,
  enqueueActions,
  setup,
  type ActorRefFrom,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type InspectionEvent,
} from "xstate";
import type { Message, Role, SlotView, SystemDescription } from "../../../models/description.ts";
import { MachineGroup } from "../../compile/machine-group.ts";
import { type Scope, boundValue, slotsOf } from "../../compile/scope.ts";
import { Stepper, type EnabledAction } from "../../compile/stepper.ts";
import { machineId } from "./machine-id.ts";

type MachineRef = ActorRefFrom<AnyStateMachine>;

/** A message with the machine that it is for. */
interface Told {
  readonly to: string;
  readonly event: Message["event"];
}

interface Member {
  readonly id: string;
  readonly role: Role;
}

function membersOf(description: SystemDescription, scope: Scope): readonly Member[] {
  const { system } = scope;
  const outputs = Array.from({ length: system.outputs }, (_, output) => output);
  const inputs = Array.from({ length: system.inputs }, (_, input) => input);
  const each = (role: Role, slot: number | null): readonly Member[] =>
    (role.perOutput ? outputs : role.perInput === true ? inputs : [null]).map((index) => ({
      id: machineId(role.name, slot, index),
      role,
    }));
  return [
    ...description.shared.flatMap((role) => each(role, null)),
    ...Array.from({ length: slotsOf(scope) }, (_, slot) =>
      description.slot.flatMap((role) => each(role, slot)),
    ).flat(),
  ];
}

/** The actor that has all machines as its children and tells them what the system's actions say. */
function systemMachine(members: readonly Member[], names: readonly string[]) {
  const types: {
    context?: { readonly machines: ReadonlyMap<string, MachineRef> };
    events?: { readonly type: string; readonly told: readonly Told[] };
  } = {};
  const on = Object.fromEntries(names.map((name) => [name, { actions: "tellMachines" as const }]));
  const actors: Readonly<Record<string, AnyStateMachine>> = Object.fromEntries(
    members.map(({ role: { name, machine } }) => [name, machine]),
  );
  return setup({
    types,
    actors,
    actions: {
      tellMachines: enqueueActions(({ context, event, enqueue }) => {
        for (const { to, event: message } of event.told) {
          const machine = context.machines.get(to);
          if (machine !== undefined) enqueue.sendTo(machine, message);
        }
      }),
    },
  }).createMachine({
    id: "fluent-bit",
    context: ({ spawn }) => ({
      machines: new Map(
        members.map(({ id, role: { machine, input } }) => [
          id,
          spawn(machine, input === undefined ? { id } : { id, input }),
        ]),
      ),
    }),
    initial: "composed",
    states: { composed: { description: "Sends each machine what an action says.", on } },
  });
}

/**
 * A system whose machines are live XState actors: each chunk, task, delivery and output, the input and the engine. The
 * tables say which actions are enabled; the machines are told what the description says, and after each action they
 * must be where the tables are.
 */
export class LiveSystem {
  readonly stepper: Stepper;
  readonly #description: SystemDescription;
  readonly #root: ActorRefFrom<ReturnType<typeof systemMachine>>;
  readonly #group: MachineGroup;
  readonly #ids: readonly (readonly string[])[];

  /** @param inspect gets everything that XState tells an inspector */
  constructor(
    description: SystemDescription,
    scope: Scope,
    inspect: (event: InspectionEvent) => void,
  ) {
    this.stepper = new Stepper(scope);
    this.#description = description;
    this.#group = new MachineGroup(description.slot, scope.system);
    const { places, slotMoves, systemMoves } = scope.system;
    const machines = places[0]?.machines ?? [];
    this.#ids = Array.from({ length: slotsOf(scope) }, (_, slot) =>
      machines.map(({ role, output }) => machineId(role, slot, output)),
    );
    const names = new Set([
      ...[...slotMoves, ...systemMoves].map(({ action }) => action),
      ...description.reactions.map(({ name }) => name),
      ...(description.gate === null ? [] : [description.gate.name]),
    ]);
    this.#root = createActor(systemMachine(membersOf(description, scope), [...names]), { inspect });
    this.#root.start();
  }

  /**
   * Takes an enabled action.
   *
   * @throws Error if a machine is not where the tables say that it must be: then one of the two is wrong
   */
  take(action: EnabledAction): void {
    if (action.slot === null) {
      const { move } = action;
      const rule = this.#description.systemRules.find((one) => one.action === move.action);
      const told = this.#slots().flatMap((slot) =>
        this.#heard(slot, rule?.broadcast?.(this.#view(slot), this.#outputs) ?? []),
      );
      this.#tell(move.action, [
        ...move.told.map((message) => this.#address(message, null)),
        ...told,
      ]);
    } else {
      const { slot, move, others = [] } = action;
      const own = move.steps.filter(({ reaction }) => reaction === null);
      const chosen = move.others.flatMap(({ steps }, index) =>
        steps.map(({ message }) => this.#address(message, others[index] ?? null)),
      );
      this.#tell(move.action, [
        ...move.told.map((message) => this.#address(message, null)),
        ...own.map(({ message }) => this.#address(message, slot)),
        ...chosen,
      ]);
      for (const { message, reaction } of move.steps) {
        if (reaction !== null) this.#tell(reaction, [this.#address(message, slot)]);
      }
    }
    this.#openGate();
    this.stepper.take(action);
    this.#check();
  }

  /** Ends all actors. */
  stop(): void {
    this.#root.stop();
  }

  get #outputs(): number {
    return this.stepper.scope.system.outputs;
  }

  #slots(): readonly number[] {
    return this.#ids.map((_, slot) => slot);
  }

  #snapshot(id: string): AnyMachineSnapshot {
    const machine = this.#root.getSnapshot().context.machines.get(id);
    if (machine === undefined) throw new Error(`no machine is called ${id}`);
    return machine.getSnapshot();
  }

  #view(slot: number): SlotView {
    return this.#group.view((this.#ids[slot] ?? []).map((id) => this.#snapshot(id)));
  }

  #address({ to, output, input, event }: Message, slot: number | null): Told {
    const own = this.#group.has(to) ? slot : null;
    return { to: machineId(to, own, output ?? input ?? null), event };
  }

  /** The messages that the machines of a slot accept: others ignore what is said to all. */
  #heard(slot: number, messages: readonly Message[]): readonly Told[] {
    return messages
      .map((message) => this.#address(message, slot))
      .filter(({ to, event }) => this.#snapshot(to).can(event));
  }

  #tell(type: string, told: readonly Told[]): void {
    if (told.length > 0) this.#root.send({ type, told });
  }

  #openGate(): void {
    const { gate, totals } = this.#description;
    if (gate === null) return;
    const views = this.#slots().map((slot) => this.#view(slot));
    const opens = gate.guard.every(({ quantity, relation, bound }) => {
      const total =
        "total" in quantity ? totals.find(({ name }) => name === quantity.total) : undefined;
      const count = views.filter((view) => total?.counts(view, quantity.output ?? -1, -1)).length;
      const limit = boundValue(bound, this.stepper.scope);
      return relation === "<"
        ? count < limit
        : relation === ">="
          ? count >= limit
          : count === limit;
    });
    if (!opens) return;
    const told = views.flatMap((view, slot) =>
      this.#heard(slot, gate.broadcast(view, this.#outputs)),
    );
    this.#tell(gate.name, told);
  }

  #check(): void {
    for (const slot of this.#slots()) {
      const place = this.stepper.scope.system.places[this.stepper.place(slot)];
      place?.machines.forEach(({ state }, index) => {
        const id = this.#ids[slot]?.[index] ?? "";
        const found: unknown = this.#snapshot(id).value;
        if (found !== state.value) {
          throw new Error(`${id} is ${String(found)}, and should be ${state.value}`);
        }
      });
    }
  }
}
