import { entryAt } from "../../errors/checked-access.ts";
import type {
  CompiledClause,
  CompiledPending,
  CompiledProgress,
} from "../../compile/compiled-system.ts";
import { guardFormula, sharedIs, type CountedAction, type CountedSystem } from "./counting.ts";
import { gateTarget } from "./gate.ts";
import { all, atLeast, not, some, type Formula } from "../logic/formula.ts";
import { constant } from "../logic/linear.ts";

/**
 * Whether an action changes the state whenever it is taken: one that only sets counters may find them as it leaves them, and
 * a gate may put counters and chosen slots back where they were.
 */
function surelyChanges(counted: CountedSystem, action: CountedAction): boolean {
  const { move, opensGate } = action;
  if (move.sets.length > 0) return true;
  const movesItsSlot = "from" in move && gateTarget(counted, action, move.to) !== move.from;
  if (movesItsSlot || opensGate) return movesItsSlot;
  return move.counterChanges.length > 0 || ("others" in move && move.others.length > 0);
}

function waits(counted: CountedSystem, pending: CompiledPending): Formula {
  const { system, quantities } = counted;
  switch (pending.kind) {
    case "machine":
      return not(sharedIs(system, { machine: pending.machine, state: pending.until }));
    case "guard":
      return all(...pending.where.map((one) => guardFormula(one, counted)));
    case "slot":
    case "delivery":
      return atLeast(entryAt(quantities, pending.quantity), constant(1));
  }
}

/** The states in which something waits, and none of the agents can do anything that changes something. */
function idleIn(counted: CountedSystem, clause: CompiledClause): Formula | null {
  const { system } = counted;
  const { agents, phases, outputs, pending } = clause;
  const own = counted.actions.filter(({ agent }) => agents.some((one) => one === agent));
  const isExact = own.every((one) => surelyChanges(counted, one));
  if (clause.modality !== "acts" || outputs === null || !isExact) return null;
  return all(
    some(...phases.map((one) => sharedIs(system, one))),
    ...outputs.map((one) => sharedIs(system, one)),
    some(...pending.map((one) => waits(counted, one))),
    not(some(...own.map(({ enabled }) => enabled))),
  );
}

/**
 * What a property of progress forbids that a system states in its own way, where it only demands that somebody acts: a
 * formula for each clause. Null where it demands more, or where it cannot be said by a formula.
 */
export function idleStates(
  counted: CountedSystem,
  { clauses }: CompiledProgress,
): readonly Formula[] | null {
  const formulas = clauses.flatMap((clause) => idleIn(counted, clause) ?? []);
  return formulas.length === clauses.length && clauses.length > 0 ? formulas : null;
}

/** The property of progress of this name, if the system means something of its own by it. */
export function ownMeaning(
  { system }: Pick<CountedSystem, "system">,
  property: string,
): CompiledProgress | undefined {
  return system.progress.find(({ name, isStandard }) => name === property && !isStandard);
}
