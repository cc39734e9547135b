import { setup } from "xstate";
import type {
  Message,
  Outcome,
  Release,
  Role,
  SlotCondition,
  SlotRule,
  SlotView,
  Total,
} from "../description.ts";
import { toChunk, toEngine } from "../fluent-bit.ts";
import { dispatchRule, parkParameters, parkSystem, toAge, type Queue } from "../park.ts";

/** Whether an output is trusted with every chunk, or with one at a time. */
const breakerMachine = setup({
  types: { events: {} as { type: "pass" | "hold" | "ok" | "retry" | "reset" } },
  actions: { letThrough: () => undefined, holdBack: () => undefined },
}).createMachine({
  id: "breaker",
  initial: "closed",
  states: {
    closed: {
      description: "The output took what it was given last: everything goes through.",
      on: {
        pass: { actions: "letThrough", description: "park-breaker: the output is attempted" },
        ok: { actions: "letThrough", description: "flb_engine.c::handle_output_event, FLB_OK" },
        retry: {
          target: "open",
          description: "flb_engine.c::handle_output_event, FLB_RETRY: the breaker opens",
        },
        reset: { target: "closed", description: "the process died: nothing is held against it" },
      },
    },
    open: {
      description: "The output failed last: only a probe goes through.",
      on: {
        hold: { actions: "holdBack", description: "park-breaker: the output is left out" },
        retry: { actions: "holdBack", description: "flb_engine.c::handle_output_event, FLB_RETRY" },
        ok: {
          target: "closed",
          description: "flb_engine.c::handle_output_event, FLB_OK: the breaker closes",
        },
        reset: { target: "closed", description: "the process died: nothing is held against it" },
      },
    },
  },
});

/** Where an idle chunk is: in the queue, by age, perhaps as a probe; or aside, because nothing that it owes would go through. */
const ageMachine = setup({
  types: {
    events: {} as {
      type: "enqueue" | "promote" | "leave" | "setAside" | "recall" | "probe" | "crash";
    },
  },
}).createMachine({
  id: "turn",
  initial: "none",
  states: {
    none: {
      description: "The slot is free, or the chunk has a task.",
      on: {
        enqueue: { target: "new", description: "park: joins the queue" },
        setAside: { target: "aside", description: "park-breaker: waits outside the queue" },
      },
    },
    aside: {
      description: "Owes only outputs that failed last; holds nothing, and nobody waits for it.",
      on: {
        recall: { target: "new", description: "park-breaker: an output that it owes works again" },
        probe: { target: "newProbe", description: "park-breaker: chosen to try an output" },
        crash: { target: "new", description: "the process died: found again, it joins the queue" },
      },
    },
    new: {
      description: "Behind the gate.",
      on: { promote: { target: "old", description: "park: the gate opens" } },
    },
    old: {
      description: "May be dispatched, to what its breakers let through.",
      on: {
        leave: {
          target: "none",
          description: "flb_engine_dispatch.c::flb_engine_dispatch (park: old chunks first)",
        },
        setAside: {
          target: "aside",
          description: "park-breaker: every breaker holds it back, it leaves the queue",
        },
      },
    },
    newProbe: {
      description: "A probe behind the gate.",
      on: {
        promote: { target: "oldProbe", description: "park: the gate opens" },
        crash: { target: "new", description: "the process died: no probe any more" },
      },
    },
    oldProbe: {
      description: "A probe; may be dispatched, to all that it owes.",
      on: {
        leave: {
          target: "none",
          description: "flb_engine_dispatch.c::flb_engine_dispatch (park-breaker: a probe)",
        },
        crash: { target: "old", description: "the process died: no probe any more" },
      },
    },
  },
});

function toBreaker(output: number, type: string): Message {
  return { to: "breaker", output, event: { type } };
}

const breaker: Role = {
  name: "breaker",
  machine: breakerMachine,
  perOutput: true,
  events: ["pass", "hold", "ok", "retry", "reset"].map((type) => ({ type })),
};

/** Chunks that attempt an output, or will do so when it is their turn. */
const attempts: Total = {
  name: "attempts",
  perOutput: true,
  counts: (slot, output) =>
    slot.isFor("delivery", output, "flushing") ||
    (slot.is("age", "newProbe", "oldProbe") && slot.isFor("delivery", output, "owed")),
};

const old: SlotCondition = { name: "the chunk is old", holds: (slot) => slot.is("age", "old") };
const oldProbe: SlotCondition = {
  name: "the chunk is an old probe",
  holds: (slot) => slot.is("age", "oldProbe"),
};
const owing = (slot: SlotView): readonly number[] => slot.outputsIn("delivery", "owed");

