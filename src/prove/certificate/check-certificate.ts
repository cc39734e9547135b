import type { Release } from "../../../models/description.ts";
import { absentLimits } from "../../compile/sizes.ts";
import { DependsOnSize, EverySizeScope } from "../../compile/every-size.ts";
import { settingsOf, whyNoMasks, whyNotOf } from "../../compile/parameter-kinds.ts";
import type { CertifiedProperty, CertifiedSystem } from "../checker/certificate.ts";
import { Counted } from "../checker/counted.ts";
import { statementsOf, type Statement } from "../checker/statements.ts";
import { linearText } from "../logic/linear.ts";
import { UnfitCertificate } from "./no-certificate.ts";
import { readCertificate } from "./read-certificate.ts";
import type { Solver } from "../logic/solver.ts";
import { numberIn } from "../../../models/system.ts";

/** What a certificate says of a property. */
export interface CheckedProperty {
  readonly property: string;
  /** It is violated exactly where this holds; `null` for nowhere. */
  readonly condition: string | null;
  /** Whether every statement that it rests on was confirmed. */
  readonly confirmed: boolean;
}

/** What came of checking one run of a certificate. */
export interface CheckedRun extends CertifiedSystem {
  /** The parameters that differ from the release's own, but for sizes, outputs and routing. */
  readonly settings: readonly string[];
  /** Whether the release asks for a size, so that it was compared at many sizes only. */
  readonly comparedOnly: boolean;
  readonly properties: readonly CheckedProperty[];
  /** The properties of the system that the certificate says nothing of. */
  readonly notCertified: readonly string[];
  /** How many statements the solver confirmed. */
  readonly confirmed: number;
  /** The statements that it did not. */
  readonly failed: readonly string[];
}

/** A statement on its way to the solver. */
export interface Asked extends Pick<CheckedRun, "release" | "parameters" | "masks" | "settings"> {
  readonly statement: Statement;
  /** Index of the run in the file. */
  readonly run: number;
  /** Index of the statement within the run, and how many there are. */
  readonly index: number;
  readonly of: number;
}

/** The model that a certificate is about: the release as it is, in a shape that it can have, the same at every size. */
function modelOf(
  { release: name, parameters, masks }: CertifiedSystem,
  releases: readonly Release[],
): { readonly release: Release; readonly scope: EverySizeScope } {
  const release = releases.find((one) => one.name === name);
  if (release === undefined) throw new UnfitCertificate(`there is no release "${name}"`);
  const why =
    whyNotOf(release, parameters) ??
    (masks === null ? null : whyNoMasks(masks, numberIn(parameters, "outputs")));
  if (why !== null) throw new UnfitCertificate(why);
  try {
    return { release, scope: EverySizeScope.of(release, parameters, masks ?? undefined) };
  } catch (error) {
    if (error instanceof DependsOnSize || error instanceof RangeError) {
      throw new UnfitCertificate(error.message);
    }
    throw error;
  }
}

function conditionOf({ violatedFrom }: CertifiedProperty): string | null {
  return violatedFrom?.map((bound) => `N >= ${linearText(bound)}`).join(" or ") ?? null;
}

/**
 * Checks a certificate against the model: makes every statement that its claims need, from the model and from what it says
 * they were proved by, and asks the solver about them one by one. It shares nothing with the prover but the compiled
 * description and the solver.
 *
 * @param onStatement called before each question
 * @throws NoCertificate if the file is no certificate.
 * @throws UnfitCertificate if it does not fit this model, or does not show what it says, whatever a solver may answer.
 */
export async function checkCertificate(
  json: unknown,
  releases: readonly Release[],
  solver: Pick<Solver, "solve">,
  onStatement: (asked: Asked) => void = () => undefined,
): Promise<readonly CheckedRun[]> {
  const checked: CheckedRun[] = [];
  for (const { read, ...about } of readCertificate(json)) {
    const { release, scope } = modelOf(about, releases);
    const { system, parameters, comparedOnly } = scope;
    const settings = settingsOf(release, parameters);
    const counted = new Counted(system, absentLimits(system, parameters));
    const { properties, ...run } = read(counted);
    const own = properties.find(({ property }) =>
      system.progress.some(({ name, isStandard }) => name === property && !isStandard),
    );
    if (own !== undefined) {
      throw new UnfitCertificate(`${own.property} has a meaning of its own in this system`);
    }
    const statements = statementsOf(counted, { properties, ...run });
    const failed: { readonly statement: Statement; readonly answer: string }[] = [];
    for (const [index, statement] of statements.entries()) {
      const of = statements.length;
      onStatement({ ...about, settings, statement, run: checked.length, index, of });
      const { answer } = await solver.solve(statement.hypotheses);
      if (answer !== "unsat") failed.push({ statement, answer });
    }
    const rests = (on: string | null): boolean =>
      failed.every(({ statement }) => statement.property !== on);
    checked.push({
      ...about,
      settings,
      comparedOnly,
      properties: properties.map((one) => ({
        property: one.property,
        condition: conditionOf(one),
        confirmed: rests(null) && rests(one.property),
      })),
      notCertified: system.properties
        .map(({ name }) => name)
        .filter((name) => properties.every(({ property }) => property !== name)),
      confirmed: statements.length - failed.length,
      failed: failed.map(({ statement, answer }) => `${statement.claim} (${answer})`),
    });
  }
  return checked;
}
