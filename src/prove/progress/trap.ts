import { weightAt } from "../../compile/weight-at.ts";
import { entryAt } from "../../errors/checked-access.ts";
import type { CountedAction, CountedSystem } from "../counted/counting.ts";
import { Entailment, withoutPlainConsequences } from "../logic/entailment.ts";
import {
  all,
  atLeast,
  atMost,
  formulaKey,
  holds,
  not,
  substitute,
  type Formula,
} from "../logic/formula.ts";
import {
  constant,
  linearText,
  sum,
  variable,
  type Linear,
  type Substitution,
  type Valuation,
} from "../logic/linear.ts";
import { gateTarget } from "../counted/gate.ts";
import { boundsOf, type Candidate } from "../invariant/candidates.ts";
import type { Prover } from "../logic/prover.ts";
import type { Region } from "../counted/regions.ts";
import type { Obligation } from "../logic/smt-lib.ts";

/** The places that count for a total, by themselves or only those that do, or do not, owe an output something. */
function weighed({ system }: CountedSystem, quantity: number): (place: number) => boolean {
  const found = entryAt(system.quantities, quantity);
  return (place) => weightAt(found, place) > 0;
}

/** The largest part of some places that no action of the region leaves. */
function closedPart(
  counted: CountedSystem,
  region: Region,
  places: readonly number[],
): readonly number[] {
  let part = places;
  for (;;) {
    const inside = new Set(part);
    const staying = part.filter((place) =>
      region.actions.every(
        (action) =>
          (action.move.from !== place || inside.has(gateTarget(counted, action, action.move.to))) &&
          inside.has(gateTarget(counted, action, place)),
      ),
    );
    if (staying.length === part.length) return part;
    part = staying;
  }
}

interface TrapCandidate extends Candidate {
  /** Whether it says that a limit is used up by chunks that nothing delivers. */
  readonly isFilled: boolean;
}

/** Statements that may hold for ever once they hold, while an output is owed something that never comes. */
function trapCandidates(
  counted: CountedSystem,
  region: Region,
  output: number,
): readonly TrapCandidate[] {
  const { system, placeNames } = counted;
  const { vocabulary } = system;
  const owes = weighed(counted, entryAt(vocabulary.owed, output));
  const total = (places: readonly number[]): Linear =>
    sum(...places.map((place) => variable(entryAt(placeNames, place))));
  const found: TrapCandidate[] = [];
  system.quantities.forEach(({ kind, name, output: about }, quantity) => {
    if (kind !== "total" || about !== null) return;
    const counts = weighed(counted, quantity);
    const ids = system.places.map(({ id }) => id);
    const owing = ids.filter((place) => counts(place) && owes(place));
    const closed = closedPart(
      counted,
      region,
      ids.filter((place) => counts(place) && !owes(place)),
    );
    if (owing.length > 0) {
      found.push({
        words: `none of ${name} owes output ${output}`,
        formula: atMost(total(owing), constant(0)),
        plain: false,
        isFilled: false,
      });
    }
    if (closed.length === 0) return;
    for (const bound of boundsOf(counted)) {
      found.push({
        words: `at least ${linearText(bound)} of ${name} owe only what cannot be delivered`,
        formula: atLeast(total(closed), bound),
        plain: false,
        isFilled:
          bound.terms.size > 0 && vocabulary.gauges.some((gauge) => gauge.quantity === quantity),
      });
    }
  });
  return found;
}

/**
 * Whether chunks that nothing delivers hold as much of something as there is, and always will: where that is so, it can be shown
 * of any number of them.
 */
export function isHeldForEver(
  counted: CountedSystem,
  region: Region,
  output: number,
  values: Valuation,
): boolean {
  return trapCandidates(counted, region, output).some(
    ({ formula, isFilled }) => isFilled && holds(formula, values),
  );
}

/** Of the candidates, those that hold at the end of the run and are kept by every action of the region. */
async function kept(
  counted: CountedSystem,
  region: Region,
  candidates: readonly Candidate[],
  end: Substitution,
  where: Formula,
  prover: Prover,
): Promise<readonly Candidate[] | null> {
  let parts = candidates;
  for (;;) {
    const claim = "the trap is shut at the end of the path";
    const answer = await prover.solve(claim, [
      counted.sizes,
      where,
      not(all(...parts.map(({ formula }) => substitute(formula, end)))),
    ]);
    if (answer.answer === "unsat") break;
    if (answer.answer === "unknown") return null;
    const values = new Map(answer.values);
    parts = parts.filter(({ formula }) => holds(substitute(formula, end), values));
  }
  for (let settled = false; !settled;) {
    settled = true;
    for (const action of region.actions) {
      for (;;) {
        const obligation = keeping(counted, region, action, parts, where, true);
        if (obligation === null) break;
        const answer = await prover.solve(obligation.claim, obligation.hypotheses);
        if (answer.answer === "unsat") break;
        if (answer.answer === "unknown") return null;
        const { values }: { readonly values: Valuation } = answer;
        parts = parts.filter(({ formula }) => holds(substitute(formula, action.becomes), values));
        settled = false;
      }
    }
  }
  return parts;
}

