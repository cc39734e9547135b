import { entryAt } from "../errors/checked-access.ts";
import type { LinearBound } from "../../models/description.ts";
import type { CompiledSystem, Guard, SlotMove } from "./compiled-system.ts";
import { boundKey } from "./guards.ts";

/** The first thing in which two systems differ, and what each of them has there, in words. */
export interface SystemDifference {
  /** E.g. `branch 1 of the rule ingest`. */
  readonly what: string;
  readonly here: string;
  readonly there: string;
  /** Whether only a bound differs: then it can be written as a multiple of a size. */
  readonly isBound: boolean;
}

function boundWords({ constant, ...multiples }: LinearBound): string {
  const terms = Object.entries(multiples)
    .filter(([, times]) => times !== 0)
    .map(([name, times]) => `${times} * ${name}`);
  return [...(constant !== 0 || terms.length === 0 ? [String(constant)] : []), ...terms].join(
    " + ",
  );
}

function quantityWords({ quantities }: CompiledSystem, index: number): string {
  const { name, output } = entryAt(quantities, index);
  return output === null ? name : `${name} of output ${output}`;
}

function guardWords(system: CompiledSystem, guards: readonly Guard[]): string {
  const words = guards.map(({ quantity, minus, relation, bound }) => {
    const less = minus < 0 ? "" : ` - ${quantityWords(system, minus)}`;
    return `${quantityWords(system, quantity)}${less} ${relation} ${boundWords(bound)}`;
  });
  return words.length === 0 ? "no guard" : `the guard ${words.join(" and ")}`;
}

/** Equal for equal data; a bound may name a size zero times or not at all. */
function key(data: unknown): string {
  return JSON.stringify(data, (name, value: unknown) =>
    name === "bound" && isBound(value) ? boundKey(value) : value,
  );
}

function isBound(value: unknown): value is LinearBound {
  return typeof value === "object" && value !== null && "constant" in value;
}

function placeName({ places }: CompiledSystem, id: number): string {
  return places[id]?.name ?? "?";
}

/** What a move is, but for its guard and for numbers that only say in which order things were met. */
function moveData(system: CompiledSystem, move: SlotMove): ReadonlyMap<string, string> {
  const told: readonly (readonly [string, unknown])[] = [
    ...Object.entries(move).filter(([name]) => name !== "id" && name !== "guard"),
    ["from", placeName(system, move.from)],
    ["to", placeName(system, move.to)],
    ["fairness", move.fairness < 0 ? null : entryAt(system.fairnessInstances, move.fairness)],
  ];
  return new Map(told.map(([name, value]) => [name, key(value)]));
}

function moveWords(system: CompiledSystem, move: SlotMove | undefined): string {
  if (move === undefined) return "no move more";
  const { action, output, mask, from, to, violates } = move;
  const about = output === null ? "" : ` for output ${output}`;
  const routes = mask === null ? "" : ` with routes ${mask.join(",")}`;
  const broken = violates.length === 0 ? "" : `, which breaks ${violates.join(" and ")}`;
  const way = `from "${placeName(system, from)}" to "${placeName(system, to)}"`;
  return `${action}${about}${routes} ${way}${broken}, under ${guardWords(system, move.guard)}`;
}

/** In what two moves differ; `null` if they are the same. */
function differenceOfMoves(
  [one, left]: readonly [CompiledSystem, SlotMove | undefined],
  [other, right]: readonly [CompiledSystem, SlotMove | undefined],
): Omit<SystemDifference, "what"> | null {
  if (left === undefined || right === undefined) {
    return { here: moveWords(one, left), there: moveWords(other, right), isBound: false };
  }
  const [here, there] = [moveData(one, left), moveData(other, right)];
  const field = [...here.keys()].find((name) => here.get(name) !== there.get(name));
  if (field === undefined) {
    if (key(left.guard) === key(right.guard)) return null;
    const isBound = left.guard.length === right.guard.length;
    return { here: guardWords(one, left.guard), there: guardWords(other, right.guard), isBound };
  }
  const [hereWords, thereWords] = [moveWords(one, left), moveWords(other, right)];
  return hereWords === thereWords
    ? {
        here: `${field} ${here.get(field) ?? "?"}`,
        there: `${field} ${there.get(field) ?? "?"}`,
        isBound: false,
      }
    : { here: hereWords, there: thereWords, isBound: false };
}

