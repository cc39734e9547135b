import { initialTransition, transition, type AnyMachineSnapshot } from "xstate";
import { each, type Dimensions } from "./quantity-table.ts";
import type { Message, Role, SlotView } from "../../models/description.ts";

/** The snapshot of each machine of a group, in the order of its members. */
export type GroupSnapshot = readonly AnyMachineSnapshot[];

/** A named action that a machine asked for, with its params. */
interface AskedAction {
  readonly type: string;
  readonly params: unknown;
  /** The group as it was when the action was asked for. */
  readonly at: GroupSnapshot;
}

/** What one or more messages did to a group. */
export interface GroupChange {
  readonly group: GroupSnapshot;
  readonly asked: readonly AskedAction[];
}

/** The snapshot of a role's machine before anything happened to it. */
function initialSnapshot({ machine, input }: Role): AnyMachineSnapshot {
  const [snapshot] = initialTransition(machine, input);
  return snapshot;
}

function stateNameOf(snapshot: AnyMachineSnapshot): string {
  const value: unknown = snapshot.value;
  if (typeof value !== "string") throw new TypeError("a machine of the system has nested states");
  return value;
}

function contextOf(snapshot: AnyMachineSnapshot): readonly [string, unknown][] {
  const context: unknown = snapshot.context;
  return typeof context === "object" && context !== null ? Object.entries(context) : [];
}

/**
 * Machines side by side, interpreted by XState event by event: those of one slot, or those that the slots share.
 * Nothing here knows the compiled tables.
 */
export class MachineGroup {
  readonly initial: GroupSnapshot;
  readonly #members: readonly {
    readonly role: Role;
    /** The output or the input that the machine is of. */
    readonly index: number | null;
  }[];
  readonly #outputs: readonly number[];

  constructor(roles: readonly Role[], { outputs, inputs }: Dimensions) {
    this.#outputs = Array.from({ length: outputs }, (_, output) => output);
    this.#members = roles.flatMap((role) =>
      (role.perInput === true ? each(inputs, true) : each(outputs, role.perOutput)).map(
        (index) => ({ role, index }),
      ),
    );
    this.initial = this.#members.map(({ role }) => initialSnapshot(role));
  }

  /** Whether messages to this role go to the group. */
  has(role: string): boolean {
    return this.#members.some((member) => member.role.name === role);
  }

  /** Sends one message; `undefined` if the machine does not accept its event. */
  send(group: GroupSnapshot, { to, output, input, event }: Message): GroupChange | undefined {
    const index = this.#indexOf(to, output ?? input ?? null);
    const { machine } = this.#members[index]?.role ?? {};
    const snapshot = group[index];
    if (machine === undefined || snapshot?.can(event) !== true) return undefined;
    const [next, actions] = transition(machine, snapshot, event);
    const asked = actions.map(({ type, params }): AskedAction => ({ type, params, at: group }));
    return { group: group.with(index, next), asked };
  }

  /** Sends messages in order; a machine that does not accept its event ends it all, or ignores it if `lenient`. */
  sendAll(
    group: GroupSnapshot,
    messages: readonly Message[],
    lenient = false,
  ): GroupChange | undefined {
    let current = group;
    const asked: AskedAction[] = [];
    for (const message of messages) {
      const change = this.send(current, message);
      if (change === undefined && !lenient) return undefined;
      current = change?.group ?? current;
      asked.push(...(change?.asked ?? []));
    }
    return { group: current, asked };
  }

  /** The group as the rules see it. */
  view(group: GroupSnapshot): SlotView {
    const snapshotOf = (role: string, output: number | null): AnyMachineSnapshot => {
      const snapshot = group[this.#indexOf(role, output)];
      if (snapshot === undefined) throw new Error(`machine ${role} has no snapshot`);
      return snapshot;
    };
    const isFor: SlotView["isFor"] = (role, output, ...states) =>
      states.includes(stateNameOf(snapshotOf(role, output)));
    return {
      is: (role, ...states) => states.includes(stateNameOf(snapshotOf(role, null))),
      isFor,
      outputsIn: (role, ...states) =>
        this.#outputs.filter((output) => states.length === 0 || isFor(role, output, ...states)),
      context: (role, key) => {
        const value = contextOf(snapshotOf(role, null)).find(([name]) => name === key)?.[1];
        return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
          ? value
          : null;
      },
    };
  }

  /** Whether the one machine of a role is in a state from which some event leads on. */
  takesEvents(group: GroupSnapshot, role: string): boolean {
    const index = this.#indexOf(role, null);
    const snapshot = group[index];
    const { machine } = this.#members[index]?.role ?? {};
    if (snapshot === undefined || machine === undefined) return false;
    const state = machine.root.states[stateNameOf(snapshot)];
    return (state?.ownEvents.length ?? 0) > 0;
  }

  /** A short name of a snapshot of the group: each machine's state, and what has changed in its context. */
  nameOf(group: GroupSnapshot): string {
    return group
      .map((snapshot, index) => {
        const before = new Map(this.initial[index] ? contextOf(this.initial[index]) : []);
        const changed = contextOf(snapshot).filter(([key, value]) => before.get(key) !== value);
        const values = changed.map(([, value]) => String(value)).join(",");
        return stateNameOf(snapshot) + (values === "" ? "" : `(${values})`);
      })
      .join(" ");
  }

  #indexOf(role: string, of: number | null): number {
    const index = this.#members.findIndex(
      (member) => member.role.name === role && member.index === of,
    );
    if (index < 0) throw new Error(`no machine is called ${role}`);
    return index;
  }
}
