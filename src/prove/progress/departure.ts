import { entryAt } from "../../errors/checked-access.ts";
import { all, not, some, type Formula } from "../logic/formula.ts";
import { gateTarget } from "../counted/gate.ts";
import { gateSpares, inhabited, namesOf, neverActs, type Setting } from "../counted/place-edges.ts";
import type { Obligation } from "../logic/smt-lib.ts";

/** Why a chunk does not stay in some places for ever. */
export type Departure = {
  readonly places: readonly number[];
  /**
   * Whether nothing leads from there but to other such places: then nobody is there in a run that stays in the region, for
   * he would have to leave it.
   */
  readonly deadEnd: boolean;
} & (
  | {
      /** Something is owed to the chunk all the time, and takes it away. */
      readonly kind: "fairness";
      readonly instance: number;
    }
  | {
      /** Meanwhile everything that moves descends; when nothing moves, something that would move is owed. */
      readonly kind: "descent";
      readonly ranks: readonly number[];
    }
);

/** The moves of chunks in one place that one fairness instance is about. */
function instanceFormulas(
  setting: Setting,
  place: number,
  instance: number,
): { readonly changing: Formula; readonly idle: Formula } {
  const { actions, leaving } = setting.region;
  const moves = [...actions, ...leaving].filter(
    ({ move }) => move.from === place && move.fairness === instance,
  );
  const changes = (action: (typeof moves)[number]): boolean =>
    leaving.includes(action) || gateTarget(setting.counted, action, action.move.to) !== place;
  return {
    changing: some(...moves.filter(changes).map(({ enabled }) => enabled)),
    idle: some(...moves.filter((action) => !changes(action)).map(({ enabled }) => enabled)),
  };
}

/** That while a chunk is in the places, some fairness instance can only be served by a change. */
export function somethingMoves(setting: Setting, places: readonly number[]): Obligation {
  const { counted, region, assumed } = setting;
  const useful: Formula[] = [];
  for (const { id } of counted.system.places) {
    counted.system.fairnessInstances.forEach((_, instance) => {
      const { changing, idle } = instanceFormulas(setting, id, instance);
      useful.push(all(changing, not(idle)));
    });
  }
  return {
    claim: `with ${region.words}: while a chunk is in ${namesOf(counted, places)}, something that changes the state is owed`,
    hypotheses: [...assumed, inhabited(counted, places), not(some(...useful))],
  };
}

/** What must be shown for one fairness instance to take every chunk away from some places; `null` if it never does. */
export function fairnessObligations(
  setting: Setting,
  places: readonly number[],
  instance: number,
): readonly Obligation[] {
  const { counted, region, assumed } = setting;
  const staying = region.actions.filter(
    (action) =>
      places.includes(action.move.from) &&
      action.move.fairness === instance &&
      places.includes(gateTarget(counted, action, action.move.to)),
  );
  return [
    ...places.map((place): Obligation => ({
      claim: `with ${region.words}: a chunk in ${namesOf(counted, [place])} is always owed ${entryAt(
        counted.system.fairnessInstances,
        instance,
      )}`,
      hypotheses: [
        ...assumed,
        inhabited(counted, [place]),
        not(instanceFormulas(setting, place, instance).changing),
      ],
    })),
    ...staying.map((action) => neverActs(setting, action)),
  ];
}

/** What must be shown for a chunk to have no way out of some places but to these others. */
export function deadEndObligations(
  setting: Setting,
  places: readonly number[],
  others: ReadonlySet<number>,
): readonly Obligation[] {
  const { counted, region } = setting;
  const isWayOut = (place: number): boolean => !places.includes(place) && !others.has(place);
  return region.actions.flatMap((action): Obligation[] => {
    const { from, to } = action.move;
    const byItself = places.includes(from) && isWayOut(gateTarget(counted, action, to));
    return [
      ...(byItself ? [neverActs(setting, action)] : []),
      ...places
        .filter((place) => isWayOut(gateTarget(counted, action, place)))
        .map((place) => gateSpares(setting, action, place)),
    ];
  });
}

/** The setting in which nobody is in dead ends. */
export function withoutDeadEnds(setting: Setting, departures: readonly Departure[]): Setting {
  const places = departures.flatMap((one) => (one.deadEnd ? one.places : []));
  if (places.length === 0) return setting;
  const { counted, region, assumed } = setting;
  return {
    counted,
    region: { ...region, words: `${region.words}, nobody in ${namesOf(counted, places)}` },
    assumed: [...assumed, not(inhabited(counted, places))],
  };
}