function keeping(
  counted: CountedSystem,
  region: Region,
  action: CountedAction,
  parts: readonly Candidate[],
  where: Formula,
  skipPlain: boolean,
): Obligation | null {
  const assumed = all(counted.sizes, where, region.formula, ...parts.map(({ formula }) => formula));
  const plain = skipPlain ? new Entailment([assumed, action.enabled]) : null;
  const after = parts.flatMap(({ formula }) => {
    const there = substitute(formula, action.becomes);
    return formulaKey(there) === formulaKey(formula) || plain?.shows(there) === true ? [] : [there];
  });
  if (after.length === 0) return null;
  return {
    claim: `the trap is not opened by ${action.name}`,
    hypotheses: [assumed, action.enabled, not(all(...after))],
  };
}

/** Statements that hold for ever from the end of a run on, and keep an output from what it is owed. */
export interface Trap {
  readonly region: Region;
  readonly output: number;
  readonly parts: readonly Candidate[];
}

/** What must be shown for the end of a run to be owed something, with the environment frozen as the trap says. */
function entering(
  counted: CountedSystem,
  region: Region,
  output: number,
  end: Substitution,
  where: Formula,
): readonly Obligation[] {
  const owed = entryAt(counted.quantities, entryAt(counted.system.vocabulary.owed, output));
  return [
    {
      claim: `the path ends with ${region.words}`,
      hypotheses: [counted.sizes, where, not(substitute(region.formula, end))],
    },
    {
      claim: `at the end of the path output ${output} is owed something`,
      hypotheses: [counted.sizes, where, not(substitute(atLeast(owed, constant(1)), end))],
    },
  ];
}

/** That nothing ends what the output is owed: no delivery, nor anything else. */
function ending(
  counted: CountedSystem,
  { region, output, parts }: Trap,
  where: Formula,
): readonly Obligation[] {
  const owes = weighed(counted, entryAt(counted.system.vocabulary.owed, output));
  const places = counted.system.places.map(({ id }) => id);
  const assumed = all(counted.sizes, where, region.formula, ...parts.map(({ formula }) => formula));
  return region.actions
    .filter((action) => {
      const ends = (place: number): boolean => !owes(gateTarget(counted, action, place));
      const { delivers, output: about, from, to } = action.move;
      const byGate = action.opensGate && places.some((place) => owes(place) && ends(place));
      return (delivers && about === output) || (owes(from) && ends(to)) || byGate;
    })
    .map((action) => ({
      claim: `in the trap, never ${action.name}`,
      hypotheses: [assumed, action.enabled],
    }));
}

/** Everything that must be shown for a trap to be one. */
export function trapObligations(
  counted: CountedSystem,
  trap: Trap,
  end: Substitution,
  where: Formula,
): readonly Obligation[] {
  const { region, output, parts } = trap;
  return [
    ...entering(counted, region, output, end, where),
    {
      claim: "the trap is shut at the end of the path",
      hypotheses: [
        counted.sizes,
        where,
        not(all(...parts.map(({ formula }) => substitute(formula, end)))),
      ],
    },
    ...region.actions.flatMap(
      (action) => keeping(counted, region, action, parts, where, false) ?? [],
    ),
    ...ending(counted, trap, where),
  ];
}

/**
 * Looks for a trap at the end of a run: statements that hold there, are kept by the engine and the input, and under
 * which nothing can be delivered to an output that is owed something.
 *
 * @param always the parts of the invariant
 */
export async function findTrap(
  counted: CountedSystem,
  always: readonly Candidate[],
  regions: readonly Region[],
  end: Substitution,
  where: Formula,
  prover: Prover,
): Promise<Trap | null> {
  for (const region of regions) {
    for (const output of region.online) {
      const entered = entering(counted, region, output, end, where);
      if (!(await prover.provesAll(entered))) continue;
      const candidates = [...always, ...trapCandidates(counted, region, output)];
      const held = await kept(counted, region, candidates, end, where, prover);
      if (held === null) continue;
      const context = [counted.sizes, where, region.formula];
      const trap = { region, output, parts: withoutPlainConsequences(context, held) };
      if (await prover.provesAll(ending(counted, trap, where))) return trap;
    }
  }
  return null;
}
