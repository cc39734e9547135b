import type { CertifiedProperty, CertifiedRun } from "./certified-run.ts";
import type { Candidate } from "./candidates.ts";
import type { Departure } from "./departure.ts";
import type { Evidence } from "./evidence.ts";
import type { Formula } from "./formula.ts";
import type { Linear } from "./linear.ts";
import type { PropertyProof, SystemProof } from "./prove.ts";
import type { CountedAction, CountedSystem } from "./counting.ts";
import { obligationsOfRun } from "./certified.ts";
import { certificateFormat } from "./certificate-format.ts";
import { scriptOf } from "./smt-lib.ts";

/** A part of a certificate, as JSON. */
export type CertificateJson =
  | string
  | number
  | boolean
  | null
  | readonly CertificateJson[]
  | { readonly [key: string]: CertificateJson };

function linearJson({ constant, terms }: Linear): CertificateJson {
  return { constant, terms: Object.fromEntries(terms) };
}

function formulaJson(formula: Formula): CertificateJson {
  switch (formula.kind) {
    case "atLeast0":
    case "equals0":
      return { kind: formula.kind, linear: linearJson(formula.linear) };
    case "all":
    case "some":
      return { kind: formula.kind, of: formula.of.map(formulaJson) };
  }
}

function partJson({ words, plain, formula }: Candidate): CertificateJson {
  return { words, plain, formula: formulaJson(formula) };
}

function actionsJson(counted: CountedSystem, actions: readonly CountedAction[]): CertificateJson {
  return actions.map((action) => ({
    index: counted.actions.indexOf(action),
    name: action.name,
  }));
}

function evidenceJson(counted: CountedSystem, evidence: Evidence): CertificateJson {
  switch (evidence.kind) {
    case "state":
      return { kind: evidence.kind, index: evidence.index };
    case "action":
      return { kind: evidence.kind };
    case "trap": {
      const { region, output, parts } = evidence.trap;
      return { kind: evidence.kind, online: region.online, output, parts: parts.map(partJson) };
    }
    case "loop": {
      const { actions, waits } = evidence.loop;
      return { kind: evidence.kind, actions: actionsJson(counted, actions), waits };
    }
  }
}

function departureJson(departure: Departure): CertificateJson {
  const { kind, places, deadEnd } = departure;
  return kind === "fairness"
    ? { kind, places, deadEnd, instance: departure.instance }
    : { kind, places, deadEnd, ranks: departure.ranks };
}

function certified({ properties, ...proof }: SystemProof): CertifiedRun {
  return {
    release: proof.release,
    parameters: proof.parameters,
    invariant: proof.invariant.parts,
    properties: properties.flatMap((one): CertifiedProperty[] => {
      const { property, argument, condition, paths } = one;
      if (argument === null) return [];
      return [
        {
          property,
          violatedFrom: condition?.leastChunks ?? null,
          invariant: argument.invariant,
          putOff: argument.putOff,
          departures: argument.departures,
          paths: paths ?? [],
        },
      ];
    }),
  };
}

/** The properties that a certificate says nothing of. */
function leftOut({ properties }: SystemProof): readonly PropertyProof[] {
  return properties.filter(({ argument }) => argument === null);
}

/**
 * What shows the properties of one system, as a part of a certificate.
 *
 * @param masks the routes masks that chunks can have, where they are known better than `routing` says
 */
export function certifiedRunJson(
  proof: SystemProof,
  masks: readonly (readonly number[])[] | null = null,
): CertificateJson {
  const run = certified(proof);
  const { counted } = proof;
  return {
    release: run.release,
    parameters: { ...run.parameters },
    masks,
    places: counted.system.places.map(({ name }) => name),
    invariant: run.invariant.map(partJson),
    properties: run.properties.map(
      ({ property, violatedFrom, invariant, putOff, departures, paths }): CertificateJson => ({
        property,
        violatedFrom: violatedFrom?.map(linearJson) ?? null,
        invariant: invariant?.map(partJson) ?? null,
        putOff,
        departures: departures.map((groups) => groups.map(departureJson)),
        paths: paths.map(({ bound, path, evidence }): CertificateJson => ({
          bound: linearJson(bound),
          segments: path.segments.map(({ actions, times }) => ({
            actions: actionsJson(counted, actions),
            times: linearJson(times),
          })),
          evidence: evidenceJson(counted, evidence),
        })),
      }),
    ),
    notCertified: leftOut(proof).map(({ property }) => property),
    obligations: obligationsOfRun(counted, run).map((obligation) => ({
      claim: obligation.claim,
      smtLib: scriptOf(obligation),
    })),
  };
}

/**
 * Proofs as data that a checker can follow without searching: invariants, ranks, traps and runs, and each statement that
 * a solver must confirm, as SMT-LIB. In pieces of a JSON text, as the whole may be longer than a string can be.
 */
export function* certificateParts(runs: readonly CertificateJson[]): Generator<string> {
  yield `{"format":${JSON.stringify(certificateFormat)},"runs":[\n`;
  for (const [index, run] of runs.entries()) {
    yield `${index === 0 ? "" : ",\n"}${JSON.stringify(run)}`;
  }
  yield "\n]}\n";
}
