import type { Comparison } from "../description.ts";
import type { Pending, ProgressClause, ProgressProperty } from "../progress.ts";
import { atLeast, full, total } from "./conditions.ts";

const alive = {
  kind: "progress",
  phases: ["run"],
  hasLength: true,
  leastOutputs: 0,
} as const;

function where(...comparisons: readonly Comparison[]): Pending {
  return { kind: "guard", where: comparisons };
}

const flushed: Pending = { kind: "slot", total: "flushed" };
const staged: Pending = { kind: "slot", total: "staged" };
const producers: Pending = { kind: "slot", total: "producers" };

function clauses(
  modality: "acts" | "keepsActing",
  pending: readonly Pending[],
): readonly ProgressClause[] {
  return pending.map((one) => ({
    ...{ modality, agents: ["engine"], outputs: { kind: "all online" } },
    pending: one,
  }));
}

interface Shape {
  /** Whether the mode is `lazy`: a staged chunk waits for emits, unless there is no room for one. */
  readonly lazy: boolean;
  readonly drifts: boolean;
}

function stuck({ lazy, drifts }: Shape): readonly Pending[] {
  const waits = lazy ? where(atLeast(total("staged"), 1), full({ drifts })) : staged;
  return [flushed, waits];
}

function shutOut({ drifts }: Shape): readonly Pending[] {
  return [producers, where(full({ drifts }))];
}

function neverStuck(shape: Shape): ProgressProperty {
  return {
    ...alive,
    name: "neverStuck",
    meaning: "with the backend up, something is done while a chunk waits to be written",
    clauses: clauses("acts", stuck(shape)),
  };
}

function recovery(shape: Shape): ProgressProperty {
  return {
    ...alive,
    name: "recovery",
    meaning:
      "with the backend up, the output alone never gets to where it or its producers are stuck",
    clauses: clauses("keepsActing", [...stuck(shape), ...shutOut(shape)]),
  };
}

const shutdownEnds: ProgressProperty = {
  kind: "progress",
  name: "shutdownEnds",
  meaning: "a shutdown can come to its end, however the backend is",
  phases: ["stop", "flush", "drain", "join"],
  hasLength: true,
  leastOutputs: 0,
  clauses: [
    {
      modality: "can",
      agents: ["engine"],
      outputs: { kind: "any" },
      pending: { kind: "machine", role: "process", until: "off" },
    },
  ],
};

/** The properties of progress. */
export function progressOf(shape: Shape): readonly ProgressProperty[] {
  return [
    neverStuck(shape),
    {
      ...alive,
      name: "producersResume",
      meaning: "with the backend up, something is done while a producer waits or there is no room",
      clauses: clauses("acts", shutOut(shape)),
    },
    shutdownEnds,
    recovery(shape),
  ];
}

const shapes = [true, false].flatMap((lazy) =>
  [true, false].map((drifts): Shape => ({ lazy, drifts })),
);

/** Those that have a name which stands for something else where Fluent Bit is meant. */
export const ownProgress: readonly ProgressProperty[] = [
  ...shapes.flatMap((shape) => [neverStuck(shape), recovery(shape)]),
  shutdownEnds,
];
