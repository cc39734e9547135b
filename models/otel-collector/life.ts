import type { Broadcast, Comparison, SlotRule, SystemRule } from "../description.ts";
import {
  atLeast,
  below,
  belowLimit,
  counter,
  limitReached,
  requestIs,
  total,
} from "./conditions.ts";
import { lockFree, type Exporter } from "./queue.ts";
import { toRequest } from "./request.ts";
import { toBackend, toLock, toProcess } from "./shared.ts";

type Assigns = NonNullable<SystemRule["assigns"]>;

function zeros({ block, countsSize, hasHoles }: Exporter): Assigns {
  const names = [
    ...(block ? ["token"] : []),
    ...(countsSize ? ["size"] : []),
    ...(hasHoles ? ["asleep"] : []),
  ];
  return names.map((name) => ({ counter: name, to: 0 }));
}

function awakeAgain({ hasHoles }: Exporter): Assigns {
  return hasHoles ? [{ counter: "asleep", to: 0 }] : [];
}

const backendRules: readonly SystemRule[] = [
  ["backendDown", "down", "the backend goes away"],
  ["backendUp", "up", "the backend comes back"],
  ["hang", "hang", "the backend answers no more"],
  ["unhang", "unhang", "the backend answers again"],
].map(([action = "", event = "", tells = ""]): SystemRule => ({
  action,
  tells,
  for: "system",
  agent: "environment",
  cFunction: "",
  send: () => [toBackend(event)],
}));

/** The process ends, and another one is there: what only memory knew is gone. */
function ended(exporter: Exporter, action: string, event: string, tells: string): SystemRule {
  return {
    action,
    tells,
    for: "system",
    agent: "environment",
    cFunction: "",
    send: () => [toProcess(event), toLock("reset")],
    broadcast: (slot) => {
      if (exporter.memory && !slot.is("request", "absent", "hole", "left")) {
        return [toRequest("forget")];
      }
      const isKept = exporter.writesFirst === true && slot.is("request", "held");
      return [toRequest(isKept ? "keep" : "crash")];
    },
    assigns: zeros(exporter),
  };
}

function crashes(exporter: Exporter): readonly SystemRule[] {
  const { crash, writesFirst } = exporter;
  if (crash === "no") return [];
  const event = crash === "any" ? "crashAny" : "crash";
  const killed = ended(exporter, "crash", event, "the process is killed, and started again");
  if (writesFirst === true) return [killed];
  return [
    { ...killed, guard: [below(total("held"), 1)] },
    ...(crash === "any"
      ? [
          {
            ...killed,
            guard: [atLeast(total("held"), 1)],
            breaks: ["noLoss"],
            tells: "the process is killed while only its memory has a request",
          },
        ]
      : []),
  ];
}

function shutdowns(exporter: Exporter): readonly SystemRule[] {
  const { shutdown, receiversWait, memory } = exporter;
  if (!shutdown) return [];
  const isOver: readonly Comparison[] = [
    below(total("busy"), 1),
    ...(memory ? [below(total("queued"), 1)] : []),
  ];
  return [
    {
      action: "shutdown",
      for: "system",
      agent: "environment",
      tells: "the collector is told to stop",
      cFunction: "graph.go::ShutdownAll",
      send: () => [toProcess(receiversWait ? "shutReceivers" : "shut")],
      assigns: receiversWait ? [] : awakeAgain(exporter),
    },
    ...(receiversWait
      ? [
          {
            action: "receiversDone",
            for: "system",
            agent: "engine",
            tells: "no call is left: the receivers have ended, and the exporter shuts down",
            cFunction: "graph.go::ShutdownAll",
            guard: [below(total("producers"), 1)],
            send: () => [toLock("use"), toProcess("closed")],
            assigns: awakeAgain(exporter),
          } as const,
        ]
      : []),
    {
      action: "stopDone",
      for: "system",
      agent: "engine",
      tells: "every consumer has ended",
      cFunction: "async_queue.go::Shutdown",
      guard: isOver,
      send: () => [toLock("use"), toProcess("stopped")],
    },
    ended(exporter, "restart", "restart", "the process ends, and is started again"),
  ];
}

