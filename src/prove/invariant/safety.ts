import { entryAt } from "../../errors/checked-access.ts";
import type { CompiledStateProperty } from "../../compile/compiled-system.ts";
import { guardFormula, sharedIs, type CountedSystem } from "../counted/counting.ts";
import { all, atLeast, not, some, type Formula } from "../logic/formula.ts";
import { constant } from "../logic/linear.ts";
import type { Argument } from "./lemma.ts";
import type { Prover } from "../logic/prover.ts";
import { regionOf } from "../counted/regions.ts";
import { gateTarget } from "../counted/gate.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import { idleStates, ownMeaning } from "../counted/idle-states.ts";

/** The states that violate a state property. */
export function violationOfState(counted: CountedSystem, property: CompiledStateProperty): Formula {
  return all(
    ...property.while.map((one) => sharedIs(counted.system, one)),
    not(all(...property.requires.map((one) => guardFormula(one, counted)))),
  );
}

/** The states in which all outputs are online, some chunk is live, and no engine action changes anything. */
function stuckStates(counted: CountedSystem): Formula {
  const { system, quantities } = counted;
  const everyOutput = system.vocabulary.online.map((_, output) => output);
  const region = regionOf(counted, everyOutput, ["engine"]);
  const changing = region.actions.filter((action) => {
    const { from, to, counterChanges, sets } = action.move;
    const moves = from !== gateTarget(counted, action, to);
    return moves || counterChanges.length > 0 || sets.length > 0;
  });
  return all(
    region.formula,
    atLeast(entryAt(quantities, system.vocabulary.live), constant(1)),
    not(some(...changing.map(({ enabled }) => enabled))),
  );
}

/** What a safety property forbids: formulas of which none may hold in a reachable state. */
export function forbiddenBy(
  counted: CountedSystem,
  property: string,
): readonly { readonly what: string; readonly formula: Formula }[] {
  const own = ownMeaning(counted, property);
  if (own !== undefined) {
    const formulas = idleStates(counted, own) ?? [];
    return formulas.map((formula) => ({ what: `${property}: somebody acts`, formula }));
  }
  if (property === "neverStuck") {
    return [{ what: "nothing is stuck", formula: stuckStates(counted) }];
  }
  const { stateProperties } = counted.system;
  return [
    ...stateProperties
      .filter(({ name }) => name === property)
      .map((one) => ({
        what: one.output === null ? property : `${property} for output ${one.output}`,
        formula: violationOfState(counted, one),
      })),
    ...counted.actions.flatMap(({ name, move, enabled }) =>
      "violates" in move && move.violates.includes(property)
        ? [{ what: `${property}: never ${name}`, formula: enabled }]
        : [],
    ),
  ];
}

/** What must be shown for a safety property, or for the absence of stalls, to hold in every state. */
function safetyObligations(
  counted: CountedSystem,
  property: string,
  assumed: readonly Formula[],
): readonly Obligation[] {
  return forbiddenBy(counted, property).map(({ what, formula }) => ({
    claim: what,
    hypotheses: [...assumed, formula],
  }));
}

/** Proves a safety property, or that nothing stalls; `null` if that cannot be shown. */
export async function provesSafety(
  counted: CountedSystem,
  property: string,
  assumed: readonly Formula[],
  prover: Prover,
): Promise<Argument | null> {
  const obligations = safetyObligations(counted, property, assumed);
  if (!(await prover.provesAll(obligations))) return null;
  return { invariant: null, putOff: [], departures: [], unchecked: [] };
}
