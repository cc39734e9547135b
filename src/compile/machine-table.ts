import { initialTransition, transition, type AnyMachineSnapshot } from "xstate";
import type { MachineEvent, Role } from "../../models/description.ts";
import { LimitError } from "../errors/limit-error.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** What a state's context may be made of. */
export type ContextValue = string | number | boolean | null;

/** A local state of a machine: its state value and its (bounded) context. */
export interface MachineState {
  readonly id: number;
  readonly value: string;
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** A named action that a transition asked for, with the output in its params where it has one. */
export interface RequestedAction {
  readonly type: string;
  readonly output: number | null;
}

/** What a machine does on one event in one state. */
interface MachineStep {
  readonly to: number;
  readonly actions: readonly RequestedAction[];
  /** The description of the transition: the C function that it stands for. */
  readonly description: string;
}

/** A machine, run once for each local state and event. */
export interface MachineTable {
  readonly name: string;
  /** State 0 is the initial one. */
  readonly states: readonly MachineState[];
  /** What happens on an event; `undefined` where the machine does not accept it. */
  readonly step: (state: number, event: MachineEvent) => MachineStep | undefined;
  /** Whether some state of the machine has a transition for the event, be it guarded. */
  readonly hears: (event: MachineEvent) => boolean;
  /** Whether the machine has a state of that name at all. */
  readonly hasState: (value: string) => boolean;
}

const mostStates = 10_000;

function plainContext(role: string, context: unknown): Readonly<Record<string, ContextValue>> {
  const plain: Record<string, ContextValue> = {};
  if (typeof context !== "object" || context === null) return plain;
  for (const [key, value] of Object.entries(context)) {
    const scalar: unknown = value;
    if (
      scalar !== null &&
      typeof scalar !== "string" &&
      typeof scalar !== "number" &&
      typeof scalar !== "boolean"
    ) {
      throw new DescriptionError(`machine ${role}: context.${key} is not plain data`);
    }
    plain[key] = scalar;
  }
  return plain;
}

function outputOf(params: unknown): number | null {
  if (typeof params !== "object" || params === null || !("output" in params)) return null;
  return typeof params.output === "number" ? params.output : null;
}

/** An event by its name, and the output or input that it is about. */
export function eventKey(event: MachineEvent): string {
  const output = event.output === undefined ? "" : ` ${event.output}`;
  return event.type + output + (event.input === undefined ? "" : ` from ${event.input}`);
}

/** The event, where one of its transitions does something; one that does nothing forbids the event. */
function heardEvent([event, transitions]: readonly [
  string,
  readonly { readonly target?: unknown; readonly actions: readonly unknown[] }[],
]): readonly string[] {
  const does = transitions.some(
    ({ target, actions }) => target !== undefined || actions.length > 0,
  );
  return does ? [event] : [];
}

/**
 * Runs a machine through XState's own `transition`, once for each local state and event.
 *
 * @throws DescriptionError if a state is nested or a context holds more than plain data.
 * @throws LimitError if the machine has more than 10,000 local states (its context is not bounded).
 */
export function tabulate(role: Role): MachineTable {
  const states: MachineState[] = [];
  const ids = new Map<string, number>();
  const snapshots: AnyMachineSnapshot[] = [];
  const steps: Map<string, MachineStep>[] = [];

  function intern(snapshot: AnyMachineSnapshot): number {
    const value: unknown = snapshot.value;
    if (typeof value !== "string") {
      throw new DescriptionError(`machine ${role.name}: state ${JSON.stringify(value)} is nested`);
    }
    const context = plainContext(role.name, snapshot.context);
    const key = JSON.stringify([value, context]);
    const known = ids.get(key);
    if (known !== undefined) return known;
    if (states.length === mostStates) {
      throw new LimitError(`machine ${role.name} has more than ${mostStates} local states`);
    }
    const id = states.length;
    ids.set(key, id);
    states.push({ id, value, context });
    snapshots.push(snapshot);
    return id;
  }

  const [initial] = initialTransition(role.machine, role.input);
  intern(initial);
  for (let id = 0; id < states.length; id++) {
    const from = snapshots[id];
    if (from === undefined) break;
    const row = new Map<string, MachineStep>();
    for (const event of role.events) {
      if (!from.can(event)) continue;
      const [next, actions] = transition(role.machine, from, event);
      const [taken] = role.machine.getTransitionData(from, event);
      row.set(eventKey(event), {
        to: intern(next),
        actions: actions.map((action) => ({
          type: action.type,
          output: outputOf(action.params),
        })),
        description: taken?.description ?? "",
      });
    }
    steps.push(row);
  }

  const nodes = [role.machine.root, ...Object.values(role.machine.states)];
  const heard = new Set(nodes.flatMap(({ transitions }) => [...transitions].flatMap(heardEvent)));
  const declared = new Set(Object.keys(role.machine.states));
  return {
    name: role.name,
    states,
    step: (state, event) => steps[state]?.get(eventKey(event)),
    hears: ({ type }) => heard.has(type),
    hasState: (value) => declared.has(value),
  };
}
