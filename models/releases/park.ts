import { setup } from "xstate";
import type { Release, SlotCondition } from "../description.ts";
import { dispatchRule, parkParameters, parkSystem, type Queue } from "../park.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";

/** The age of an idle chunk: only old ones are dispatched, and new ones wait until none is old. */
const ageMachine = setup({
  types: { events: {} as { type: "enqueue" | "promote" | "leave" | "crash" } },
}).createMachine({
  id: "age",
  initial: "none",
  states: {
    none: {
      description: "Not in the queue.",
      on: {
        enqueue: { target: "new", description: "park: joins the queue" },
      },
    },
    new: {
      description: "Behind the gate.",
      on: {
        promote: { target: "old", description: "park: the gate opens" },
        leave: { target: "none", description: "park: leaves the queue" },
      },
    },
    old: {
      description: "May be dispatched.",
      on: {
        leave: {
          target: "none",
          description: "flb_engine_dispatch.c::flb_engine_dispatch (park: old chunks first)",
        },
        crash: { target: "new", description: "the process died, and ages with it" },
      },
    },
  },
});

const old: SlotCondition = { name: "the chunk is old", holds: (slot) => slot.is("age", "old") };

const queue: Queue = {
  age: {
    machine: ageMachine,
    events: [{ type: "enqueue" }, { type: "promote" }, { type: "leave" }, { type: "crash" }],
  },
  queued: ["new", "old"],
  old: ["old"],
  perOutput: [],
  totals: [],
  rules: [
    dispatchRule({
      name: "dispatch",
      mayGo: old,
      words: { chunk: "an old chunk", outputs: "what it owes" },
      attempted: (slot) => slot.outputsIn("delivery", "owed"),
      asks: () => [],
    }),
  ],
  answered: () => [],
  whenParked: "enqueue",
  whenCrashed: { send: () => [] },
};

export const release: Release = {
  system: fluentBitSystem,
  name: "park",
  summary: "candidate: a waiting delivery holds nothing but its file; old chunks go first",
  order: 9,
  offeredAs: "park (candidate)",
  defaults: {},
  applies: parkParameters,
  least: {},
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: (parameters) => parkSystem(parameters, queue),
};
