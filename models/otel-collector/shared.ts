import { setup } from "xstate";
import type { Message, Role } from "../description.ts";
import type { Settings } from "./system.ts";

const stays = { description: "asks whether the process does so now" };

/** The process: what it serves, and what it still does. */
const processMachine = setup({}).createMachine({
  id: "process",
  initial: "run",
  states: {
    run: {
      description: "It runs.",
      on: {
        serve: { ...stays, target: "run" },
        on: { ...stays, target: "run" },
        work: { ...stays, target: "run" },
        live: { ...stays, target: "run" },
        shutReceivers: { target: "close", description: "graph.go::ShutdownAll" },
        shut: { target: "stop", description: "base_exporter.go::Shutdown" },
        crash: { target: "load", description: "the process is killed, and started again" },
        crashAny: { target: "load", description: "the process is killed, and started again" },
      },
    },
    close: {
      description: "The receivers wait for their calls.",
      on: {
        on: { ...stays, target: "close" },
        work: { ...stays, target: "close" },
        live: { ...stays, target: "close" },
        closed: {
          target: "stop",
          description: "graph.go::ShutdownAll (exporters after receivers)",
        },
        crash: { target: "load", description: "the process is killed, and started again" },
        crashAny: { target: "load", description: "the process is killed, and started again" },
      },
    },
    stop: {
      description: "The exporter shuts down.",
      on: {
        work: { ...stays, target: "stop" },
        live: { ...stays, target: "stop" },
        stopping: { ...stays, target: "stop" },
        stopped: { target: "off", description: "async_queue.go::Shutdown" },
        crash: { target: "load", description: "the process is killed, and started again" },
        crashAny: { target: "load", description: "the process is killed, and started again" },
      },
    },
    off: {
      description: "The exporter has shut down; producers may still be there.",
      on: {
        live: { ...stays, target: "off" },
        over: { ...stays, target: "off" },
        restart: { target: "load", description: "the process ends, and is started again" },
      },
    },
    load: {
      description: "A new process opens the storage.",
      on: {
        loaded: { target: "start", description: "persistent_queue.go::initClient" },
        crashAny: { target: "load", description: "the process is killed, and started again" },
      },
    },
    start: {
      description: "It puts the dispatched requests back.",
      on: {
        starting: { ...stays, target: "start" },
        started: { target: "run", description: "async_queue.go::Start" },
        crashAny: { target: "load", description: "the process is killed, and started again" },
      },
    },
  },
});

const processEvents: readonly string[] = [
  ...["serve", "on", "work", "live", "stopping", "over", "starting", "loaded", "started"],
  ...["shutReceivers", "shut", "closed", "stopped", "crash", "crashAny", "restart"],
];

const backendMachine = setup({}).createMachine({
  id: "backend",
  initial: "up",
  states: {
    up: {
      description: "It takes what it is sent.",
      on: {
        take: { target: "up", description: "answers" },
        down: { target: "down", description: "goes away" },
        hang: { target: "hung", description: "answers no more" },
      },
    },
    down: {
      description: "Every export to it fails.",
      on: {
        fail: { target: "down", description: "an export fails" },
        up: { target: "up", description: "comes back" },
      },
    },
    hung: {
      description: "It answers nothing.",
      on: {
        expire: { target: "hung", description: "timeout_sender.go::Send" },
        unhang: { target: "up", description: "answers again" },
      },
    },
  },
});

const lockMachine = setup({}).createMachine({
  id: "lock",
  initial: "free",
  states: {
    free: {
      description: "The queue's lock is taken and given back.",
      on: {
        use: { target: "free", description: "sync.Mutex::Lock, Unlock" },
        jam: {
          target: "jammed",
          description: "cond.go::Signal (blocked on the full channel, with the lock held)",
        },
        reset: { target: "free", description: "a new process" },
      },
    },
    jammed: {
      description: "A goroutine is blocked for ever with the queue's lock.",
      on: { reset: { target: "free", description: "a new process" } },
    },
  },
});

function role(name: string, machine: Role["machine"], events: readonly string[]): Role {
  return { name, machine, perOutput: false, events: events.map((type) => ({ type })) };
}

/** The machines that requests share. */
export function sharedRoles({ hangs }: Settings): readonly Role[] {
  const ways = ["take", "fail", "down", "up", ...(hangs ? ["hang", "unhang", "expire"] : [])];
  return [
    role("process", processMachine, processEvents),
    role("backend", backendMachine, ways),
    role("lock", lockMachine, ["use", "jam", "reset"]),
  ];
}

export function toProcess(type: string): Message {
  return { to: "process", event: { type } };
}

export function toBackend(type: string): Message {
  return { to: "backend", event: { type } };
}

export function toLock(type: "use" | "jam" | "reset"): Message {
  return { to: "lock", event: { type } };
}
