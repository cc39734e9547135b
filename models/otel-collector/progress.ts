import type { Comparison } from "../description.ts";
import type { Pending, ProgressClause, ProgressProperty } from "../progress.ts";

const online = { kind: "all online" } as const;
const anyhow = { kind: "any" } as const;
const engine = ["engine"] as const;
const alive = {
  kind: "progress",
  phases: ["run", "close"],
  hasLength: true,
  leastOutputs: 0,
} as const;

const working: Pending = { kind: "slot", total: "working" };
const producers: Pending = { kind: "slot", total: "producers" };
const jam: Pending = { kind: "machine", role: "lock", until: "free" };

function full(quantity: Comparison["quantity"]): Pending {
  return {
    kind: "guard",
    where: [{ quantity, relation: ">=", bound: { constant: 0, queueSize: 1 } }],
  };
}

function clauses(
  modality: "acts" | "keepsActing",
  pending: readonly Pending[],
): readonly ProgressClause[] {
  return pending.map((one) => ({ modality, agents: engine, outputs: online, pending: one }));
}

const neverStuck: ProgressProperty = {
  ...alive,
  name: "neverStuck",
  meaning: "with the backend up, something is done while a request is queued or exported",
  clauses: clauses("acts", [working]),
};

function producersResume(size: Comparison["quantity"]): ProgressProperty {
  return {
    ...alive,
    name: "producersResume",
    meaning: "with the backend up, something is done while a producer waits or the queue is full",
    clauses: clauses("acts", [producers, jam, full(size)]),
  };
}

function recovery(size: Comparison["quantity"]): ProgressProperty {
  return {
    ...alive,
    name: "recovery",
    meaning:
      "with the backend up, the exporter alone never gets to where it or its producers are stuck",
    clauses: clauses("keepsActing", [working, producers, jam, full(size)]),
  };
}

function ends(
  name: string,
  phases: readonly string[],
  until: string,
  meaning: string,
): ProgressProperty {
  return {
    kind: "progress",
    name,
    meaning,
    phases,
    hasLength: true,
    leastOutputs: 0,
    clauses: [
      {
        modality: "can",
        agents: engine,
        outputs: anyhow,
        pending: { kind: "machine", role: "process", until },
      },
    ],
  };
}

const startEnds = ends("startEnds", ["load", "start"], "run", "a start can come to its end");
const shutdownEnds = ends(
  "shutdownEnds",
  ["close", "stop"],
  "off",
  "a shutdown can come to its end",
);

const producersReleased: ProgressProperty = {
  kind: "progress",
  name: "producersReleased",
  hasLength: true,
  leastOutputs: 0,
  meaning: "after a shutdown no producer waits for an answer that never comes",
  phases: ["off"],
  clauses: [
    {
      modality: "acts",
      agents: engine,
      outputs: anyhow,
      pending: { kind: "slot", total: "unanswered" },
    },
  ],
};

const counter = { counter: "size" };
const total = { total: "size" };

/** The properties of progress; `countsSize`: whether the size is a counter. */
export function progressOf(countsSize: boolean): readonly ProgressProperty[] {
  const size = countsSize ? counter : total;
  const own = [neverStuck, producersResume(size), recovery(size)];
  return [...own, startEnds, shutdownEnds, producersReleased];
}

/** Those that have a name which stands for something else where Fluent Bit is meant. */
export const ownProgress: readonly ProgressProperty[] = [
  neverStuck,
  recovery(total),
  recovery(counter),
  shutdownEnds,
];
