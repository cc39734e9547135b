import type { Scope } from "../../src/compile/scope.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { SpecNames } from "../../src/export/spec/spec-names.ts";
import { tlaInvariants, type TlaCheck } from "../../src/export/spec/tla-configuration.ts";
import type { TlcOutput } from "./tlc-output.ts";

/** What is known of a scope, by TLC or by the explorer. */
export interface Known {
  /** Labelled states, their transitions, and states up to permutation of slots. */
  readonly states: number;
  readonly transitions: number;
  readonly upToPermutation: number;
  /** The violated properties with the actions that lead there, such as `neverStuck 9`; in the order of their names. */
  readonly violated: readonly string[];
}

/** Runs TLC on the scope in question. */
export type AskTlc = (check: TlaCheck) => TlcOutput;

/** What TLC finds: it stops at a violation, so each one is asked for once more without those that are known. */
export function foundByTlc(scope: Scope, ask: AskTlc): Known {
  const { states, transitions } = ask({ symmetry: false, invariants: [] });
  const properties = new SpecNames(scope).properties;
  const nameOf = (invariant: string): string =>
    scope.system.stateProperties[properties.indexOf(invariant)]?.name ?? invariant;
  const lengths = new Map<string, number>();
  let invariants = tlaInvariants(scope);
  for (;;) {
    const found = ask({ symmetry: true, invariants });
    const { violation } = found;
    if (violation === null) {
      const violated = [...lengths].map(([name, length]) => `${name} ${length}`).sort();
      return { states, transitions, upToPermutation: found.states, violated };
    }
    if (!invariants.includes(violation.invariant)) {
      throw new Error(`TLC says that ${violation.invariant} is violated, which was not asked`);
    }
    const name = nameOf(violation.invariant);
    lengths.set(name, Math.min(lengths.get(name) ?? Infinity, violation.length));
    invariants = invariants.filter((one) => one !== violation.invariant);
  }
}

/** What the explorer finds of the same. */
export function foundByUs(scope: Scope): Known {
  const { counts, properties } = checkScope(scope);
  const asked = new Set(["neverStuck", ...scope.system.stateProperties.map(({ name }) => name)]);
  return {
    states: Number(counts.labelled),
    transitions: Number(counts.transitions),
    upToPermutation: counts.canonical,
    violated: properties
      .filter(({ property, verdict }) => asked.has(property) && verdict === "violated")
      .map(({ property, length }) => `${property} ${length ?? "?"}`)
      .sort(),
  };
}

/** In what two findings differ: one sentence for each difference. */
export function differences(tlc: Known, ours: Known): readonly string[] {
  const told = (name: string, theirs: string, own: string): readonly string[] =>
    theirs === own ? [] : [`${name}: TLC ${theirs}, unstuck ${own}`];
  const words = (violated: readonly string[]): string => violated.join(", ") || "none";
  return [
    ...told("states", String(tlc.states), String(ours.states)),
    ...told("transitions", String(tlc.transitions), String(ours.transitions)),
    ...told("up to permutation", String(tlc.upToPermutation), String(ours.upToPermutation)),
    ...told("violated, with lengths", words(tlc.violated), words(ours.violated)),
  ];
}
