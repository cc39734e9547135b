import { entryAt } from "../../errors/checked-access.ts";
import { all, atLeast, not, some, substitute, type Formula } from "../logic/formula.ts";
import { compose, constant, type Substitution } from "../logic/linear.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { CertifiedPath, Evidence } from "./certificate.ts";
import type { Action, Counted } from "./counted.ts";
import { frozenGoals } from "./goals.ts";
import { effectOf, isOnce, isUnchanged } from "./path.ts";
import { isAcyclic, regionOf, type Region } from "./region.ts";
import { forbiddenBy, keptBy } from "./safety.ts";

/** The end of a run: the values there, over the sizes, and what is assumed of the sizes. */
interface End {
  readonly counted: Counted;
  readonly values: Substitution;
  readonly assumed: readonly Formula[];
}

/** That a formula holds at the end. */
function atEnd({ assumed, values }: End, claim: string, formula: Formula): Obligation {
  return { claim, hypotheses: [...assumed, not(substitute(formula, values))] };
}

/**
 * An output that is owed something is never served again: statements hold at the end that the engine and the input cannot
 * make false, and under which nothing takes a chunk from where it owes the output something.
 *
 * @throws UnfitCertificate if it would be no violation of the property.
 */
function trapObligations(
  end: End,
  property: string,
  { online, output, parts }: Extract<Evidence, { readonly kind: "trap" }>,
): readonly Obligation[] {
  const { counted, assumed } = end;
  const { outputs, vocabulary, places } = counted.system;
  const isViolation =
    (property === "isolation" && online.length < outputs) ||
    (property === "isolationFair" && online.length === outputs - 1 && !online.includes(0));
  if (!isViolation || !online.includes(output)) {
    throw new UnfitCertificate(`${property}: such a trap does not violate it`);
  }
  const region = regionOf(counted, online, ["engine", "input"]);
  const owed = entryAt(vocabulary.owed, output);
  const owing = counted.placesOf(owed);
  const frees = ({ move, lands }: Region["actions"][number]): boolean => {
    const ends = (place: number): boolean => !owing.includes(lands(place));
    return (
      (move.delivers && move.output === output) ||
      (owing.includes(move.from) && ends(move.to)) ||
      places.some(({ id }) => owing.includes(id) && ends(id))
    );
  };
  return [
    atEnd(end, `the path ends with ${region.words}`, region.formula),
    atEnd(end, "something is owed at its end", atLeast(counted.amount(owed), constant(1))),
    atEnd(end, "the trap is shut at its end", all(...parts)),
    ...region.actions.flatMap((action) => keptBy(action, [...assumed, region.formula], parts)),
    ...region.actions.filter(frees).map(({ name, enabled }) => ({
      claim: `in the trap, never ${name}`,
      hypotheses: [...assumed, region.formula, ...parts, enabled],
    })),
  ];
}

/** That staying in a place all through a loop is fair: whatever is owed there is somewhere not enabled, or changes nothing. */
function isFairToStay(
  { counted }: End,
  region: Region,
  place: number,
  states: readonly Substitution[],
): Formula {
  const fair = counted.system.fairnessInstances.map((_, instance) => {
    const owed = region.actions.filter(
      ({ move }) => move.from === place && move.fairness === instance,
    );
    const idle = owed.filter(({ becomes }) => becomes.size === 0);
    const anywhere = (formula: Formula): Formula =>
      some(...states.map((values) => substitute(formula, values)));
    return owed.length === 0
      ? all()
      : some(
          anywhere(not(some(...owed.map(({ enabled }) => enabled)))),
          anywhere(some(...idle.map(({ enabled }) => enabled))),
        );
  });
  return all(...fair);
}

/**
 * A chunk waits for ever while actions lead back to where they began, fairly: chunks that the loop moves take turns, and
 * each comes to places where nothing is owed to it; to every other chunk it is fair to stay where it is.
 *
 * @throws UnfitCertificate if it would be no violation of the property, or leads elsewhere.
 */
