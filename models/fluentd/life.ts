import type { Broadcast, SystemRule } from "../description.ts";
import { toChunk } from "./chunk.ts";
import { atLeast, below, total } from "./conditions.ts";
import { calmed } from "./retry.ts";
import { toBackend, toProcess, toRetry, toTarget } from "./shared.ts";
import type { Output } from "./system.ts";

const ofSystem = { for: "system", agent: "engine" } as const;
const ofWorld = { for: "system", agent: "environment" } as const;

const world: readonly SystemRule[] = (
  [
    ["backendDown", "down", "the backend goes away"],
    ["backendUp", "up", "the backend comes back"],
    ["hang", "hang", "the backend answers no more"],
    ["unhang", "unhang", "the backend answers again"],
  ] as const
).map(([action, event, tells]) => ({
  ...ofWorld,
  ...{ action, tells, cFunction: "" },
  send: () => [toBackend(event)],
}));

/** What a process knows that has just started. */
function fresh(output: Output): Pick<SystemRule, "assigns"> {
  const counters = [...(output.givesUp ? ["steps"] : []), ...(output.drifts ? ["drift"] : [])];
  return { assigns: counters.map((counter) => ({ counter, to: 0 })) };
}

function crash(output: Output): SystemRule {
  return {
    ...ofWorld,
    ...fresh(output),
    action: "crash",
    tells: "the process is killed, and started again",
    cFunction: output.memory ? "buf_memory.rb#resume" : "buf_file.rb#resume",
    send: () => [toProcess("crash"), ...calmed(output)],
    broadcast: () => [toChunk(output.memory ? "forget" : "crash")],
  };
}

function retries(output: Output): readonly SystemRule[] {
  return [
    {
      ...ofSystem,
      action: "retryTime",
      tells: "the time of the next retry comes",
      cFunction: "output.rb#flush_thread_run",
      send: () => [toRetry("time")],
    },
    ...(output.secondary
      ? [
          {
            ...ofWorld,
            action: "secondaryTime",
            tells: "the output has retried for long enough to turn to the secondary",
            cFunction: "retry_state.rb#secondary?",
            send: () => [toRetry("retrying"), ...toTarget(output, "turn")],
          },
        ]
      : []),
  ];
}

const everyStaged: Broadcast = (slot) => (slot.is("chunk", "staged") ? [toChunk("queue")] : []);

function beforeShutdown({ flushAtShutdown }: Output): readonly SystemRule[] {
  const stopped = {
    ...ofSystem,
    cFunction: "output.rb#before_shutdown",
    guard: [below(total("producers"), 1)],
  };
  if (!flushAtShutdown) {
    return [
      {
        ...stopped,
        action: "noFlush",
        tells: "no producer is left, and nothing is flushed at the shutdown",
        send: () => [toProcess("before")],
      },
    ];
  }
  const done = {
    ...ofSystem,
    action: "flushDone",
    cFunction: "output.rb#submit_flush_all",
  };
  return [
    {
      ...stopped,
      action: "forceFlush",
      tells: "no producer is left: every staged chunk is queued",
      send: () => [toProcess("force")],
      broadcast: everyStaged,
    },
    {
      ...done,
      tells: "a write has failed: the flush at the shutdown ends",
      send: () => [toRetry("retrying"), toProcess("flushed")],
    },
    {
      ...done,
      tells: "nothing is queued: the flush at the shutdown ends",
      guard: [below(total("queued"), 1)],
      send: () => [toRetry("calm"), toProcess("flushed")],
    },
  ];
}

function joined(output: Output): readonly SystemRule[] {
  const idle = below(total("held"), 1);
  const ends: Omit<SystemRule, "guard"> = {
    ...ofSystem,
    ...fresh(output),
    action: "joined",
    tells: "every flush thread has ended, and the buffer is closed",
    cFunction: "buffer.rb#close",
    send: () => [toProcess("joined"), ...calmed(output)],
    broadcast: () => [toChunk(output.memory ? "forget" : "close")],
  };
  if (!output.memory) return [{ ...ends, guard: [idle] }];
  return [
    { ...ends, guard: [idle, below(total("buffered"), 1)] },
    {
      ...ends,
      guard: [idle, atLeast(total("buffered"), 1)],
      breaks: ["noLoss"],
      tells: "every flush thread has ended, and what memory still has is gone",
    },
  ];
}

function shutdowns(output: Output): readonly SystemRule[] {
  return [
    {
      ...ofWorld,
      action: "shutdown",
      tells: "Fluentd is told to stop",
      cFunction: "root_agent.rb#shutdown",
      send: () => [toProcess("shut")],
    },
    ...beforeShutdown(output),
    {
      ...ofSystem,
      action: "stopThreads",
      tells: "no commit is awaited: the flush threads are told to end",
      cFunction: "output.rb#after_shutdown",
      guard: [below(total("pending"), 1)],
      send: () => [toProcess("stopThreads")],
    },
    ...joined(output),
    {
      ...ofWorld,
      action: "restart",
      tells: "Fluentd is started again",
      cFunction: "buf_file.rb#resume",
      send: () => [toProcess("restart")],
    },
  ];
}

/** What is not of one chunk. */
export function systemRules(output: Output): readonly SystemRule[] {
  const { hangs, crash: mayCrash, shutdown } = output;
  return [
    ...world.filter(({ action }) => hangs || !["hang", "unhang"].includes(action)),
    ...retries(output),
    ...(mayCrash ? [crash(output)] : []),
    ...(shutdown ? shutdowns(output) : []),
  ];
}
