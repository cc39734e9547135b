import type { Candidate } from "./candidates.ts";
import type { CountedAction, CountedSystem } from "./counting.ts";
import { holds, substitute, type Formula } from "./formula.ts";
import type { Substitution, Valuation } from "./linear.ts";
import { valueOf } from "./linear.ts";
import type { Prover } from "./prover.ts";
import { regionOf } from "./regions.ts";
import { forbiddenBy, stalledStates } from "./safety.ts";
import type { Obligation } from "./smt-lib.ts";
import type { EndProof } from "./end-proof.ts";
import { fairLoopAt, loopRegion, provesFairLoop } from "./fair-loop.ts";
import { nearby } from "./walk.ts";
import { findTrap } from "./trap.ts";
import { not } from "./formula.ts";

/** A way in which a property can be violated at the end of a run. */
export interface ViolationKind {
  readonly isViolation: (values: Valuation) => boolean;
  readonly proves: (end: Substitution, where: Formula, prover: Prover) => Promise<EndProof | null>;
}

function atTheEnd(
  counted: CountedSystem,
  formula: Formula,
  unchecked: readonly string[],
): ViolationKind {
  return {
    isViolation: (values) => holds(formula, values),
    proves: async (end, where, prover) => {
      const obligation: Obligation = {
        claim: "the property is violated at the end of the path",
        hypotheses: [counted.sizes, where, not(substitute(formula, end))],
      };
      const { proved } = await prover.proves(obligation);
      return proved ? { obligations: [obligation], unchecked, trap: [] } : null;
    },
  };
}

/** A path whose last action is the violation: being able to take it is all. */
function byTheLastAction(): ViolationKind {
  return {
    isViolation: () => true,
    proves: () => Promise.resolve({ obligations: [], unchecked: [], trap: [] }),
  };
}

const mostStates = 4000;

/** That an online output is owed something while another is offline, and can never be delivered to again. */
function cutOff(
  counted: CountedSystem,
  always: readonly Candidate[],
  offline: readonly number[] | null,
): ViolationKind {
  const { system, quantities } = counted;
  const every = Array.from({ length: system.outputs }, (_, output) => output);
  const onlineSets = Array.from({ length: 2 ** system.outputs - 1 }, (_, bits) =>
    every.filter((output) => ((bits >> output) & 1) === 1),
  ).filter(
    (online) =>
      offline === null ||
      every.every((output) => online.includes(output) !== offline.includes(output)),
  );
  const regions = onlineSets.map((online) => regionOf(counted, online, ["engine", "input"]));
  const owed = (values: Valuation, output: number): boolean => {
    const total = quantities[system.vocabulary.owed[output] ?? -1];
    return total !== undefined && valueOf(total, values) > 0;
  };
  const delivers = (action: CountedAction, output: number): boolean =>
    "delivers" in action.move && action.move.delivers && action.move.output === output;
  const cutOffOutput = (
    values: Valuation,
  ): { region: (typeof regions)[number]; output: number } | null => {
    const region = regions.find(({ formula }) => holds(formula, values));
    if (region === undefined) return null;
    for (const output of region.online) {
      if (!owed(values, output)) continue;
      let possible = false;
      let met = 0;
      for (const state of nearby(region.actions, values, Number.POSITIVE_INFINITY, mostStates)) {
        met++;
        possible = region.actions.some(
          (action) => delivers(action, output) && holds(action.enabled, state.values),
        );
        if (possible) break;
      }
      if (!possible && met < mostStates) return { region, output };
    }
    return null;
  };
  return {
    isViolation: (values) => cutOffOutput(values) !== null,
    proves: (end, where, prover) => findTrap(counted, always, regions, end, where, prover),
  };
}

/** That a chunk waits for ever while others come and go, fairly. */
function waitsForEver(counted: CountedSystem): ViolationKind {
  const { system } = counted;
  const region = loopRegion(counted, []);
  const weights = system.quantities[system.vocabulary.live]?.weights ?? [];
  const live = system.places.map(({ id }) => id).filter((id) => (weights[id] ?? 0) > 0);
  let loop: ReturnType<typeof fairLoopAt> = null;
  return {
    isViolation: (values) => {
      loop = fairLoopAt(counted, region, live, values);
      return loop !== null;
    },
    proves: (end, where, prover) =>
      loop === null
        ? Promise.resolve(null)
        : provesFairLoop(counted, region, loop, end, where, prover),
  };
}

/** The ways in which a property may be violated at the end of a run; empty where none is known. */
export function violationKinds(
  counted: CountedSystem,
  always: readonly Candidate[],
  property: string,
): readonly ViolationKind[] {
  switch (property) {
    case "recovery":
      return [
        atTheEnd(counted, stalledStates(counted), [
          "a stalled engine reschedules for ever, and every action that is owed is taken",
        ]),
      ];
    case "isolation":
      return [cutOff(counted, always, null)];
    case "isolationFair":
      return [cutOff(counted, always, [0])];
    case "starvation":
      return [waitsForEver(counted)];
    default: {
      const forbidden = forbiddenBy(counted, property);
      const isTransition = counted.actions.some(
        ({ move }) => "violates" in move && move.violates.includes(property),
      );
      return isTransition
        ? [byTheLastAction()]
        : forbidden.map(({ formula }) => atTheEnd(counted, formula, []));
    }
  }
}
