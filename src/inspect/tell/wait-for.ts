import type { Guard } from "../../compile/compiled-system.ts";
import { boundValue, slotsOf } from "../../compile/scope.ts";
import type { Stepper } from "../../compile/stepper.ts";
import { optionsOf, type Option } from "./options.ts";
import { partsOf } from "./place-words.ts";
import { quantityWords } from "./quantity-words.ts";
import { waitingOf } from "./waiting.ts";

/** Slots that are in the same place: what is true of one is true of all. */
interface WaitingGroup {
  readonly slots: readonly number[];
  /** `chunk 0`, or `chunks 0, 2`. */
  readonly name: string;
  /** What each is and has, such as `in memory`. */
  readonly parts: readonly string[];
  /** Whether the engine can do nothing for them now. */
  readonly waits: boolean;
}

/** What somebody waits for. */
interface WantedResource {
  /** Such as `a task`, or `output 0 to come back`. */
  readonly name: string;
  /** Such as `1 of 1 taken`; empty where nothing is counted. */
  readonly count: string;
  /** How many are counted as taken though nobody has them. */
  readonly leaked: number;
}

/** Who waits for what, and who has it. Indices are those of `groups` and `resources`. */
export interface WaitGraph {
  readonly groups: readonly WaitingGroup[];
  readonly resources: readonly WantedResource[];
  /** For each group the ways to go on, each with all that it takes; none for a group that can go on. */
  readonly ways: readonly (readonly (readonly number[])[])[];
  readonly holds: readonly { readonly resource: number; readonly group: number }[];
}

interface Wanted extends WantedResource {
  readonly heldBy: readonly number[];
}

const rooms: Readonly<Record<string, string>> = {
  up: "a place in memory",
  tasks: "a task",
  overLimitUp: "a place over the limit",
};

/** The total that says which slots a counter counts, where there is one. */
const countedBy: Readonly<Record<string, string>> = { overLimitUp: "charged" };

function wantedByGuard({ quantity, bound, relation }: Guard, stepper: Stepper): Wanted | null {
  const { quantities } = stepper.scope.system;
  const counted = quantities[quantity];
  if (relation !== "<" || counted === undefined) return null;
  const { name, output } = counted;
  const held =
    counted.kind === "total"
      ? counted
      : quantities.find((one) => one.name === countedBy[name] && one.output === output);
  const weights = held?.weights ?? [];
  const slots = Array.from({ length: slotsOf(stepper.scope) }, (_, slot) => slot);
  const heldBy = slots.filter((slot) => (weights[stepper.place(slot)] ?? 0) > 0);
  const known = heldBy.reduce((sum, slot) => sum + (weights[stepper.place(slot)] ?? 0), 0);
  const value = stepper.amount(quantity);
  const room = rooms[name] ?? `room: ${quantityWords(counted)}`;
  return {
    name: output === null || counted.kind === "total" ? room : `${room} of output ${output}`,
    count: `${value} of ${boundValue(bound, stepper.scope)} taken`,
    leaked: held === undefined ? 0 : Math.max(0, value - known),
    heldBy,
  };
}

/** What is in the way of an action, as far as somebody could give it back. */
function wantedBy({ action: { move } }: Option, stepper: Stepper): readonly Wanted[] {
  const { shared } = stepper.scope.system;
  const machines = move.needs
    .filter(({ machine, state }) => stepper.shared(machine) !== state)
    .flatMap(({ machine, state }): readonly Wanted[] => {
      const told = shared[machine];
      if (told === undefined) return [];
      const name = `${told.role}${told.output === null ? "" : ` ${told.output}`}`;
      const now = told.table.states[stepper.shared(machine)]?.value ?? "";
      const then = told.table.states[state]?.value ?? "";
      const count = `is ${now}`;
      return [{ name: `${name} to be ${then}`, count, leaked: 0, heldBy: [] }];
    });
  const guards = move.guard
    .filter((guard) => !stepper.holds([guard]))
    .flatMap((guard) => wantedByGuard(guard, stepper) ?? []);
  return [...machines, ...guards];
}

function groupName(noun: string, slots: readonly number[]): string {
  return `${noun}${slots.length === 1 ? "" : "s"} ${slots.join(", ")}`;
}

/** The ways that take no more than another one does. */
function leastOf(ways: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return ways.filter(
    (way, index) =>
      way.length > 0 &&
      !ways.some((other, at) => {
        const isPart = other.length > 0 && other.every((one) => way.includes(one));
        return at !== index && isPart && (other.length < way.length || at < index);
      }),
  );
}

/** What a group needs, on whichever way. */
export function needsOf({ ways }: WaitGraph, group: number): readonly number[] {
  return [...new Set((ways[group] ?? []).flat())];
}

/** Who waits for what in a state, and who has it: slots that wait, what each could go on with, and those that hold that. */
export function waitGraph(stepper: Stepper): WaitGraph {
  const { scope } = stepper;
  const { system } = scope;
  const waiting = waitingOf(stepper, optionsOf(stepper));
  const wanted = new Map(
    waiting.map(({ slot, next, blocked }) => [
      slot,
      next.length > 0 ? [] : blocked.map((option) => wantedBy(option, stepper)),
    ]),
  );
  const all = [...wanted.values()].flat(2);
  const resources = [...new Map(all.map((one) => [one.name, one])).values()];
  const holders = new Set(resources.flatMap(({ heldBy }) => heldBy));
  const byPlace = new Map<number, number[]>();
  for (const { slot, next } of waiting) {
    if (next.length > 0 && !holders.has(slot)) continue;
    const place = stepper.place(slot);
    byPlace.set(place, [...(byPlace.get(place) ?? []), slot]);
  }
  const groups = [...byPlace].map(([id, slots]): WaitingGroup => {
    const place = system.places[id];
    const parts = place === undefined ? [] : partsOf(place, scope);
    const isOnly = system.outputs < 2;
    return {
      slots,
      name: groupName(system.slots.noun, slots),
      parts: parts
        .filter(({ kind }) => kind !== "none")
        .map(({ text }) => (isOnly ? text.replace(/^→ output \d+: /, "") : text)),
      waits: waiting.some((one) => slots.includes(one.slot) && one.next.length === 0),
    };
  });
  return {
    groups,
    resources: resources.map(({ name, count, leaked }) => ({ name, count, leaked })),
    ways: groups.map(({ slots }) =>
      leastOf(
        (wanted.get(slots[0] ?? -1) ?? []).map((way) =>
          way.map(({ name }) => resources.findIndex((one) => one.name === name)),
        ),
      ),
    ),
    holds: resources.flatMap(({ heldBy }, resource) =>
      groups.flatMap(({ slots }, group) =>
        slots.some((slot) => heldBy.includes(slot)) ? [{ resource, group }] : [],
      ),
    ),
  };
}

/** Whether somebody waits for what one has who waits, in the end, for the first. */
export function hasCycle(graph: WaitGraph): boolean {
  const { groups, holds } = graph;
  const after = (group: number): readonly number[] =>
    needsOf(graph, group).flatMap((resource) =>
      holds.filter((held) => held.resource === resource).map((held) => held.group),
    );
  return groups.some((_, start) => {
    const reached = new Set(after(start));
    for (const group of reached) for (const next of after(group)) reached.add(next);
    return reached.has(start);
  });
}