/** What lets a chunk go to exactly these outputs: their breakers are closed, and the others that it owes are open. */
function exactly(outputs: readonly number[]): (slot: SlotView) => readonly Message[] {
  return (slot) =>
    owing(slot).map((output) => toBreaker(output, outputs.includes(output) ? "pass" : "hold"));
}

function subsets(outputs: number): readonly (readonly number[])[] {
  const every = Array.from({ length: outputs }, (_, output) => output);
  return Array.from({ length: 2 ** outputs - 1 }, (_, index) =>
    every.filter((output) => (((index + 1) >> output) & 1) === 1),
  );
}

function dispatchTo(outputs: readonly number[]): SlotRule {
  const owesThem: SlotCondition = {
    name: old.name,
    holds: (slot, output) =>
      old.holds(slot, output) && outputs.every((one) => owing(slot).includes(one)),
  };
  return dispatchRule({
    name: `dispatch to ${outputs.join(" and ")}`,
    mayGo: owesThem,
    words: { chunk: "an old chunk", outputs: "what it owes and is let through" },
    attempted: () => outputs,
    asks: exactly(outputs),
  });
}

const setAside: SlotRule = {
  name: "setAside",
  for: "slot",
  branches: [
    {
      where: old,
      guard: () => [],
      outcomes: [
        {
          action: "setAside",
          agent: "engine",
          // Its turn has come: to be set aside counts as having had it.
          fairness: "dispatch",
          tells: "all that the chunk owes is held back: it leaves the queue and its memory",
          cFunction: "flb_engine_dispatch.c::flb_engine_dispatch (park-breaker)",
          send: (_, slot) => [
            toEngine("work"),
            ...exactly([])(slot),
            ...(slot.is("chunk", "up") ? [toChunk("down")] : []),
            toAge("setAside"),
          ],
        },
      ],
    },
  ],
};

function recalled(action: string, event: string, asks: string, tells: string): Outcome {
  return {
    action,
    agent: "engine",
    fairness: "recall",
    tells,
    cFunction: "flb_engine_dispatch.c::flb_engine_dispatch (park-breaker)",
    send: ({ output }) => [toEngine("work"), toBreaker(output, asks), toAge(event)],
  };
}

const asideAndOwing: SlotCondition = {
  name: "the chunk is aside and owes the output",
  holds: (slot, output) => slot.is("age", "aside") && slot.isFor("delivery", output, "owed"),
};

const recall: SlotRule = {
  name: "recall",
  for: "slot and output",
  branches: [
    {
      where: asideAndOwing,
      guard: () => [],
      outcomes: [
        recalled(
          "recall",
          "recall",
          "pass",
          "an output that the chunk owes works again: it joins the queue",
        ),
      ],
    },
  ],
};

const probe: SlotRule = {
  name: "probe",
  for: "slot and output",
  branches: [
    {
      where: asideAndOwing,
      guard: ({ output }) => [
        { quantity: { total: "attempts", output }, relation: "=", bound: { constant: 0 } },
      ],
      outcomes: [
        recalled(
          "probe",
          "probe",
          "hold",
          "nobody tries an output that failed: the chunk joins the queue to try it",
        ),
      ],
    },
  ],
};

function queueOf(outputs: number): Queue {
  return {
    age: {
      machine: ageMachine,
      events: ["enqueue", "promote", "leave", "setAside", "recall", "probe", "crash"].map(
        (type) => ({ type }),
      ),
    },
    queued: ["new", "old", "newProbe", "oldProbe"],
    old: ["old", "oldProbe"],
    perOutput: [breaker],
    totals: [attempts],
    rules: [
      ...subsets(outputs).map(dispatchTo),
      dispatchRule({
        name: "dispatch a probe",
        mayGo: oldProbe,
        words: { chunk: "a probe", outputs: "all that it owes" },
        attempted: owing,
        asks: () => [],
      }),
      setAside,
      recall,
      probe,
    ],
    answered: (output, answer) => [toBreaker(output, answer)],
    whenParked: "setAside",
    whenCrashed: {
      send: () => Array.from({ length: outputs }, (_, output) => toBreaker(output, "reset")),
    },
  };
}

export const release: Release = {
  name: "park-breaker",
  summary: "park, with one probe at a time for an output that failed",
  order: 9,
  defaults: {},
  applies: parkParameters,
  leastQuota: 0,
  realTaskMapSize: 2048,
  describe: (parameters) => parkSystem(parameters, queueOf(parameters.outputs)),
};
