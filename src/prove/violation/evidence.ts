import { entryAt } from "../../errors/checked-access.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { loopObligations, takingTurns, type FairLoop } from "../progress/fair-loop.ts";
import { holds, not, substitute, type Formula } from "../logic/formula.ts";
import { frozenGoals, isBrokenByCuttingOff } from "../counted/goals.ts";
import { valueOf, type Substitution, type Valuation } from "../logic/linear.ts";
import { forbiddenBy } from "../invariant/safety.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { trapObligations, type Trap } from "../progress/trap.ts";
import { run, stateKey } from "./walk.ts";

/** What makes the end of a run a violation. */
export type Evidence =
  | {
      /** The state at the end is forbidden: the one of this index of what the property forbids. */
      readonly kind: "state";
      readonly index: number;
    }
  | {
      /** The last action is what the property forbids. */
      readonly kind: "action";
    }
  | { readonly kind: "trap"; readonly trap: Trap }
  | { readonly kind: "loop"; readonly loop: FairLoop };

/** The property that the state at the end is judged by: a stuck engine never recovers. */
function judgedBy(property: string): string {
  return property === "recovery" ? "neverStuck" : property;
}

function isForbidden(property: string, lastAction: CountedAction | undefined): boolean {
  const move = lastAction?.move;
  return move !== undefined && "violates" in move && move.violates.includes(property);
}

/** What must be shown for the end of a run to be a violation; `null` if the evidence is no evidence of that. */
export function endObligations(
  counted: CountedSystem,
  property: string,
  evidence: Evidence,
  lastAction: CountedAction | undefined,
  end: Substitution,
  where: Formula,
): readonly Obligation[] | null {
  const { system } = counted;
  switch (evidence.kind) {
    case "state": {
      const { formula } = entryAt(forbiddenBy(counted, judgedBy(property)), evidence.index);
      return [
        {
          claim: "the property is violated at the end of the path",
          hypotheses: [counted.sizes, where, not(substitute(formula, end))],
        },
      ];
    }
    case "action":
      return isForbidden(property, lastAction) ? [] : null;
    case "trap": {
      const { online } = evidence.trap.region;
      const concerns = isBrokenByCuttingOff(property, online, system.outputs);
      return concerns ? trapObligations(counted, evidence.trap, end, where) : null;
    }
    case "loop": {
      if (property !== "noStarvation" && property !== "isolationFair") return null;
      const { loop } = evidence;
      const goal = frozenGoals(counted, property).find(({ target }) => target.includes(loop.waits));
      return goal === undefined ? null : loopObligations(counted, goal.region, loop, end, where);
    }
  }
}

/** Whether a concrete state at the end of a run is the violation that the evidence speaks of. */
export function isViolatedAt(
  counted: CountedSystem,
  property: string,
  evidence: Evidence,
  lastAction: CountedAction | undefined,
  end: Valuation,
): boolean {
  switch (evidence.kind) {
    case "state": {
      const forbidden = forbiddenBy(counted, judgedBy(property))[evidence.index];
      return forbidden !== undefined && holds(forbidden.formula, end);
    }
    case "action":
      return isForbidden(property, lastAction);
    case "trap": {
      const { region, output, parts } = evidence.trap;
      const owed = counted.quantities[entryAt(counted.system.vocabulary.owed, output)];
      return (
        owed !== undefined &&
        valueOf(owed, end) > 0 &&
        holds(region.formula, end) &&
        parts.every(({ formula }) => holds(formula, end))
      );
    }
    case "loop": {
      const { actions, waits } = evidence.loop;
      const back = run(actions, end);
      const waiting = end.get(entryAt(counted.placeNames, waits)) ?? 0;
      return back !== null && stateKey(back) === stateKey(end) && waiting > 0;
    }
  }
}

/** The part of the argument that no machine checks, one line each. */
export function uncheckedOf(property: string, evidence: Evidence): readonly string[] {
  if (evidence.kind === "loop") return [takingTurns];
  if (evidence.kind === "state" && property === "recovery") {
    return ["a stuck engine reschedules for ever, and every action that is owed is taken"];
  }
  if (evidence.kind === "trap" && property === "isolationFair") {
    return ["a run that goes on fairly exists; it stays in the trap"];
  }
  return [];
}

/** What stays true from the end of the run on, in words. */
export function trapWords(counted: CountedSystem, evidence: Evidence): readonly string[] {
  if (evidence.kind === "trap") {
    return evidence.trap.parts.filter(({ plain }) => !plain).map(({ words }) => words);
  }
  if (evidence.kind !== "loop") return [];
  const { actions, waits } = evidence.loop;
  return [
    `for ever: ${actions.map(({ name }) => name).join("; ")}`,
    `waiting: ${entryAt(counted.placeNames, waits).slice(1)}`,
  ];
}