function loads(exporter: Exporter): readonly SystemRule[] {
  const { loadFails, countsSize } = exporter;
  const toLoaded = (broadcast: Broadcast): Pick<SystemRule, "for" | "send" | "broadcast"> => ({
    for: "system",
    send: () => [toProcess("loaded")],
    broadcast,
  });
  const counted: Assigns = countsSize ? [{ counter: "size", to: { total: "queued" } }] : [];
  const nothing: Assigns = countsSize ? [{ counter: "size", to: 0 }] : [];
  const load: SystemRule = {
    ...toLoaded((slot) => (slot.is("request", "left") ? [toRequest("load")] : [])),
    action: "load",
    agent: "engine",
    assigns: counted,
    tells: "the process reads what was dispatched, and deletes it",
    cFunction: "persistent_queue.go::initClient",
  };
  if (!loadFails) return [load];
  const failed: Omit<SystemRule, "guard"> = {
    ...toLoaded((slot) => {
      if (slot.is("request", "queued")) return [toRequest("forget")];
      if (!slot.is("request", "left")) return [];
      return [toRequest(countsSize ? "load" : "forget")];
    }),
    action: "loadFails",
    agent: "environment",
    assigns: nothing,
    tells: "the indices cannot be read: the queue starts as an empty one",
    cFunction: "persistent_queue.go::loadQueueMetadata",
  };
  const lost = total(countsSize ? "queued" : "queuedOrLeft");
  return [
    load,
    { ...failed, guard: [atLeast(lost, 1)], breaks: ["noLoss"] },
    { ...failed, guard: [below(lost, 1)] },
    {
      ...toLoaded((slot) => (slot.is("request", "left") ? [toRequest("forget")] : [])),
      action: "restoreFails",
      agent: "environment",
      assigns: counted,
      guard: [atLeast(total("left"), 1)],
      breaks: ["noLoss"],
      tells: "the dispatched requests cannot be read, and are deleted",
      cFunction: "persistent_queue.go::retrieveAndEnqueueNotDispatchedReqs",
    },
  ];
}

/** What is not of one request. */
export function systemRules(exporter: Exporter): readonly SystemRule[] {
  const { hangs, hasHoles } = exporter;
  return [
    ...backendRules.filter(({ action }) => hangs || !["hang", "unhang"].includes(action)),
    ...(hasHoles
      ? [
          {
            action: "sleep",
            for: "system",
            agent: "engine",
            tells: "a consumer finds nothing to read, and sleeps",
            cFunction: "persistent_queue.go::Read",
            guard: [belowLimit(total("engaged"), "consumers"), below(total("readable"), 1)],
            send: () => [toLock("use"), toProcess("on")],
            adds: [{ counter: "asleep", adds: 1 }],
          } as const,
        ]
      : []),
    ...crashes(exporter),
    ...shutdowns(exporter),
    ...loads(exporter),
    {
      action: "started",
      for: "system",
      agent: "engine",
      tells: "every dispatched request is put back: the consumers start",
      cFunction: "async_queue.go::Start",
      guard: [below(total("held"), 1)],
      send: () => [toProcess("started")],
    },
  ];
}

/** A process that starts up puts a dispatched request back. */
export function requeueRule(exporter: Exporter): SlotRule {
  const { countsSize, block, putFails, hasHoles, writesFirst } = exporter;
  const where = requestIs("held");
  const back = lockFree({
    action: "requeue",
    agent: "engine",
    tells: "a dispatched request is put back into the queue",
    cFunction: "persistent_queue.go::enqueueNotDispatchedReqs",
    messages: [toProcess("starting"), toRequest("requeue")],
    ...(countsSize ? { adds: [{ counter: "size", adds: 1 }] } : {}),
  });
  const fails = lockFree({
    action: "requeueFails",
    agent: "environment",
    breaks: ["noLoss"],
    tells: "writing it back fails: it is gone",
    cFunction: "persistent_queue.go::enqueueNotDispatchedReqs",
    messages: [toProcess("starting"), toRequest(hasHoles ? "tear" : "refuse")],
  });
  const stays = lockFree({
    action: "requeueFails",
    agent: "environment",
    tells: "writing it back fails: it stays among the dispatched items, and the start tries again",
    cFunction: "persistent_queue.go::enqueueNotDispatchedReqs",
    messages: [toProcess("starting")],
  });
  const failing = writesFirst === true ? stays : fails;
  const outcomes = [back, ...(putFails ? [failing] : [])];
  if (!countsSize) {
    return { name: "requeue", for: "slot", branches: [{ where, guard: () => [], outcomes }] };
  }
  const refused = lockFree({
    action: "requeueRefused",
    agent: "engine",
    breaks: ["noLoss"],
    tells: "the queue is full at the start: a dispatched request is refused, and gone",
    cFunction: "persistent_queue.go::retrieveAndEnqueueNotDispatchedReqs",
    messages: [toProcess("starting"), toRequest("refuse")],
  });
  return {
    name: "requeue",
    for: "slot",
    branches: [
      { where, guard: () => [belowLimit(counter("size"), "queueSize")], outcomes },
      {
        where,
        guard: () => [limitReached(counter("size"), "queueSize")],
        outcomes: block ? [] : [refused],
      },
    ],
  };
}
