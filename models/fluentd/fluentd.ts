import type {
  Limit,
  StateProperty,
  SystemDescription,
  TransitionProperty,
} from "../description.ts";
import { numberIn, type Values } from "../system.ts";
import { chunkEvents, chunkMachine, toChunk } from "./chunk.ts";
import { atLeast, dequeued, total, totals } from "./conditions.ts";
import { flushRules } from "./flushing.ts";
import { systemRules } from "./life.ts";
import { producerRules } from "./producers.ts";
import { progressOf } from "./progress.ts";
import { reemitRules } from "./reemit.ts";
import { sharedRoles } from "./shared.ts";
import { fluentdSystem, outputOf, settingsOf, type Output, type Version } from "./system.ts";

function limit(name: string, symbol: string, least = 1): Limit {
  return { name, symbol, least, value: (values) => numberIn(values, name) };
}

function limitsOf({ ownQueuedLimit, givesUp }: Output): readonly Limit[] {
  return [
    limit("limit", "L"),
    limit("threads", "F"),
    ...(ownQueuedLimit ? [limit("queuedLimit", "K")] : []),
    ...(givesUp ? [limit("retryMax", "R", 0)] : []),
  ];
}

function countersOf({ givesUp, drifts, delayed }: Output): SystemDescription["counters"] {
  const others = delayed ? "slots" : "threads";
  return [
    ...(givesUp ? [{ name: "steps", perOutput: false, bound: { constant: 0, retryMax: 1 } }] : []),
    ...(drifts ? [{ name: "drift", perOutput: false, bound: { constant: -1, [others]: 1 } }] : []),
  ];
}

/** `Buffer#clear_queue!`: the queue is emptied, and what threads hold is counted no more. */
const clearing: SystemDescription["gate"] = {
  name: "clear",
  guard: [atLeast(total("cleared"), 1)],
  broadcast: (slot) => {
    if (slot.is("chunk", "cleared")) return [toChunk("settle")];
    if (slot.is("chunk", "queued")) return [toChunk("clear")];
    return slot.is("chunk", ...dequeued) ? [toChunk("uncount")] : [];
  },
};

const limitHolds: StateProperty = {
  kind: "state",
  name: "limitHolds",
  meaning: "at most total_limit_size is in the buffer",
  perOutput: false,
  requires: () => [
    { quantity: total("buffered"), relation: "<", bound: { constant: 1, limit: 1 } },
  ],
};

/** Actions say themselves what they lose. */
const noLoss: TransitionProperty = {
  kind: "transition",
  name: "noLoss",
  meaning: "what is neither written, given up nor dropped is not lost",
  forbids: () => false,
};

/** A buffered output with its flush threads and its retry state, as a version of Fluentd has them. */
export function fluentd(version: Version): (values: Values) => SystemDescription {
  return (values) => {
    const output = outputOf(settingsOf(values), version);
    const { givesUp, drifts, mode } = output;
    return {
      system: fluentdSystem,
      slot: [{ name: "chunk", machine: chunkMachine, perOutput: false, events: chunkEvents }],
      shared: sharedRoles(output),
      limits: limitsOf(output),
      totals,
      counters: countersOf(output),
      counterEffects: drifts ? [{ machineAction: "uncount", counter: "drift", adds: 1 }] : [],
      slotRules: [...producerRules(output), ...flushRules(output), ...reemitRules(output)],
      systemRules: systemRules(output),
      reactions: [],
      followUps: [],
      gate: givesUp ? clearing : null,
      vocabulary: {
        running: { role: "process", state: "run" },
        online: { role: "backend", state: "up" },
        live: "live",
        owed: null,
        gauges: [
          {
            name: "buffered",
            words: "buffered chunks",
            counted: "buffered",
            mark: "B",
            total: "buffered",
            limit: "limit",
          },
          {
            name: "held",
            words: "busy threads",
            counted: "with a flush thread",
            mark: "T",
            total: "held",
            limit: "threads",
          },
        ],
      },
      properties: [noLoss, limitHolds, ...progressOf({ lazy: mode === "lazy", drifts })],
    };
  };
}
