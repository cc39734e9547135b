import type { Agent, Branch, Comparison, Outcome, SlotRule } from "../description.ts";
import { belowLimit, requestIs, total } from "./conditions.ts";
import {
  complete,
  lockFree,
  locking,
  putBack,
  signalling,
  takeOut,
  type Exporter,
} from "./queue.ts";
import { toRequest } from "./request.ts";
import { toBackend, toProcess } from "./shared.ts";

function rule(
  name: string,
  state: string,
  outcomes: readonly Outcome[],
  guard: readonly Comparison[] = [],
): SlotRule {
  const branch: Branch = { where: requestIs(state), guard: () => guard, outcomes };
  return { name, for: "slot", branches: [branch] };
}

/** A consumer is free, and not asleep. */
function reading({ hasHoles }: Exporter): readonly Comparison[] {
  return [belowLimit(total(hasHoles ? "engaged" : "busy"), "consumers")];
}

function dispatch(exporter: Exporter): SlotRule {
  const { memory, readFails, signalsEarly } = exporter;
  const phase = memory ? "work" : "on";
  const taken = takeOut(
    exporter,
    {
      action: "dispatch",
      agent: "engine",
      cFunction: "persistent_queue.go::getNextItem",
      tells: "a consumer takes a request out of the queue",
      messages: [toProcess(phase), toRequest("dispatch")],
    },
    false,
  );
  const failed = takeOut(
    exporter,
    {
      action: "dispatchFails",
      agent: "environment",
      breaks: ["noLoss"],
      tells: "the batch that takes a request out fails: the next one deletes it",
      cFunction: "persistent_queue.go::getNextItem",
      messages: [toProcess(phase), toRequest("lose")],
    },
    !signalsEarly,
  );
  return rule("dispatch", "queued", [...taken, ...(readFails ? failed : [])], reading(exporter));
}

function readHole(exporter: Exporter): SlotRule {
  const outcome = locking({
    action: "readHole",
    agent: "engine",
    cFunction: "persistent_queue.go::getNextItem",
    tells: "a consumer reads what was never written, and goes on",
    messages: [toProcess("on"), toRequest("readHole")],
  });
  return rule("readHole", "hole", [signalling(exporter, outcome)], reading(exporter));
}

/** The ways in which the backend fails an export. */
function failures({ hangs, timeout }: Exporter): readonly string[] {
  return ["fail", ...(hangs && timeout ? ["expire"] : [])];
}

function answered(
  exporter: Exporter,
  action: string,
  agent: Agent,
  tells: string,
): readonly Outcome[] {
  return complete(exporter, {
    action,
    agent,
    tells,
    delivers: action === "exportOk",
    cFunction: "queue_batch.go::Send",
    messages: [toBackend("take"), toProcess("work")],
  });
}

function failedFor(exporter: Exporter, action: string, tells: string): readonly Outcome[] {
  return failures(exporter).flatMap((failure) =>
    complete(exporter, {
      action,
      agent: "engine",
      tells,
      cFunction: "retry_sender.go::Send",
      messages: [toBackend(failure), toProcess("work")],
    }),
  );
}

function retried(exporter: Exporter): readonly Outcome[] {
  const about = {
    action: "exportRetry",
    agent: "engine",
    cFunction: "retry_sender.go::Send",
  } as const;
  return failures(exporter).flatMap((failure): readonly Outcome[] => [
    lockFree({
      ...about,
      tells: "the export fails: the consumer waits, and tries again",
      messages: [toBackend(failure), toProcess("on"), toRequest("backOff")],
    }),
    ...putBack(exporter, {
      ...about,
      tells: "the export fails during a shutdown: the request is put back",
      messages: [toBackend(failure), toProcess("stopping")],
    }),
  ]);
}

function exported(exporter: Exporter): SlotRule {
  const { rejects, retry, giveUp } = exporter;
  return rule("export", "exporting", [
    ...answered(exporter, "exportOk", "engine", "the backend takes the request"),
    ...(rejects
      ? answered(exporter, "exportRejected", "environment", "the backend rejects it for good")
      : []),
    ...(retry
      ? retried(exporter)
      : failedFor(exporter, "exportFailed", "the export fails, and is not retried")),
    ...(giveUp ? failedFor(exporter, "giveUp", "the export is given up") : []),
  ]);
}

function backoff(exporter: Exporter): readonly SlotRule[] {
  return [
    rule("backoffOver", "backoff", [
      lockFree({
        action: "backoffOver",
        agent: "engine",
        cFunction: "retry_sender.go::Send",
        tells: "the wait is over: the consumer tries again",
        messages: [toProcess("on"), toRequest("retry")],
      }),
    ]),
    rule(
      "interrupt",
      "backoff",
      putBack(exporter, {
        action: "interrupt",
        agent: "engine",
        cFunction: "retry_sender.go::Shutdown",
        tells: "a shutdown ends the wait: the request is put back",
        messages: [toProcess("stopping")],
      }),
    ),
  ];
}

/** What consumers do. */
export function consumerRules(exporter: Exporter): readonly SlotRule[] {
  return [
    dispatch(exporter),
    ...(exporter.hasHoles ? [readHole(exporter)] : []),
    exported(exporter),
    ...(exporter.retry ? backoff(exporter) : []),
  ];
}