function loopObligations(
  end: End,
  property: string,
  { actions, waits }: Extract<Evidence, { readonly kind: "loop" }>,
): readonly Obligation[] {
  const { counted, assumed, values } = end;
  const unfit = (what: string): never => {
    throw new UnfitCertificate(`${property}: ${what}`);
  };
  if (property !== "noStarvation" && property !== "isolationFair") {
    return unfit("a loop does not violate it");
  }
  const goal = frozenGoals(counted, property)?.find(({ target }) => target.includes(waits));
  if (goal === undefined) return unfit("nothing waits in the loop");
  const { region } = goal;
  const moves = actions.flatMap((action) => region.actions.filter((one) => one === action));
  if (moves.length < actions.length || actions.some(({ opensGate }) => opensGate)) {
    return unfit("the loop has an action that cannot be part of one");
  }
  for (const [name, becomes] of effectOf(actions)) {
    if (!isUnchanged(name, becomes, values)) return unfit("the loop does not lead back");
  }
  const isOwed = (place: number): boolean =>
    region.actions.some(({ move }) => move.from === place && move.fairness >= 0);
  const edges = moves.map(({ move }) => [move.from, move.to] as const);
  if (!isAcyclic(edges.filter((edge) => edge.every(isOwed)))) {
    return unfit("the loop moves a chunk that is always owed something");
  }
  const states: Substitution[] = [];
  let now = values;
  for (const { becomes } of actions) {
    states.push(now);
    now = compose(now, becomes);
  }
  const moved = moves.map(({ move }) => move.from);
  const isAt = (place: number, least: number): Formula =>
    atLeast(counted.slots(place), constant(least));
  const fair = counted.system.places
    .filter(({ id }) => id === waits || !moved.includes(id))
    .map(({ id }) => {
      const stays = isFairToStay(end, region, id, states);
      return id === waits ? stays : some(not(substitute(isAt(id, 1), values)), stays);
    });
  return [
    atEnd(end, `the path ends with ${region.words}`, region.formula),
    atEnd(end, "a chunk waits at its end", isAt(waits, 1)),
    ...moves.map(({ name, enabled, move }, index) => ({
      claim: `in the loop, ${name} can be taken, and not by the chunk that waits`,
      hypotheses: [
        ...assumed,
        not(
          substitute(
            all(enabled, ...(move.from === waits ? [isAt(waits, 2)] : [])),
            states.at(index) ?? values,
          ),
        ),
      ],
    })),
    {
      claim: "the loop is fair, though a chunk stays where it is for ever",
      hypotheses: [...assumed, not(all(...fair))],
    },
  ];
}

function lastAction(segments: CertifiedPath["segments"]): Action | undefined {
  const last = segments.at(-1);
  return last !== undefined && isOnce(last) ? last.actions.at(-1) : undefined;
}

/**
 * What must be shown for the end of a run to violate a property.
 *
 * @param values the values at the end, over the sizes
 * @param assumed what is assumed of the sizes
 * @throws UnfitCertificate if the evidence is no evidence of that, whatever a solver may answer.
 */
export function endObligations(
  counted: Counted,
  property: string,
  { segments, evidence }: CertifiedPath,
  values: Substitution,
  assumed: readonly Formula[],
): readonly Obligation[] {
  const end: End = { counted, values, assumed };
  switch (evidence.kind) {
    case "state": {
      // A stuck engine reschedules for ever, and never recovers.
      const judged = property === "recovery" ? "neverStuck" : property;
      const forbidden = forbiddenBy(counted, judged)[evidence.index];
      if (forbidden === undefined) throw new UnfitCertificate(`${property} forbids no such state`);
      return [atEnd(end, "the property is violated at the end of the path", forbidden)];
    }
    case "action": {
      const move = lastAction(segments)?.move;
      if (move !== undefined && "violates" in move && move.violates.includes(property)) return [];
      throw new UnfitCertificate(`${property}: the last action does not violate it`);
    }
    case "trap":
      return trapObligations(end, property, evidence);
    case "loop":
      return loopObligations(end, property, evidence);
  }
}
