import type { SlotMove, SystemMove } from "../../compile/compiled-system.ts";
import type { Candidate } from "../invariant/candidates.ts";
import { certificateFormat } from "./certificate-format.ts";
import type { CountedAction } from "../counted/counting.ts";
import type { Departure } from "../progress/departure.ts";
import type { Evidence } from "../violation/evidence.ts";
import type { Formula } from "../logic/formula.ts";
import type { Linear } from "../logic/linear.ts";
import type { PropertyProof, SystemProof } from "../prove.ts";
import type { ProvedPath } from "../invariant/refute.ts";

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

function partsJson(parts: readonly Candidate[]): CertificateJson {
  return parts.map(({ formula }) => formulaJson(formula));
}

function kindOf(move: SlotMove | SystemMove): string {
  return "rule" in move ? "slotMove" : "systemMove";
}

function actionsJson(actions: readonly CountedAction[]): CertificateJson {
  return actions.map(({ name, move, opensGate }) => ({
    [kindOf(move)]: move.id,
    opensGate,
    name,
  }));
}

function evidenceJson(evidence: Evidence): CertificateJson {
  switch (evidence.kind) {
    case "state":
      return { kind: evidence.kind, index: evidence.index };
    case "action":
      return { kind: evidence.kind };
    case "trap": {
      const { region, output, parts } = evidence.trap;
      return { kind: evidence.kind, online: region.online, output, parts: partsJson(parts) };
    }
    case "loop": {
      const { actions, waits } = evidence.loop;
      return { kind: evidence.kind, actions: actionsJson(actions), waits };
    }
  }
}

function departureJson(departure: Departure): CertificateJson {
  const { kind, places, deadEnd } = departure;
  return kind === "fairness"
    ? { kind, places, deadEnd, instance: departure.instance }
    : { kind, places, deadEnd, ranks: departure.ranks };
}

function pathJson({ bound, path, evidence }: ProvedPath): CertificateJson {
  return {
    bound: linearJson(bound),
    segments: path.segments.map(({ actions, times }) => ({
      actions: actionsJson(actions),
      times: linearJson(times),
    })),
    evidence: evidenceJson(evidence),
  };
}

function propertyJson({ property, argument, condition, paths }: PropertyProof): CertificateJson[] {
  if (argument === null) return [];
  const { invariant, putOff, departures } = argument;
  return [
    {
      property,
      violatedFrom: condition?.leastChunks.map(linearJson) ?? null,
      invariant: invariant === null ? null : partsJson(invariant),
      putOff,
      departures: departures.map((groups) => groups.map(departureJson)),
      paths: (paths ?? []).map(pathJson),
    },
  ];
}

/** What shows the properties of one system, as a part of a certificate. */
export function certifiedRunJson(proof: SystemProof): CertificateJson {
  const { release, parameters, masks, counted, invariant, properties } = proof;
  return {
    release,
    parameters: { ...parameters },
    masks,
    places: counted.system.places.map(({ name }) => name),
    invariant: partsJson(invariant.parts),
    properties: properties.flatMap(propertyJson),
  };
}

/**
 * Proofs as data that a checker can follow without searching: invariants, ranks, traps and runs. What a solver must confirm of
 * them is not in the file: only the model says what must be shown. In pieces of a JSON text.
 */
export function* certificateParts(runs: readonly CertificateJson[]): Generator<string> {
  yield `{"format":${JSON.stringify(certificateFormat)},"runs":[\n`;
  for (const [index, run] of runs.entries()) {
    yield `${index === 0 ? "" : ",\n"}${JSON.stringify(run)}`;
  }
  yield "\n]}\n";
}
