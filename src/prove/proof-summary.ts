import type { Limit } from "../../models/description.ts";
import type { SlotNames, Values } from "../../models/system.ts";
import type { Sizes } from "../compile/sizes.ts";
import { leastChunks } from "./violation/condition.ts";
import type { PropertyProof, SystemProof } from "./prove.ts";
import { replayAt, type Replay } from "./violation/real-replay.ts";
import type { ComparedLength, ProvedPath } from "./invariant/refute.ts";

/** A run into a violation for every size, in words, with what was seen of it at single sizes. */
export interface PathSummary {
  readonly actions: string;
  readonly length: string;
  readonly outages: string;
  readonly where: string;
  readonly trap: readonly string[];
  readonly compared: readonly ComparedLength[];
  /** The run at the real sizes; null if it is for other sizes. */
  readonly replay: Replay | null;
}

/** What was found out about a property. */
export interface PropertySummary {
  readonly property: string;
  readonly meaning: string;
  readonly verdict: PropertyProof["verdict"];
  /** When it is violated, in general, and from how many chunks on at the real sizes. */
  readonly condition: { readonly text: string; readonly chunks: number } | null;
  readonly paths: readonly PathSummary[] | null;
  /** The smallest violation that was found. */
  readonly smallest: {
    readonly parameters: Values;
    readonly chunks: number;
    readonly sizes: Sizes;
    readonly actions: readonly string[];
    readonly length: number | null;
  } | null;
  readonly brokenBy: readonly string[];
  /** Steps of the argument that no machine checks. */
  readonly notMachineChecked: readonly string[];
  readonly reason: string | null;
  readonly elapsedMs: number;
}

/** A proof as plain data, for people to read and for threads to hand on. */
export interface ProofSummary extends Pick<
  SystemProof,
  "release" | "parameters" | "settings" | "masks"
> {
  /** The sizes of the real engine. */
  readonly sizes: Sizes;
  /** How the limits are called, whose symbols sizes and formulas have. */
  readonly limits: readonly Pick<Limit, "name" | "symbol">[];
  readonly slots: SlotNames;
  /** The smallest sizes of which the proof speaks. */
  readonly least: Sizes;
  readonly invariants: readonly { readonly words: string; readonly plain: boolean }[];
  readonly properties: readonly PropertySummary[];
  readonly questions: number;
  readonly elapsedMs: number;
}

function pathSummary(
  proof: SystemProof,
  property: string,
  path: ProvedPath,
  sizes: Sizes,
): PathSummary {
  return {
    actions: path.text,
    length: path.lengthText,
    outages: path.outages,
    where: path.where,
    trap: path.trap,
    compared: path.compared,
    replay: replayAt(proof.counted, proof, property, path, sizes),
  };
}

function propertySummary(proof: SystemProof, one: PropertyProof, sizes: Sizes): PropertySummary {
  const { property, argument, condition, counterexample, paths } = one;
  const unchecked = [
    ...(argument?.unchecked ?? []),
    ...(paths ?? []).flatMap((path) => path.unchecked),
  ];
  return {
    property,
    meaning: one.meaning,
    verdict: one.verdict,
    condition:
      condition === null ? null : { text: condition.text, chunks: leastChunks(condition, sizes) },
    paths: paths?.map((path) => pathSummary(proof, property, path, sizes)) ?? null,
    smallest:
      counterexample === null
        ? null
        : {
            parameters: counterexample.parameters,
            chunks: counterexample.chunks,
            sizes: counterexample.sizes,
            actions: counterexample.steps.map(({ move }) => move.action),
            length: counterexample.length,
          },
    brokenBy: one.brokenBy,
    notMachineChecked: [...new Set(unchecked)],
    reason: one.reason,
    elapsedMs: one.elapsedMs,
  };
}

/**
 * Sums a proof up, and takes its runs at the real sizes.
 *
 * @param sizes the limits of the real engine
 */
export function summaryOf(proof: SystemProof, sizes: Sizes): ProofSummary {
  return {
    release: proof.release,
    parameters: proof.parameters,
    settings: proof.settings,
    masks: proof.masks,
    sizes,
    limits: proof.counted.system.limits.map(({ name, symbol }) => ({ name, symbol })),
    slots: proof.counted.system.slots,
    least: proof.counted.least,
    invariants: proof.invariant.parts.map(({ words, plain }) => ({ words, plain })),
    properties: proof.properties.map((one) => propertySummary(proof, one, sizes)),
    questions: proof.questions,
    elapsedMs: proof.elapsedMs,
  };
}
