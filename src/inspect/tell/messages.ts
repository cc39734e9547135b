import type { Message } from "../../../models/description.ts";
import type { Scope } from "../../compile/scope.ts";
import { slotsOf } from "../../compile/scope.ts";
import type { EnabledAction } from "../../compile/stepper.ts";
import type { Run } from "../run.ts";
import { actionWords } from "./action-words.ts";
import { stateWords } from "./changes.ts";

/** A machine of a run. */
interface Lifeline {
  readonly id: string;
  /** Such as `chunk 0`; empty for a machine that all share. */
  readonly owner: string;
  /** Such as `task`, `delivery 1` or `output 0`. */
  readonly name: string;
  /** The state in which it begins. */
  readonly first: string;
}

/** What one machine did in a step. */
interface Moved {
  /** Index of its lifeline. */
  readonly line: number;
  /** The event that it got; empty where it changed with something else. */
  readonly event: string;
  readonly from: string;
  /** The same as `from` where it stays. */
  readonly to: string;
}

/** A step of a run as messages to machines. */
export interface Band {
  readonly step: number;
  /** The action with what it is about. */
  readonly words: string;
  readonly agent: string;
  /** What it is in Fluent Bit. */
  readonly tells: string;
  readonly moved: readonly Moved[];
}

/** A run as messages, in time. Machines to which nothing happens are left out. */
export interface Messages {
  readonly lines: readonly Lifeline[];
  readonly bands: readonly Band[];
}

interface Machine {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly stateIn: (moment: Run["moments"][number]) => string;
}

function idOf(slot: number | null, role: string, output: number | null): string {
  return `${slot === null ? "" : `${slot} `}${role}${output === null ? "" : ` ${output}`}`;
}

function machinesOf(scope: Scope): readonly Machine[] {
  const { system } = scope;
  const [first] = system.places;
  const slots = Array.from({ length: slotsOf(scope) }, (_, slot) => slot);
  const isOnly = system.outputs < 2;
  const ofSlots = slots.flatMap((slot) =>
    (first?.machines ?? []).map(({ role, output }, index) => ({
      id: idOf(slot, role, output),
      owner: `${system.slots.noun} ${slot}`,
      name: output === null || isOnly ? role : `${role} ${output}`,
      stateIn: ({ state }: Run["moments"][number]): string => {
        const machine = system.places[state.places[slot] ?? 0]?.machines[index];
        return machine === undefined ? "" : stateWords(machine.state);
      },
    })),
  );
  const shared = system.shared.map(({ role, output, input, table }, index) => ({
    id: idOf(null, role, output ?? input),
    owner: "",
    name: `${role}${(output ?? input) === null ? "" : ` ${output ?? input ?? ""}`}`,
    stateIn: ({ state }: Run["moments"][number]): string => {
      const found = table.states[state.shared[index] ?? 0];
      return found === undefined ? "" : stateWords(found);
    },
  }));
  return [...ofSlots, ...shared];
}

/** The events that machines get in an action, by their ids. */
function eventsOf({ move, slot }: EnabledAction): ReadonlyMap<string, readonly string[]> {
  const events = new Map<string, string[]>();
  const add = (to: number | null, { to: role, output, event }: Message): void => {
    const id = idOf(to, role, output ?? null);
    events.set(id, [...(events.get(id) ?? []), event.type]);
  };
  if ("steps" in move) for (const { message } of move.steps) add(slot, message);
  for (const message of move.told) add(null, message);
  return events;
}

/** What happened to each machine in a run. */
export function messagesOf(scope: Scope, { moments }: Run): Messages {
  const machines = machinesOf(scope);
  const [beginning] = moments;
  const bands = moments.flatMap((moment, step) => {
    const before = moments[step - 1];
    const { taken } = moment;
    if (taken === null || before === undefined) return [];
    const events = eventsOf(taken);
    const moved = machines.flatMap((machine, line) => {
      const [from, to] = [machine.stateIn(before), machine.stateIn(moment)];
      const heard = events.get(machine.id);
      return from === to && heard === undefined
        ? []
        : [{ line, event: heard?.join(", ") ?? "", from, to }];
    });
    const { agent, tells } = taken.move;
    return [{ step, words: actionWords(taken, scope), agent, tells, moved }];
  });
  // A machine that all share and that never changes says nothing: such as an engine that runs.
  const changes = ({ line, from, to }: Moved): boolean =>
    from !== to || machines[line]?.owner !== "";
  const told = bands.flatMap(({ moved }) => moved.filter(changes)).map(({ line }) => line);
  const used = [...new Set(told)].sort((a, b) => a - b);
  return {
    lines: used.flatMap((index) => {
      const machine = machines[index];
      if (machine === undefined || beginning === undefined) return [];
      const { id, owner, name, stateIn } = machine;
      return [{ id, owner, name, first: stateIn(beginning) }];
    }),
    bands: bands.map((band) => ({
      ...band,
      moved: band.moved
        .map((one) => ({ ...one, line: used.indexOf(one.line) }))
        .filter(({ line }) => line >= 0),
    })),
  };
}
