import { Stepper, type SystemState } from "../../compile/stepper.ts";
import type { Scope } from "../../compile/scope.ts";
import type { Option } from "./options.ts";
import { waitingOf } from "./waiting.ts";

/** A chunk that waits for ever while a loop goes round, and the output it waits for; null for whichever. */
export interface EndlessWait {
  readonly slot: number;
  readonly output: number | null;
}

interface Chances {
  readonly possible: readonly Option[];
  readonly impossible: readonly Option[];
}

/** What the engine could do for the chunk, and what it cannot. */
function chancesOf(stepper: Stepper, { slot, output }: EndlessWait): Chances {
  const waiting = waitingOf(stepper).find((one) => one.slot === slot);
  const concerns = ({ action: { move } }: Option): boolean =>
    output === null || move.output === null || move.output === output;
  return {
    possible: waiting?.next.filter(concerns) ?? [],
    impossible: waiting?.blocked.filter(concerns) ?? [],
  };
}

function namesOf(options: readonly Option[]): string {
  return [...new Set(options.map(({ action }) => action.move.action))].join(" or ");
}

/** Why a slot waits in a state: what it would need, and who holds that; or that it is passed over. */
export function whyWaits(stepper: Stepper, wait: EndlessWait): string {
  const { possible, impossible } = chancesOf(stepper, wait);
  const { noun } = stepper.scope.system.slots;
  const who = `${noun} ${wait.slot}`;
  if (possible.length > 0) {
    return `${who} waits: ${namesOf(possible)} is possible now, but something else comes first`;
  }
  const nearest = impossible.toSorted((a, b) => a.reasons.length - b.reasons.length)[0];
  if (nearest === undefined) return `${who} waits: the engine has nothing to do for it`;
  const reasons = nearest.reasons.map(({ needed, found, heldBy }) => {
    const others = heldBy.filter((slot) => slot !== wait.slot);
    const held = others.length === 0 ? "" : ` (held by ${noun} ${others.join(", ")})`;
    return `${needed}, but ${found} is false${held}`;
  });
  return `${who} waits: ${nearest.action.move.action} needs ${reasons.join("; ")}`;
}

/** `chunk 1`, or `chunks 0, 2`. */
function slotsWords({ system }: Scope, slots: readonly number[]): string {
  return `${system.slots.noun}${slots.length === 1 ? "" : "s"} ${slots.join(", ")}`;
}

/**
 * Which chunks wait for ever while a loop goes round, and why that breaks no promise: a sentence for all that wait for
 * the same reason.
 *
 * @param states the states of the loop
 */
export function whyFair(
  scope: Scope,
  states: readonly SystemState[],
  waits: readonly EndlessWait[],
): readonly string[] {
  const byChance = new Map<string, number[]>();
  for (const wait of waits) {
    const chances = states.map((state) => chancesOf(new Stepper(scope, state), wait).possible);
    const names = namesOf(chances.flat());
    byChance.set(names, [...(byChance.get(names) ?? []), wait.slot]);
  }
  return [...byChance].map(([names, slots]) => {
    const [wait, them] = slots.length === 1 ? ["waits", "it"] : ["wait", "them"];
    const who = `${slotsWords(scope, slots)} ${wait} for ever`;
    return names === ""
      ? `${who}: at no step of the loop can the engine do anything for ${them}`
      : `${who}: ${names} becomes possible again and again, and each time something else comes first and takes the room`;
  });
}
