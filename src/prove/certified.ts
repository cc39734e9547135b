import { conditionFails, isLeast } from "./condition.ts";
import type { CountedSystem } from "./counting.ts";
import type { CertifiedPath, CertifiedProperty, CertifiedRun } from "./certified-run.ts";
import { lastActionOf } from "./accelerated-path.ts";
import { endObligations } from "./evidence.ts";
import { all, atLeast, type Formula } from "./formula.ts";
import { inductionObligations, together } from "./invariant.ts";
import { linearKey, variable, type Linear } from "./linear.ts";
import { UnfitCertificate } from "./no-certificate.ts";
import { followed } from "./path-proof.ts";
import { goalsOf } from "./goals.ts";
import { fairPropertyOf, goalObligations } from "./progress.ts";
import { safetyObligations } from "./safety.ts";
import type { Obligation } from "./smt-lib.ts";

function holding(
  counted: CountedSystem,
  { property, putOff, departures }: CertifiedProperty,
  assumed: readonly Formula[],
): readonly Obligation[] {
  const described = counted.system.properties.find(({ name }) => name === property);
  if (described === undefined) throw new UnfitCertificate(`no property is called ${property}`);
  const fair = fairPropertyOf(described);
  if (fair === null) return safetyObligations(counted, property, assumed);
  const found = goalsOf(counted, fair, fair === "isolation" ? putOff : []);
  if (found === null) throw new UnfitCertificate(`${property}: a shared machine may move for ever`);
  return found.goals.flatMap((goal, index) => {
    const shown = goalObligations(counted, goal, assumed, departures[index] ?? []);
    if (shown === null) {
      throw new UnfitCertificate(`${property}: not every place has a reason to be left`);
    }
    return shown;
  });
}

function violated(
  counted: CountedSystem,
  property: string,
  { bound, path, evidence }: CertifiedPath,
  bounds: readonly Linear[],
): readonly Obligation[] {
  const where = all(
    atLeast(variable("N"), bound),
    ...isLeast(bound, bounds).map(({ formula }) => formula),
  );
  const run = followed(counted, path, where);
  if (run === null) throw new UnfitCertificate(`${property}: the rounds of a path are not alike`);
  const last = lastActionOf(path);
  const ending = endObligations(counted, property, evidence, last, run.end, where);
  if (ending === null) throw new UnfitCertificate(`${property}: the end of a path is no violation`);
  return [...run.obligations, ...ending];
}

function ofProperty(
  counted: CountedSystem,
  invariant: Formula,
  certified: CertifiedProperty,
): readonly Obligation[] {
  const { property, violatedFrom, invariant: own, paths } = certified;
  const fails =
    violatedFrom === null ? null : conditionFails({ text: "", leastChunks: violatedFrom });
  const where = fails === null ? [] : [fails];
  const there: CountedSystem =
    own === null ? counted : { ...counted, sizes: all(counted.sizes, ...where) };
  const assumed = own === null ? [invariant, ...where] : [together(there, own)];
  const bounds = paths.map(({ bound }) => bound);
  const keys = (linears: readonly Linear[]): string => linears.map(linearKey).sort().join(" ");
  if (paths.length > 0 && keys(bounds) !== keys(violatedFrom ?? [])) {
    throw new UnfitCertificate(`${property}: the paths do not cover the condition`);
  }
  return [
    ...(own === null ? [] : inductionObligations(there, own)),
    ...holding(there, certified, assumed),
    ...paths.flatMap((path) => violated(counted, property, path, bounds)),
  ];
}

/** One statement of a certificate. */
export interface Statement extends Obligation {
  /** The property that it is for; null if it is for the invariant, on which all of them rest. */
  readonly property: string | null;
}

/**
 * Every statement that a solver must confirm for a certificate to be one; made from the model, and from what the
 * certificate says it was proved by. Nothing is searched for.
 *
 * @throws UnfitCertificate if it does not show what it says, whatever a solver may answer.
 */
export function obligationsOfRun(
  counted: CountedSystem,
  { invariant, properties }: CertifiedRun,
): readonly Statement[] {
  const always = together(counted, invariant);
  return [
    ...inductionObligations(counted, invariant).map((one) => ({ ...one, property: null })),
    ...properties.flatMap((one) =>
      ofProperty(counted, always, one).map(({ claim, hypotheses }) => ({
        property: one.property,
        claim: `${one.property}: ${claim}`,
        hypotheses,
      })),
    ),
  ];
}
