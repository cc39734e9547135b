import type { Branch, Outcome, SlotRule } from "../description.ts";
import {
  atLeast,
  belowLimit,
  counter,
  limitReached,
  nobodyWaits,
  requestIs,
  someoneWaits,
  total,
} from "./conditions.ts";
import { lockFree, locking, store, type Exporter } from "./queue.ts";
import { toRequest } from "./request.ts";
import { toProcess } from "./shared.ts";

/** A rule of one slot whose branches are told apart by their guards. */
function rule(name: string, state: string, branches: readonly Omit<Branch, "where">[]): SlotRule {
  const where = requestIs(state);
  return { name, for: "slot", branches: branches.map((one) => ({ where, ...one })) };
}

/** A put that fails: the producer gets the error, and in v0.159.0 the queue counts what is not there. */
function putFailing({ hasHoles }: Exporter, whenNot: "stay" | "close", phase: string): Outcome {
  const kept = whenNot === "stay" ? [] : [toRequest("close")];
  return locking({
    action: "offerFails",
    agent: "environment",
    tells: "writing the request fails: its producer gets the error",
    cFunction: "persistent_queue.go::putInternal",
    messages: [toProcess(phase), ...(hasHoles ? [toRequest("tear")] : kept)],
  });
}

function offer(exporter: Exporter): SlotRule {
  const { block, putFails, size } = exporter;
  const full: Outcome = locking({
    action: block ? "offerBlocked" : "offerRefused",
    agent: "input",
    tells: block ? "the queue is full: the producer waits" : "the queue is full: it is refused",
    cFunction: block ? "cond.go::Wait" : "persistent_queue.go::Offer",
    messages: [toProcess("serve"), ...(block ? [toRequest("block")] : [])],
  });
  return rule("offer", "absent", [
    {
      guard: () => [belowLimit(size, "queueSize")],
      outcomes: [
        ...store(exporter, {
          action: "offer",
          agent: "input",
          tells: "a producer offers a request, and the queue takes it",
          cFunction: "persistent_queue.go::Offer",
          messages: [toProcess("serve"), toRequest("offer")],
        }),
        ...(putFails ? [putFailing(exporter, "stay", "serve")] : []),
      ],
    },
    { guard: () => [], outcomes: [full] },
  ]);
}

/** What a producer does that took a token, once it has the lock and there is room. */
function admitted(exporter: Exporter): readonly Branch[] {
  const { memory, putFails, waitForResult } = exporter;
  const where = requestIs("woken");
  const stored = (phase: string, breaks: readonly string[] = []): readonly Outcome[] =>
    store(exporter, {
      action: "retryOffer",
      agent: "engine",
      breaks,
      tells: "the producer has the lock again: the queue takes its request",
      cFunction: "persistent_queue.go::Offer",
      messages: [toProcess(phase), toRequest("again")],
    });
  if (memory) {
    const late = waitForResult ? [] : ["noLoss"];
    return [{ where, guard: () => [], outcomes: [...stored("work"), ...stored("over", late)] }];
  }
  const closed = (phase: string): Outcome =>
    locking({
      action: "clientClosed",
      agent: "engine",
      tells: "the storage is closed by now: the producer gets an error",
      cFunction: "persistent_queue.go::unrefClient",
      messages: [toProcess(phase), toRequest("close")],
    });
  const served = (phase: string): readonly Outcome[] => [
    ...stored(phase),
    ...(putFails ? [putFailing(exporter, "close", phase)] : []),
  ];
  return [
    {
      where,
      guard: () => [atLeast(total("busy"), 1)],
      outcomes: [...served("on"), ...served("stopping"), closed("over")],
    },
    { where, guard: () => [], outcomes: [...served("on"), closed("stopping"), closed("over")] },
  ];
}

function woken(exporter: Exporter): SlotRule {
  const again: Branch = {
    where: requestIs("woken"),
    guard: () => [limitReached(exporter.size, "queueSize")],
    outcomes: [
      locking({
        action: "blockAgain",
        agent: "engine",
        tells: "the queue is full again: the producer waits on",
        cFunction: "cond.go::Wait",
        messages: [toProcess("live"), toRequest("block")],
      }),
    ],
  };
  return { name: "woken", for: "slot", branches: [again, ...admitted(exporter)] };
}

const receive = rule("receive", "waiting", [
  {
    guard: () => [atLeast(counter("token"), 1)],
    outcomes: [
      locking({
        action: "receive",
        agent: "engine",
        cFunction: "cond.go::Wait",
        tells: "a waiting producer takes the token",
        adds: [{ counter: "token", adds: -1 }],
        messages: [toProcess("live"), toRequest("receive")],
      }),
    ],
  },
]);

const cancel = rule("cancel", "waiting", [
  {
    guard: () => [],
    outcomes: [
      lockFree({
        action: "cancel",
        agent: "environment",
        cFunction: "cond.go::Wait",
        tells: "the context of a waiting producer is done: it wants the lock",
        messages: [toProcess("live"), toRequest("cancel")],
      }),
    ],
  },
]);

const leaving = {
  action: "leave",
  agent: "engine",
  cFunction: "cond.go::Wait",
  messages: [toProcess("live"), toRequest("leave")],
} as const;

const leave = rule("leave", "cancelled", [
  {
    guard: () => [someoneWaits],
    outcomes: [locking({ ...leaving, tells: "a cancelled producer leaves" })],
  },
  {
    guard: () => [nobodyWaits],
    outcomes: [
      locking({
        ...leaving,
        tells: "a cancelled producer leaves: nobody waits, and it takes a token out",
        resets: ["token"],
      }),
    ],
  },
]);

/** What producers do. */
export function producerRules(exporter: Exporter): readonly SlotRule[] {
  const { block, cancels } = exporter;
  return [
    offer(exporter),
    ...(block ? [receive, woken(exporter)] : []),
    ...(cancels ? [cancel, leave] : []),
  ];
}
