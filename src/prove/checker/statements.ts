import { all, atLeast, below, type Formula } from "../logic/formula.ts";
import { linearKey, variable, type Linear } from "../logic/linear.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Obligation } from "../logic/smt-lib.ts";
import type { CertifiedProperty, CertifiedRun } from "./certificate.ts";
import type { Counted } from "./counted.ts";
import { goalsOf } from "./goals.ts";
import { leavingObligations } from "./leaving.ts";
import { follow } from "./path.ts";
import { forbiddenBy, inductionOf } from "./safety.ts";
import { endObligations } from "./violation.ts";

/** One statement that a solver must confirm. */
export interface Statement extends Obligation {
  /** The property that it is for; null if it is for the invariant, on which all of them rest. */
  readonly property: string | null;
}

/** What must be shown for a property to hold, under what is assumed. */
function holding(
  counted: Counted,
  { property, putOff, departures }: CertifiedProperty,
  assumed: readonly Formula[],
): readonly Obligation[] {
  const goals = goalsOf(counted, property, putOff);
  if (departures.length !== (goals ?? []).length) {
    throw new UnfitCertificate(
      `${property} has ${(goals ?? []).length} goals, and departures for ${departures.length}`,
    );
  }
  if (goals === null) {
    return forbiddenBy(counted, property).map((forbidden) => ({
      claim: "no state that can be reached is what the property forbids",
      hypotheses: [...assumed, forbidden],
    }));
  }
  return goals.flatMap((goal, index) =>
    leavingObligations(counted, goal, assumed, departures.at(index) ?? []),
  );
}

/** What must be shown for a property to be violated wherever N is at least one of the bounds. */
function violated(
  counted: Counted,
  { property, paths }: CertifiedProperty,
  bounds: readonly Linear[],
): readonly Obligation[] {
  const keys = (linears: readonly Linear[]): string => linears.map(linearKey).sort().join(" ");
  if (keys(paths.map(({ bound }) => bound)) !== keys(bounds)) {
    throw new UnfitCertificate(`${property}: the paths do not cover the condition`);
  }
  return paths.flatMap((path, index) => {
    // This bound is the least; of equal ones the first is.
    const where = all(
      atLeast(variable("N"), path.bound),
      ...paths.map(({ bound }, at) =>
        at < index ? below(path.bound, bound) : atLeast(bound, path.bound),
      ),
    );
    const { end, obligations } = follow(counted, path.segments, where);
    return [
      ...obligations,
      ...endObligations(counted, property, path, end, [counted.sizes, where]),
    ];
  });
}

function ofProperty(
  counted: Counted,
  invariant: readonly Formula[],
  certified: CertifiedProperty,
): readonly Obligation[] {
  const { violatedFrom, invariant: own } = certified;
  const fewer = (violatedFrom ?? []).map((bound) => below(variable("N"), bound));
  const sizes = all(counted.sizes, ...fewer);
  return [
    ...(own === null ? [] : inductionOf(counted, sizes, own)),
    ...holding(counted, certified, [sizes, ...(own ?? invariant)]),
    ...violated(counted, certified, violatedFrom ?? []),
  ];
}

/**
 * Every statement that a solver must confirm for a certificate to be one; made from the model, and from what the
 * certificate says it was proved by. Nothing is searched for, and nothing but the model says what must be shown.
 *
 * @throws UnfitCertificate if it does not show what it says, whatever a solver may answer.
 */
export function statementsOf(
  counted: Counted,
  { invariant, properties }: CertifiedRun,
): readonly Statement[] {
  return [
    ...inductionOf(counted, counted.sizes, invariant).map((one) => ({ ...one, property: null })),
    ...properties.flatMap((one) =>
      ofProperty(counted, invariant, one).map(({ claim, hypotheses }) => ({
        property: one.property,
        claim: `${one.property}: ${claim}`,
        hypotheses,
      })),
    ),
  ];
}
