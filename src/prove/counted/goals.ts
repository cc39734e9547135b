import { entryAt } from "../../errors/checked-access.ts";
import type { CountedSystem } from "./counting.ts";
import { canonicalKey } from "./canonical-key.ts";
import { substitute } from "../logic/formula.ts";
import { exchanges, type Exchange } from "./output-symmetry.ts";
import { placesOf } from "./places-of.ts";
import { regionOf, restingParts, type Region } from "./regions.ts";

/** The progress properties that are about fair runs. */
export type FairProperty = "recovery" | "isolation" | "isolationFair" | "noStarvation";

/** Chunks that must leave some places while the environment is frozen in one way. */
export interface Goal {
  readonly region: Region;
  readonly target: readonly number[];
  /** The output to which what leaves must have been delivered; null where that is not asked. */
  readonly delivered: number | null;
}

/** Every set of outputs, by increasing binary number. */
export function outputSets(outputs: number): readonly (readonly number[])[] {
  const every = Array.from({ length: outputs }, (_, output) => output);
  return Array.from({ length: 2 ** outputs }, (_, bits) =>
    every.filter((output) => ((bits >> output) & 1) === 1),
  );
}

/** Whether an output that is cut off while just these are online violates the property. */
export function isBrokenByCuttingOff(
  property: string,
  online: readonly number[],
  outputs: number,
): boolean {
  if (property === "isolation") return online.length < outputs;
  const allButTheFirst = online.length === outputs - 1 && !online.includes(0);
  return property === "isolationFair" && allButTheFirst;
}

/** What must be reached for a property of fair runs to hold, for each way to freeze the environment. */
export function frozenGoals(counted: CountedSystem, property: FairProperty): readonly Goal[] {
  const { outputs, vocabulary } = counted.system;
  const every = Array.from({ length: outputs }, (_, output) => output);
  const live = placesOf(counted, vocabulary.live);
  const owing = (output: number): readonly number[] =>
    placesOf(counted, entryAt(vocabulary.owed, output));
  switch (property) {
    case "recovery": {
      const region = regionOf(counted, every, ["engine"]);
      return [
        { region, target: live, delivered: null },
        ...every.map((output) => ({ region, target: owing(output), delivered: output })),
      ];
    }
    case "isolation":
      return outputSets(outputs)
        .filter((online) => online.length < outputs)
        .flatMap((online) =>
          online.map((output) => ({
            region: regionOf(counted, online, ["engine"]),
            target: owing(output),
            delivered: output,
          })),
        );
    case "isolationFair": {
      const online = every.slice(1);
      const region = regionOf(counted, online, ["engine", "input"]);
      return online.map((output) => ({ region, target: owing(output), delivered: null }));
    }
    case "noStarvation":
      return [
        { region: regionOf(counted, every, ["engine", "input"]), target: live, delivered: null },
      ];
  }
}

/**
 * What the engine may put off for outputs that are offline, in a run that shows that a delivery to another output can happen: nothing, or
 * all actions of one duty.
 */
export function choicesToPutOff(
  counted: CountedSystem,
  property: FairProperty,
): readonly (readonly string[])[] {
  if (property !== "isolation") return [[]];
  const duties = new Map<string, readonly string[]>();
  for (const { region } of frozenGoals(counted, property)) {
    for (const [instance] of counted.system.fairnessInstances.entries()) {
      const actions = region.actions.filter(
        ({ move }) => move.fairness === instance && isAboutOffline(region, move.output),
      );
      const names = [...new Set(actions.map(({ move }) => move.action))].sort();
      if (names.length > 0) duties.set(names.join(), names);
    }
  }
  return [[], ...duties.values()];
}

function isAboutOffline({ online }: Region, output: number | null): boolean {
  return output !== null && !online.includes(output);
}

function puttingOff(region: Region, putOff: readonly string[]): Region {
  const isLeft = ({ move }: Region["actions"][number]): boolean =>
    !(putOff.includes(move.action) && isAboutOffline(region, move.output));
  const actions = region.actions.filter(isLeft);
  if (actions.length === region.actions.length) return region;
  return { ...region, words: `${region.words}, ${putOff.join(" and ")} put off`, actions };
}

/** What a goal is about, once two outputs have exchanged their names. */
function goalKey({ region, target, delivered }: Goal, exchange?: Exchange): string {
  if (exchange === undefined) {
    return JSON.stringify([canonicalKey(region.formula), target.toSorted(), delivered]);
  }
  const { output, place, variables } = exchange;
  return JSON.stringify([
    canonicalKey(substitute(region.formula, variables)),
    target.map(place).sort(),
    delivered === null ? null : output(delivered),
  ]);
}

/** A goal that another one stands for: itself, or one that exchanges of outputs turn into it. */
export interface Represented {
  readonly goal: Goal;
  readonly by: Goal;
  /** What the places and the fairness instances of the other one become. */
  readonly place: (place: number) => number;
  readonly instance: (instance: number) => number;
}

/** Of each class of goals that exchanges of outputs turn into each other, the first stands for all. */
function represented(counted: CountedSystem, goals: readonly Goal[]): readonly Represented[] {
  const unseen = new Map(goals.map((goal) => [goalKey(goal), goal]));
  const found = new Map<Goal, Represented>();
  for (const goal of goals) {
    if (!unseen.delete(goalKey(goal))) continue;
    const itself = { goal, by: goal, place: (id: number) => id, instance: (id: number) => id };
    const alike: Represented[] = [itself];
    for (const one of alike) {
      found.set(one.goal, one);
      for (const exchange of exchanges(counted)) {
        const key = goalKey(one.goal, exchange);
        const other = unseen.get(key);
        unseen.delete(key);
        if (other === undefined) continue;
        alike.push({
          goal: other,
          by: goal,
          place: (id) => exchange.place(one.place(id)),
          instance: (id) => exchange.instance(one.instance(id)),
        });
      }
    }
  }
  return goals.flatMap((goal) => found.get(goal) ?? []);
}

/** What must be reached for a property of fair runs to hold. */
export interface Goals {
  /** Those to be shown; some may stand for others, in which outputs have exchanged their names. */
  readonly goals: readonly Goal[];
  /** All of them, each with the one that stands for it. */
  readonly every: readonly Represented[];
}

/**
 * What must be reached for a property of fair runs to hold, wherever the machines that slots share come to rest; `null` if
 * they need not come to rest.
 *
 * @param putOff the actions about outputs that are offline which the engine puts off
 */
export function goalsOf(
  counted: CountedSystem,
  property: FairProperty,
  putOff: readonly string[],
): Goals | null {
  const every: Goal[] = [];
  for (const goal of frozenGoals(counted, property)) {
    const parts = restingParts(counted, puttingOff(goal.region, putOff));
    if (parts === null) return null;
    every.push(...parts.map((region) => ({ ...goal, region })));
  }
  const all = represented(counted, every);
  return { goals: [...new Set(all.map(({ by }) => by))], every: all };
}
