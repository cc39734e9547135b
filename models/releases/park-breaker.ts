import { setup } from "xstate";
import type {
  Comparison,
  Message,
  Outcome,
  Release,
  Role,
  SlotCondition,
  SlotRule,
  SlotView,
  Total,
} from "../description.ts";
import { toChunk, toEngine } from "../messages.ts";
import { dispatchRule, parkParameters, parkSystem, toAge, type Queue } from "../park.ts";
import { fluentBitParameters, fluentBitSystem } from "../fluent-bit-system.ts";

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
        crash: { target: "new", description: "the process died, and ages with it" },
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
      description: "A probe; may be dispatched, also to what nobody else tries.",
      on: {
        setAside: {
          target: "aside",
          description: "park-breaker: somebody tries whatever it owes, it leaves the queue",
        },
        leave: {
          target: "none",
          description: "flb_engine_dispatch.c::flb_engine_dispatch (park-breaker: a probe)",
        },
        crash: { target: "new", description: "the process died: no probe any more, and no age" },
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

/** Chunks that are being flushed to an output. */
const flushing: Total = {
  name: "flushing",
  perOutput: true,
  counts: (slot, output) => slot.isFor("delivery", output, "flushing"),
};

const old: SlotCondition = { name: "the chunk is old", holds: (slot) => slot.is("age", "old") };
const oldProbe: SlotCondition = {
  name: "the chunk is an old probe",
  holds: (slot) => slot.is("age", "oldProbe"),
};
const owing = (slot: SlotView): readonly number[] => slot.outputsIn("delivery", "owed");

/** What a chunk does with the outputs that it owes when its turn comes: it goes to some of them. */
interface Turn {
  /** Outputs whose breakers let it through. */
  readonly passed: readonly number[];
  /** Outputs that a probe tries, because nobody else does. */
  readonly tried: readonly number[];
}

/** Every way to go to at least one of some outputs; only a probe tries any. */
function turns(outputs: number, isProbe: boolean): readonly Turn[] {
  let found: readonly Turn[] = [{ passed: [], tried: [] }];
  for (let output = 0; output < outputs; output++) {
    found = found.flatMap(({ passed, tried }) => [
      { passed, tried },
      { passed: [...passed, output], tried },
      ...(isProbe ? [{ passed, tried: [...tried, output] }] : []),
    ]);
  }
  return found.filter(({ passed, tried }) => passed.length + tried.length > 0);
}

/** What the breakers must say: that of each other output that the chunk owes holds it back. */
function asks({ passed }: Turn, slot: SlotView): readonly Message[] {
  return owing(slot).map((output) => toBreaker(output, passed.includes(output) ? "pass" : "hold"));
}

/** For a probe: nobody is being flushed to what it tries, and somebody is to whatever else holds it back. */
function flushes({ passed, tried }: Turn, slot: SlotView): readonly Comparison[] {
  return owing(slot)
    .filter((output) => !passed.includes(output))
    .map((output) => ({
      quantity: { total: "flushing", output },
      relation: tried.includes(output) ? "=" : ">=",
      bound: { constant: tried.includes(output) ? 0 : 1 },
    }));
}

function dispatch(turn: Turn, isProbe: boolean): SlotRule {
  const mayGo = isProbe ? oldProbe : old;
  const goesTo = [...turn.passed, ...turn.tried];
  return dispatchRule({
    name: `dispatch${isProbe ? " a probe" : ""}, let through to ${turn.passed.join(" and ") || "none"}, to try ${turn.tried.join(" and ") || "none"}`,
    mayGo: {
      name: mayGo.name,
      holds: (slot, output) =>
        mayGo.holds(slot, output) && goesTo.every((one) => owing(slot).includes(one)),
    },
    words: isProbe
      ? { chunk: "a probe", outputs: "what lets it through, and what nobody else tries" }
      : { chunk: "an old chunk", outputs: "what it owes and is let through" },
    attempted: () => goesTo,
    asks: (slot) => asks(turn, slot),
    guard: isProbe ? (slot) => flushes(turn, slot) : () => [],
  });
}

const nothing: Turn = { passed: [], tried: [] };

function setAside(isProbe: boolean): SlotRule {
  return {
    name: isProbe ? "setAside a probe" : "setAside",
    for: "slot",
    branches: [
      {
        where: isProbe ? oldProbe : old,
        guard: (_, slot) => (isProbe ? flushes(nothing, slot) : []),
        outcomes: [
          {
            action: "setAside",
            agent: "engine",
            // Its turn has come: to be set aside counts as having had it.
            fairness: "dispatch",
            tells: isProbe
              ? "somebody tries whatever the probe owes: it leaves the queue"
              : "all that the chunk owes is held back: it leaves the queue and its memory",
            cFunction: "flb_engine_dispatch.c::flb_engine_dispatch (park-breaker)",
            send: (_, slot) => [
              toEngine("work"),
              ...asks(nothing, slot),
              ...(slot.is("chunk", "up") ? [toChunk("down")] : []),
              toAge("setAside"),
            ],
          },
        ],
      },
    ],
  };
}

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
    totals: [attempts, flushing],
    rules: [
      ...[false, true].flatMap((isProbe) => [
        ...turns(outputs, isProbe).map((turn) => dispatch(turn, isProbe)),
        setAside(isProbe),
      ]),
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
  system: fluentBitSystem,
  name: "park-breaker",
  summary: "park, with one probe at a time for an output that failed",
  order: 10,
  offeredAs: "park-breaker (candidate)",
  defaults: {},
  applies: parkParameters,
  least: {},
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: (values) => parkSystem(values, queueOf(fluentBitParameters(values).outputs)),
};
