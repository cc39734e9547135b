import type {
  Limit,
  StateProperty,
  SystemDescription,
  TransitionProperty,
} from "../description.ts";
import { numberIn, type Values } from "../system.ts";
import { totalsOf } from "./conditions.ts";
import { consumerRules } from "./consumers.ts";
import { requeueRule, systemRules } from "./life.ts";
import { producerRules } from "./producers.ts";
import { progressOf } from "./progress.ts";
import { exporterOf } from "./queue.ts";
import { requestEvents, requestMachine } from "./request.ts";
import { sharedRoles } from "./shared.ts";
import { collectorSystem, settingsOf, type Version } from "./system.ts";

const limits: readonly Limit[] = [
  { name: "queueSize", symbol: "Q", least: 1, value: (one) => numberIn(one, "queueSize") },
  { name: "consumers", symbol: "C", least: 1, value: (one) => numberIn(one, "consumers") },
];

const sizeBound: StateProperty = {
  kind: "state",
  name: "sizeBound",
  meaning: "at most sending_queue.queue_size requests are stored",
  perOutput: false,
  requires: () => [
    { quantity: { total: "stored" }, relation: "<", bound: { constant: 1, queueSize: 1 } },
  ],
};

/** Actions say themselves what they lose. */
const noLoss: TransitionProperty = {
  kind: "transition",
  name: "noLoss",
  meaning: "what was acknowledged to a producer is not lost",
  forbids: () => false,
};

/** The sending queue of an exporter, its consumers and its retry sender, as a version of the collector has them. */
export function collector(version: Version): (values: Values) => SystemDescription {
  return (values) => {
    const exporter = exporterOf(settingsOf(values), version);
    const { block, countsSize, hasHoles, waitForResult } = exporter;
    return {
      system: collectorSystem,
      slot: [{ name: "request", machine: requestMachine, perOutput: false, events: requestEvents }],
      shared: sharedRoles(exporter),
      limits,
      totals: totalsOf(hasHoles, waitForResult),
      counters: [
        ...(block ? [{ name: "token", perOutput: false, bound: { constant: 1 } }] : []),
        ...(countsSize
          ? [{ name: "size", perOutput: false, bound: { constant: 0, queueSize: 1, consumers: 1 } }]
          : []),
        ...(hasHoles
          ? [{ name: "asleep", perOutput: false, bound: { constant: 0, consumers: 1 } }]
          : []),
      ],
      counterEffects: [],
      slotRules: [...producerRules(exporter), ...consumerRules(exporter), requeueRule(exporter)],
      systemRules: systemRules(exporter),
      reactions: [],
      followUps: [],
      gate: null,
      vocabulary: {
        running: { role: "process", state: "run" },
        online: { role: "backend", state: "up" },
        live: "live",
        owed: null,
        gauges: [
          {
            name: "stored",
            words: "stored requests",
            counted: "stored",
            mark: "S",
            total: "stored",
            limit: "queueSize",
          },
          {
            name: "busy",
            words: "busy consumers",
            counted: "exported",
            mark: "C",
            total: "busy",
            limit: "consumers",
          },
        ],
      },
      properties: [sizeBound, noLoss, ...progressOf(countsSize)],
    };
  };
}
