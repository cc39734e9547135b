import { entryAt } from "../../errors/checked-access.ts";
import type { Candidate } from "../invariant/candidates.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import type { Evidence } from "./evidence.ts";
import { fairLoopAt, type FairLoop } from "../progress/fair-loop.ts";
import { holds, type Formula } from "../logic/formula.ts";
import { frozenGoals, isBrokenByCuttingOff, outputSets } from "../counted/goals.ts";
import { valueOf, type Substitution, type Valuation } from "../logic/linear.ts";
import type { Prover } from "../logic/prover.ts";
import { regionOf, type Region } from "../counted/regions.ts";
import { forbiddenBy } from "../invariant/safety.ts";
import { findTrap, isHeldForEver } from "../progress/trap.ts";
import { nearby } from "./walk.ts";

/** A way in which a property can be violated at the end of a run: seen in a concrete state, then for open sizes. */
export interface ViolationKind {
  readonly isViolation: (values: Valuation) => boolean;
  readonly find: (end: Substitution, where: Formula, prover: Prover) => Promise<Evidence | null>;
}

const mostStates = 4000;

/**
 * That an online output is owed something while another is offline, and can never be delivered to again; secondly the same where
 * things have come so far that what cuts it off is there for ever, and not only inevitable.
 */
function cutOff(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: "isolation" | "isolationFair",
): readonly ViolationKind[] {
  const { system, quantities } = counted;
  const regions = outputSets(system.outputs)
    .filter((online) => isBrokenByCuttingOff(property, online, system.outputs))
    .map((online) => regionOf(counted, online, ["engine", "input"]));
  const owed = (values: Valuation, output: number): boolean => {
    const total = quantities[entryAt(system.vocabulary.owed, output)];
    return total !== undefined && valueOf(total, values) > 0;
  };
  const delivers = (action: CountedAction, output: number): boolean =>
    "delivers" in action.move && action.move.delivers && action.move.output === output;
  const isCutOff = (region: Region, output: number, values: Valuation): boolean => {
    if (!owed(values, output)) return false;
    let met = 0;
    for (const state of nearby(region.actions, values, Number.POSITIVE_INFINITY, mostStates)) {
      met++;
      const possible = region.actions.some(
        (action) => delivers(action, output) && holds(action.enabled, state.values),
      );
      if (possible) return false;
    }
    return met < mostStates;
  };
  const find: ViolationKind["find"] = async (end, where, prover) => {
    const trap = await findTrap(counted, always, regions, end, where, prover);
    return trap === null ? null : { kind: "trap", trap };
  };
  const kindThat = (isSo: (region: Region, output: number, values: Valuation) => boolean) => ({
    isViolation: (values: Valuation): boolean => {
      const region = regions.find(({ formula }) => holds(formula, values));
      return region?.online.some((output) => isSo(region, output, values)) === true;
    },
    find,
  });
  return [
    kindThat(isCutOff),
    kindThat(
      (region, output, values) =>
        isHeldForEver(counted, region, output, values) && isCutOff(region, output, values),
    ),
  ];
}

/** That a chunk waits for ever while others come and go, fairly. */
function waitsForEver(
  counted: CountedSystem,
  property: "isolationFair" | "noStarvation",
): readonly ViolationKind[] {
  return frozenGoals(counted, property).map(({ region, target }): ViolationKind => {
    let loop: FairLoop | null = null;
    return {
      isViolation: (values) => {
        loop = fairLoopAt(counted, region, target, values);
        return loop !== null;
      },
      find: () => Promise.resolve(loop === null ? null : { kind: "loop", loop }),
    };
  });
}

/** The ways in which a property may be violated at the end of a run. */
export function violationKinds(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
): readonly ViolationKind[] {
  switch (property) {
    case "isolation":
      return cutOff(counted, always, property);
    case "isolationFair":
      return [...cutOff(counted, always, property), ...waitsForEver(counted, property)];
    case "noStarvation":
      return waitsForEver(counted, property);
    default: {
      const isTransition = counted.actions.some(
        ({ move }) => "violates" in move && move.violates.includes(property),
      );
      if (isTransition) {
        return [
          { isViolation: () => true, find: () => Promise.resolve({ kind: "action" as const }) },
        ];
      }
      // A stuck engine never recovers.
      return forbiddenBy(counted, property === "recovery" ? "neverStuck" : property).map(
        ({ formula }, index): ViolationKind => ({
          isViolation: (values) => holds(formula, values),
          find: () => Promise.resolve({ kind: "state", index }),
        }),
      );
    }
  }
}
