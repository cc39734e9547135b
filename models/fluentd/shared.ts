import { setup } from "xstate";
import type { Message, Role } from "../description.ts";
import type { Settings } from "./system.ts";

const stays = { description: "asks whether the process does so now" };
const asks = { description: "asks" };
const killed = { target: "run", description: "the process is killed, and started again" };

/** The process, and how far its shutdown is. */
const processMachine = setup({}).createMachine({
  id: "process",
  initial: "run",
  states: {
    run: {
      description: "It runs.",
      on: {
        serve: { ...stays, target: "run" },
        enqueue: { ...stays, target: "run" },
        flush: { ...stays, target: "run" },
        shut: { target: "stop", description: "root_agent.rb#shutdown (stop)" },
        crash: killed,
      },
    },
    stop: {
      description: "Its outputs are told to stop.",
      on: {
        enqueue: { ...stays, target: "stop" },
        flush: { ...stays, target: "stop" },
        ending: { ...stays, target: "stop" },
        force: { target: "flush", description: "output.rb#force_flush" },
        before: { target: "drain", description: "output.rb#before_shutdown" },
        crash: killed,
      },
    },
    flush: {
      description: "The queue is flushed once more.",
      on: {
        enqueue: { ...stays, target: "flush" },
        flush: { ...stays, target: "flush" },
        ending: { ...stays, target: "flush" },
        flushed: { target: "drain", description: "output.rb#submit_flush_all" },
        crash: killed,
      },
    },
    drain: {
      description: "What is not committed is taken back.",
      on: {
        flush: { ...stays, target: "drain" },
        ending: { ...stays, target: "drain" },
        cancel: { ...stays, target: "drain" },
        stopThreads: { target: "join", description: "output.rb#after_shutdown" },
        crash: killed,
      },
    },
    join: {
      description: "It waits for its flush threads.",
      on: {
        ending: { ...stays, target: "join" },
        joined: { target: "off", description: "buffer.rb#close" },
        crash: killed,
      },
    },
    off: {
      description: "It has ended.",
      on: { restart: { target: "run", description: "the process is started again" } },
    },
  },
});

const backendMachine = setup({}).createMachine({
  id: "backend",
  initial: "up",
  states: {
    up: {
      description: "It takes what it is sent.",
      on: {
        take: { target: "up", description: "answers" },
        accept: { target: "up", description: "a write that does not wait returns" },
        down: { target: "down", description: "goes away" },
        hang: { target: "hung", description: "answers no more" },
      },
    },
    down: {
      description: "Every write to it fails.",
      on: {
        fail: { target: "down", description: "a write fails" },
        up: { target: "up", description: "comes back" },
      },
    },
    hung: {
      description: "It answers nothing.",
      on: {
        accept: { target: "hung", description: "a write that does not wait returns" },
        expire: { target: "hung", description: "the plugin's own time-out" },
        unhang: { target: "up", description: "answers again" },
      },
    },
  },
});

const reset = { target: "none", description: "output.rb#commit_write" };
const cleared = { target: "none", description: "output.rb#handle_limit_reached" };

/** The one retry state of the output, `@retry`. */
const retryMachine = setup({}).createMachine({
  id: "retry",
  initial: "none",
  states: {
    none: {
      description: "Nothing has failed.",
      on: {
        go: { ...asks, target: "none" },
        calm: { ...asks, target: "none" },
        fail: { target: "waiting", description: "output.rb#update_retry_state" },
        first: { target: "waiting", description: "output.rb#update_retry_state" },
        clearFirst: cleared,
        reset,
      },
    },
    waiting: {
      description: "The time of the next retry has not come.",
      on: {
        time: { target: "due", description: "output.rb#flush_thread_run" },
        retrying: { ...asks, target: "waiting" },
        fail: { target: "waiting", description: "output.rb#update_retry_state" },
        early: { target: "waiting", description: "output.rb#update_retry_state" },
        any: { target: "waiting", description: "retry_state.rb#step" },
        clearAny: cleared,
        reset,
      },
    },
    due: {
      description: "The time of the next retry has come.",
      on: {
        go: { ...asks, target: "due" },
        retrying: { ...asks, target: "due" },
        fail: { target: "waiting", description: "output.rb#update_retry_state" },
        due: { target: "waiting", description: "retry_state.rb#step" },
        any: { target: "waiting", description: "retry_state.rb#step" },
        clearDue: cleared,
        clearAny: cleared,
        reset,
      },
    },
  },
});

const targetMachine = setup({}).createMachine({
  id: "target",
  initial: "primary",
  states: {
    primary: {
      description: "Writes go to the primary.",
      on: {
        primary: { ...asks, target: "primary" },
        turn: { target: "secondary", description: "retry_state.rb#secondary?" },
        reset: { target: "primary", description: "a new retry state" },
      },
    },
    secondary: {
      description: "Writes go to the secondary.",
      on: {
        secondary: { ...asks, target: "secondary" },
        reset: { target: "primary", description: "a new retry state" },
      },
    },
  },
});

type Process =
  | "serve"
  | "enqueue"
  | "flush"
  | "ending"
  | "cancel"
  | "shut"
  | "force"
  | "before"
  | "flushed"
  | "stopThreads"
  | "joined"
  | "restart"
  | "crash";

const processEvents: readonly Process[] = [
  ...(["serve", "enqueue", "flush", "ending", "cancel", "shut", "force", "before"] as const),
  ...(["flushed", "stopThreads", "joined", "restart", "crash"] as const),
];

const retryEvents = [
  ...(["go", "calm", "retrying", "time", "fail", "first", "early", "due", "any"] as const),
  ...(["clearFirst", "clearDue", "clearAny", "reset"] as const),
] as const;

const targetEvents = ["primary", "secondary", "turn", "reset"] as const;
const backendEvents = ["take", "accept", "fail", "down", "up"] as const;
const hangEvents = ["hang", "unhang", "expire"] as const;

function role(name: string, machine: Role["machine"], events: readonly string[]): Role {
  return { name, machine, perOutput: false, events: events.map((type) => ({ type })) };
}

/** The machines that chunks share. */
export function sharedRoles({ hangs, secondary }: Settings): readonly Role[] {
  return [
    role("process", processMachine, processEvents),
    role("backend", backendMachine, [...backendEvents, ...(hangs ? hangEvents : [])]),
    role("retry", retryMachine, retryEvents),
    ...(secondary ? [role("target", targetMachine, targetEvents)] : []),
  ];
}

export function toProcess(type: Process): Message {
  return { to: "process", event: { type } };
}

export function toBackend(type: (typeof backendEvents | typeof hangEvents)[number]): Message {
  return { to: "backend", event: { type } };
}

export function toRetry(type: (typeof retryEvents)[number]): Message {
  return { to: "retry", event: { type } };
}

/** An event for the choice between primary and secondary, where there is a secondary. */
export function toTarget(
  { secondary }: Pick<Settings, "secondary">,
  type: (typeof targetEvents)[number],
): readonly Message[] {
  return secondary ? [{ to: "target", event: { type } }] : [];
}
