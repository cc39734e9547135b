import { entryAt } from "../../errors/checked-access.ts";
import { all, atLeast, not, some, type Formula } from "../logic/formula.ts";
import { constant } from "../logic/linear.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { Departure } from "./certificate.ts";
import type { Counted } from "./counted.ts";
import type { Goal } from "./goals.ts";
import type { Region } from "./region.ts";

type SlotAction = Region["actions"][number];

/** Where chunks must leave some places, and what is known there. */
interface Setting {
  readonly counted: Counted;
  readonly region: Region;
  readonly assumed: readonly Formula[];
}

/** A way that a chunk may go from a place, and the statement that it never does. */
interface Way {
  readonly to: number;
  readonly action: SlotAction;
  /** Whether the chunk itself acts; else the gate takes it, after an action of another one. */
  readonly acts: boolean;
  readonly closed: Obligation;
}

/** That so many chunks are in some places. */
function inhabited(counted: Counted, places: readonly number[], least = 1): Formula {
  return atLeast(counted.slots(...places), constant(least));
}

function never({ region, assumed }: Setting, { name, enabled }: SlotAction, ...where: Formula[]) {
  return {
    claim: `with ${region.words}: never ${name}, where a chunk must leave`,
    hypotheses: [...assumed, ...where, enabled],
  } satisfies Obligation;
}

function waysFrom(
  setting: Setting,
  places: readonly number[],
  actions: readonly SlotAction[] = setting.region.actions,
): readonly Way[] {
  return places.flatMap((place) =>
    actions.flatMap((action): readonly Way[] => {
      const { move, lands } = action;
      const acts = move.from === place;
      // Another one acts: where the acting chunk is, there must be two.
      const other = inhabited(setting.counted, [place], acts ? 2 : 1);
      const own = { to: lands(move.to), action, acts, closed: never(setting, action) };
      const byGate = {
        to: lands(place),
        action,
        acts: false,
        closed: never(setting, action, other),
      };
      return [...(acts ? [own] : []), ...(byGate.to === place ? [] : [byGate])];
    }),
  );
}

/** What one fairness instance owes to a chunk in a place: actions that take it elsewhere, and others. */
function owed({ region }: Setting, place: number, instance: number): readonly [Formula, Formula] {
  const { actions, leaving } = region;
  const owing = [...actions, ...leaving].filter(
    ({ move }) => move.from === place && move.fairness === instance,
  );
  const changes = (action: SlotAction): boolean =>
    leaving.includes(action) || action.lands(action.move.to) !== place;
  return [
    some(...owing.filter(changes).map(({ enabled }) => enabled)),
    some(...owing.filter((one) => !changes(one)).map(({ enabled }) => enabled)),
  ];
}

/** A chunk in one of the places is always owed the instance, and whenever it gets its due it leaves them all. */
function byFairness(
  setting: Setting,
  places: readonly number[],
  instance: number,
): readonly Obligation[] {
  const { counted, region, assumed } = setting;
  const duty = entryAt(counted.system.fairnessInstances, instance);
  return [
    ...places.map((place) => ({
      claim: `with ${region.words}: a chunk that must leave is always owed ${duty}`,
      hypotheses: [...assumed, inhabited(counted, [place]), not(owed(setting, place, instance)[0])],
    })),
    ...waysFrom(setting, places)
      .filter(({ to, action, acts }) => {
        return acts && action.move.fairness === instance && places.includes(to);
      })
      .map(({ closed }) => closed),
  ];
}

/**
 * While a chunk stays in the places, something that changes the state is owed to somebody, and whatever changes goes down
 * in the ranks: a sum of ranks that is never negative.
 */
function byDescent(
  setting: Setting,
  places: readonly number[],
  ranks: readonly number[],
): readonly Obligation[] {
  const { counted, region, assumed } = setting;
  const { gate, fairnessInstances } = counted.system;
  const everyPlace = counted.system.places.map(({ id }) => id);
  const useful = everyPlace.flatMap((place) =>
    fairnessInstances.map((_, instance) => {
      const [changing, idle] = owed(setting, place, instance);
      return all(changing, not(idle));
    }),
  );
  const falls = (from: number, to: number, counting: readonly unknown[] = []): boolean =>
    from === to ? counting.length === 0 : entryAt(ranks, from) > entryAt(ranks, to);
  const rising = region.actions.filter(({ move, lands, opensGate }) => {
    const byGate = opensGate ? everyPlace : [];
    return !(
      falls(move.from, lands(move.to), move.counterChanges) &&
      byGate.every((id) => falls(id, lands(id), gate?.everySlot.counterChanges[id]))
    );
  });
  return [
    {
      claim: `with ${region.words}: while a chunk must leave, something that changes the state is owed`,
      hypotheses: [...assumed, inhabited(counted, places), not(some(...useful))],
    },
    ...rising.flatMap((action): readonly Obligation[] => {
      const { move, lands } = action;
      // The chunk that stays is the acting one; or it is another one, one more where the acting one is among them.
      if (places.includes(move.from) && places.includes(lands(move.to))) {
        return [never(setting, action)];
      }
      const staying = places.filter((place) => places.includes(lands(place)));
      const least = staying.includes(move.from) ? 2 : 1;
      return staying.length === 0
        ? []
        : [never(setting, action, inhabited(counted, staying, least))];
    }),
  ];
}

/**
 * What must be shown for every chunk to leave the places of a goal, under weak fairness, and only by a delivery where that is
 * asked: no chunk stays in the places of a departure for ever, and from there it goes on to later departures only. From
 * dead ends nothing leads but to dead ends; as nobody can stay there, nobody is there.
 *
 * @param assumed the invariant, and what is assumed of the sizes
 * @throws UnfitCertificate if a place of the goal has no departure.
 */
export function leavingObligations(
  counted: Counted,
  { region, target, delivered }: Goal,
  assumed: readonly Formula[],
  departures: readonly Departure[],
): readonly Obligation[] {
  const setting: Setting = { counted, region, assumed: [...assumed, region.formula] };
  const departed = departures.flatMap(({ places }) => places);
  if (!target.every((place) => departed.includes(place))) {
    throw new UnfitCertificate("not every place has a reason to be left");
  }
  const leaves = departures.flatMap((departure, index) => {
    const { places, deadEnd } = departure;
    const before = departures.slice(0, index).flatMap((one) => one.places);
    const ends = departures.slice(index + 1).flatMap((one) => (one.deadEnd ? one.places : []));
    const nobodyInEnds = not(inhabited(counted, ends));
    const here: Setting = { ...setting, assumed: [...setting.assumed, nobodyInEnds] };
    const returning = waysFrom(
      here,
      places.filter((place) => target.includes(place)),
    ).filter(({ to }) => target.includes(to) && before.includes(to));
    const wayOut = waysFrom(here, deadEnd ? places : []).filter(
      ({ to }) => !places.includes(to) && !ends.includes(to),
    );
    return [
      ...(departure.kind === "fairness"
        ? byFairness(here, places, departure.instance)
        : byDescent(here, places, departure.ranks)),
      ...[...returning, ...wayOut].map(({ closed }) => closed),
    ];
  });
  const robbed = waysFrom(setting, delivered === null ? [] : target, [
    ...region.actions,
    ...region.leaving,
  ]).filter(({ to, action, acts }) => {
    const { delivers, output } = action.move;
    return !target.includes(to) && !(acts && delivers && output === delivered);
  });
  return [...leaves, ...robbed.map(({ closed }) => closed)];
}