function moveDifference(one: CompiledSystem, other: CompiledSystem): SystemDifference | null {
  const rules = [...new Set([...one.slotMoves, ...other.slotMoves].map(({ rule }) => rule))];
  const movesOf = (system: CompiledSystem, rule: string): string => {
    const moves = system.slotMoves.filter((move) => move.rule === rule).length;
    return moves === 0 ? "no moves" : `${moves} moves`;
  };
  // Without a rule there may be fewer places: then every other rule differs, too.
  const missing = rules.find((rule) =>
    [one, other].some((system) => movesOf(system, rule) === "no moves"),
  );
  if (missing !== undefined) {
    const [here, there] = [movesOf(one, missing), movesOf(other, missing)];
    return { what: `the rule ${missing}`, here, there, isBound: false };
  }
  for (const rule of rules) {
    const here = one.slotMoves.filter((move) => move.rule === rule);
    const there = other.slotMoves.filter((move) => move.rule === rule);
    for (let at = 0; at < Math.max(here.length, there.length); at++) {
      const [left, right] = [here[at], there[at]];
      const difference = differenceOfMoves([one, left], [other, right]);
      if (difference === null) continue;
      const branch = ((left ?? right)?.branch ?? 0) + 1;
      return { what: `branch ${branch} of the rule ${rule}`, ...difference };
    }
  }
  return null;
}

/** A part of a system: what it is called, and all that it says. */
interface Part {
  readonly what: string;
  readonly says: string;
  readonly isBound: boolean;
}

function part(what: string, says: unknown, isBound = false): Part {
  return { what, says: typeof says === "string" ? says : key(says), isBound };
}

/** Everything but the moves of slots. */
function partsOf(system: CompiledSystem): readonly Part[] {
  const { gate, vocabulary, fairnessInstances } = system;
  const ofOutput = (output: number | null): string =>
    output === null ? "" : ` of output ${output}`;
  return [
    ...system.shared.map(({ role, output, table }) =>
      part(`the machine ${role}${ofOutput(output)}`, table.states),
    ),
    ...system.systemMoves.map((move) => part(`the rule ${move.action}`, move)),
    part("the guard of the gate", gate === null ? "none" : guardWords(system, gate.guard), true),
    part("the gate", gate?.everySlot ?? "none"),
    ...system.stateProperties.map((one) =>
      part(
        `the property ${one.name}${ofOutput(one.output)}`,
        `${guardWords(system, one.requires)}${one.while.length === 0 ? "" : `, while ${key(one.while)}`}`,
        true,
      ),
    ),
    ...system.properties.map(({ kind, name, meaning }) =>
      part(`the property ${name}`, `${kind}: ${meaning}`),
    ),
    ...system.quantities.map(({ kind, name, output, weights, bound }) => {
      const counted = system.places.filter(({ id }) => weights[id] === 1);
      const names = counted.map((place) => `"${place.name}"`).join(", ");
      return part(
        `the ${kind} ${name}${ofOutput(output)}`,
        kind === "total" ? `a count of slots in ${names}` : `at most ${key({ bound })}`,
      );
    }),
    ...system.places.map((one) => part(`the local state "${one.name}" of a slot`, one)),
    part("what is owed to a slot", fairnessInstances),
    part("the vocabulary", vocabulary),
    part("the moves of slots", system.slotMoves),
  ];
}

/** At most so much of a thing is quoted. */
const quoted = 200;

/**
 * The first thing in which two systems differ: places, moves with their guards and bounds, shared machines, gate, totals,
 * counters, properties, or what the progress properties speak of. `null` if they are the same.
 */
export function differenceBetween(
  one: CompiledSystem,
  other: CompiledSystem,
): SystemDifference | null {
  const ofMoves = moveDifference(one, other);
  if (ofMoves !== null) return ofMoves;
  const [here, there] = [partsOf(one), partsOf(other)];
  for (let at = 0; at < Math.max(here.length, there.length); at++) {
    const [left, right] = [here[at], there[at]];
    if (left?.what === right?.what && left?.says === right?.says) continue;
    const { what = "?", isBound = false } = left ?? right ?? {};
    const words = (side: Part | undefined): string =>
      side?.what === what ? side.says.slice(0, quoted) : "missing";
    return { what, here: words(left), there: words(right), isBound };
  }
  return null;
}
