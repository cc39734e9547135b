import { entryAt } from "../../errors/checked-access.ts";
import type { CompiledProperty } from "../../compile/compiled-system.ts";
import type { CountedSystem } from "../counted/counting.ts";
import type { Departure } from "./departure.ts";
import { findDepartures } from "./find-departures.ts";
import { atLeast, formulaKey, type Formula } from "../logic/formula.ts";
import { gateTarget } from "../counted/gate.ts";
import {
  choicesToPutOff,
  goalsOf,
  type FairProperty,
  type Goal,
  type Represented,
} from "../counted/goals.ts";
import type { Argument } from "../invariant/lemma.ts";
import { constant, variable } from "../logic/linear.ts";
import type { Setting } from "../counted/place-edges.ts";
import type { Prover } from "../logic/prover.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { idleStates, ownMeaning } from "../counted/idle-states.ts";

const fairProperties: readonly FairProperty[] = [
  "recovery",
  "isolation",
  "isolationFair",
  "noStarvation",
];

/** A property of fair runs, or `null`. */
export function fairPropertyOf(
  { kind, name }: CompiledProperty,
  counted: CountedSystem,
): FairProperty | null {
  if (ownMeaning(counted, name) !== undefined) return null;
  return kind === "progress" ? (fairProperties.find((fair) => fair === name) ?? null) : null;
}

/** Whether a property is one of progress for which there is no argument for every size. */
export function hasNoArgument({ kind, name }: CompiledProperty, counted: CountedSystem): boolean {
  if (kind !== "progress") return false;
  const own = ownMeaning(counted, name);
  if (own !== undefined) return idleStates(counted, own) === null;
  return name !== "neverStuck" && !fairProperties.some((fair) => fair === name);
}

/**
 * Whether every action of the engine and of the inputs moves the acting slot alone. The argument about places that slots
 * leave holds for such systems only.
 */
function actsOnOneSlot({ system }: CountedSystem): boolean {
  return (
    system.slotMoves.every(({ others }) => others.length === 0) &&
    system.systemMoves.every(({ agent }) => agent === "environment")
  );
}

const fairnessLine =
  "by weak fairness: what is owed to a chunk all the time is done at last, and ranks that only fall cannot fall for ever";
const passingLine = "a chunk that stays in no place for ever and returns to none leaves them all";
const restingLine =
  "a machine that slots share and that moves one way only comes to rest; what is shown is shown wherever it may rest";
const deliveryLine =
  "a run that the engine makes alone is one that can happen, so the delivery at its end can happen";
const putOffLine =
  "the engine can put off what it owes to outputs that are offline: a run in which it does so is one that can happen";
const alikeLine =
  "outputs that can exchange their names without a change to any action fare alike: each case is shown for one of them";

function settingOf(counted: CountedSystem, goal: Goal, assumed: readonly Formula[]): Setting {
  const { region } = goal;
  return { counted, region, assumed: [...assumed, region.formula] };
}

/** What must be shown for chunks to leave the places of a goal by a delivery only. */
function deliveryObligations(
  counted: CountedSystem,
  { region, target, delivered }: Goal,
  assumed: readonly Formula[],
): readonly Obligation[] {
  if (delivered === null) return [];
  return [...region.actions, ...region.leaving].flatMap((action) => {
    const { from, to, delivers, output: about } = action.move;
    const leaves = (place: number): boolean => !target.includes(gateTarget(counted, action, place));
    const byItself = target.includes(from) && leaves(to) && !(delivers && about === delivered);
    const byGate = action.opensGate ? target.filter(leaves) : [];
    return (byItself ? [from, ...byGate] : byGate).map((place): Obligation => ({
      claim: `with ${region.words}: output ${delivered} is not robbed of a chunk by ${action.name}`,
      hypotheses: [
        ...assumed,
        region.formula,
        atLeast(variable(entryAt(counted.placeNames, place)), constant(1)),
        action.enabled,
      ],
    }));
  });
}

/** A departure that was shown for one goal, for another one that it stands for. */
function renamed(departure: Departure, { place, instance }: Represented): Departure {
  const places = departure.places.map(place);
  if (departure.kind === "fairness") {
    return { ...departure, places, instance: instance(departure.instance) };
  }
  const ranks = [...departure.ranks];
  departure.ranks.forEach((rank, id) => {
    ranks[place(id)] = rank;
  });
  return { ...departure, places, ranks };
}

/** Proves a progress property of fair runs; `null` if that cannot be shown. */
export async function provesProgress(
  counted: CountedSystem,
  property: FairProperty,
  assumed: readonly Formula[],
  prover: Prover,
): Promise<Argument | null> {
  if (!actsOnOneSlot(counted)) return null;
  for (const putOff of choicesToPutOff(counted, property)) {
    const argument = await provesGoals(counted, property, putOff, assumed, prover);
    if (argument !== null) return argument;
  }
  return null;
}

async function provesGoals(
  counted: CountedSystem,
  property: FairProperty,
  putOff: readonly string[],
  assumed: readonly Formula[],
  prover: Prover,
): Promise<Argument | null> {
  const shown = new Map<Goal, readonly Departure[]>();
  const unchecked = new Set<string>();
  const known = new Map<string, readonly Departure[]>();
  const found = goalsOf(counted, property, putOff);
  if (found === null) return null;
  const { goals, every } = found;
  if (goals.length < every.length) unchecked.add(alikeLine);
  if (putOff.length > 0) unchecked.add(putOffLine);
  if (goals.some(({ region }) => region.leaving.length > 0)) unchecked.add(restingLine);
  for (const goal of goals) {
    const deliveries = deliveryObligations(counted, goal, assumed);
    if (!(await prover.provesAll(deliveries))) return null;
    const setting = settingOf(counted, goal, assumed);
    // A chunk that leaves all live places leaves those in which something is owed, too.
    const region = formulaKey(goal.region.formula);
    const covering = [...known].find(([other, groups]) => {
      const covered = groups.flatMap(({ places }) => places);
      return region === other && goal.target.every((place) => covered.includes(place));
    });
    const leaving = covering?.[1] ?? (await findDepartures(setting, goal.target, prover));
    if (leaving === null) return null;
    if (covering === undefined) known.set(region, leaving);
    shown.set(goal, leaving);
    unchecked.add(fairnessLine);
    if (leaving.length > 1) unchecked.add(passingLine);
    if (goal.delivered !== null) unchecked.add(deliveryLine);
  }
  const departures = every.map((one) =>
    (shown.get(one.by) ?? []).map((departure) => renamed(departure, one)),
  );
  return { invariant: null, putOff, departures, unchecked: [...unchecked] };
}
