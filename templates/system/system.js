// A bounded queue with workers, as an example of a system: change it, step by step, into yours. README.md has the commands.
//
// A system is slots (here: jobs), each with the same machines, and machines that all slots share. What joins them is data:
// a rule sends events to several machines at once, under guards that compare totals ("how many jobs are queued") with limits.
import { setup } from "xstate";
import { progressProperties } from "unstuck";

// 1. What a slot holds: a machine with a state for whoever has the job. `description` names the function of the real
//    program that a transition stands for. The first state is the one in which the slot is free.
const jobMachine = setup({}).createMachine({
  id: "job",
  initial: "none",
  states: {
    none: { on: { submit: { target: "queued", description: "queue.c::submit" } } },
    queued: { on: { start: { target: "running", description: "queue.c::take" } } },
    running: {
      on: {
        finish: { target: "none", description: "worker.c::run" },
        fail: { target: "failed", description: "worker.c::run (an error)" },
      },
    },
    failed: { on: { putBack: { target: "queued", description: "worker.c::put_back" } } },
  },
});

// 2. What slots share: here the process. A rule asks for a phase by an event that only this phase accepts. A process that
//    can crash, close or start has more states.
const processMachine = setup({}).createMachine({
  id: "process",
  initial: "running",
  states: { running: { on: { work: { target: "running" } } } },
});

const toJob = (type) => ({ to: "job", event: { type } });
const toProcess = (type) => ({ to: "process", event: { type } });

// 3. The parameters. `isOf` says whose a parameter is: a size (proofs leave it open), or the user's. Only guards may look at
//    a size.
const size = (name, usual, meaning) => ({
  ...{ name, meaning, label: name, takes: { kind: "number", least: 1 } },
  ...{ default: usual, isOf: "size" },
});

export const system = {
  name: "job-queue",
  title: "A job queue",
  atFirst: "no jobs",
  slots: { noun: "job", parameter: "jobs" },
  usualRelease: "v2",
  parameters: [
    size("jobs", 2, "jobs that there can be at once"),
    size("queueSize", 1, "places in the queue"),
    size("workers", 1, "workers"),
    {
      ...{ name: "failures", meaning: "a job may fail" },
      ...{
        takes: { kind: "flag" },
        default: true,
        isOf: "user",
        addsActions: true,
        inCharts: true,
      },
    },
  ],
  // Values that do not go together: a sentence, or null.
  refuses: () => null,
};

// 4. Limits, each with the letter that proofs have for it, and totals: in how many slots something is so.
const limit = (name, symbol) => ({ name, symbol, least: 1, value: (values) => values[name] });
const isIn = (...states) => ({
  name: `the job is ${states.join(" or ")}`,
  holds: (slot) => slot.is("job", ...states),
});
const total = (name, ...states) => ({ name, perOutput: false, counts: isIn(...states).holds });

// Guards: the total is below the limit. `bound` is a constant and a multiple of each limit.
const below = (name, limited) => ({
  ...{ quantity: { total: name }, relation: "<", bound: { constant: 0, [limited]: 1 } },
});

// 5. Rules. `agent` says who acts: "engine" (it must, if it can), "input" or "environment" (they may).
const rule = (action, state, { guard = [], ...outcome }) => ({
  name: action,
  for: "slot",
  branches: [
    {
      where: isIn(state),
      guard: () => guard,
      outcomes: [{ action, ...outcome, send: () => [toProcess("work"), toJob(action)] }],
    },
  ],
});

const rules = ({ counted, failures }) => [
  rule("submit", "none", {
    ...{ agent: "input", cFunction: "queue.c::submit", tells: "a job comes, and there is room" },
    guard: [below(counted, "queueSize")], // in this the two releases differ
  }),
  rule("start", "queued", {
    ...{
      agent: "engine",
      fairness: "work",
      cFunction: "queue.c::take",
      tells: "a worker takes it",
    },
    guard: [below("busy", "workers")],
  }),
  rule("finish", "running", {
    ...{ agent: "engine", fairness: "work", delivers: true },
    ...{ cFunction: "worker.c::run", tells: "the job is done" },
  }),
  ...(failures
    ? [
        rule("fail", "running", {
          ...{ agent: "environment", cFunction: "worker.c::run", tells: "the job fails" },
        }),
        rule("putBack", "failed", {
          ...{ agent: "engine", fairness: "work", cFunction: "worker.c::put_back" },
          ...{ tells: "its worker puts it back" },
          guard: [below("waiting", "queueSize")],
        }),
      ]
    : []),
];

// 6. Properties: a bound on a total in every state, and progress, which is known by its name. `neverStuck` says: while a job
//    is there, the engine can do something.
const queueBound = {
  ...{ kind: "state", name: "queueBound", perOutput: false },
  meaning: "at most queueSize jobs wait in the queue",
  requires: () => [
    { quantity: { total: "waiting" }, relation: "<", bound: { constant: 1, queueSize: 1 } },
  ],
};

// 7. The description: what a release is, for the given parameters. `counted` is in what our releases differ.
export const jobQueue =
  ({ counted }) =>
  ({ failures }) => ({
    system,
    slot: [
      {
        ...{ name: "job", machine: jobMachine, perOutput: false },
        events: ["submit", "start", "finish", "fail", "putBack"].map((type) => ({ type })),
      },
    ],
    shared: [
      { name: "process", machine: processMachine, perOutput: false, events: [{ type: "work" }] },
    ],
    limits: [limit("queueSize", "Q"), limit("workers", "W")],
    totals: [
      total("live", "queued", "running", "failed"),
      total("waiting", "queued"),
      total("busy", "running", "failed"),
    ],
    slotRules: rules({ counted, failures }),
    systemRules: [], // rules of no slot: a crash, a backend that goes away
    counters: [], // what no state of a slot tells
    counterEffects: [],
    reactions: [],
    followUps: [],
    gate: null,
    vocabulary: {
      running: { role: "process", state: "running" },
      online: null, // the state of a backend in which it takes what it is sent, if there is one
      live: "live",
      owed: null,
      // Totals that reports show against their limits.
      gauges: [
        {
          name: "waiting",
          words: "jobs in the queue",
          counted: "waiting",
          mark: "Q",
          total: "waiting",
          limit: "queueSize",
        },
        {
          name: "busy",
          words: "busy workers",
          counted: "busy",
          mark: "W",
          total: "busy",
          limit: "workers",
        },
      ],
    },
    properties: [queueBound, ...progressProperties.filter(({ name }) => name === "neverStuck")],
  });
