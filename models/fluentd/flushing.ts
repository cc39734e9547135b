import type { Comparison, Outcome, SlotRule } from "../description.ts";
import { toChunk } from "./chunk.ts";
import { chunkIs, storable, threadFree, total } from "./conditions.ts";
import { committing, failing, plain, type Action } from "./retry.ts";
import { toBackend, toProcess, toRetry, toTarget } from "./shared.ts";
import type { Output } from "./system.ts";

function rule(
  name: string,
  state: string,
  outcomes: readonly Outcome[],
  guard: readonly Comparison[] = [],
): SlotRule {
  const branch = { where: chunkIs(state), guard: () => guard, outcomes };
  return { name, for: "slot", branches: [branch] };
}

function enqueue({ ownQueuedLimit }: Output): SlotRule {
  const outcome = plain({
    action: "enqueue",
    agent: "engine",
    tells: "the enqueue thread queues a staged chunk",
    cFunction: "output.rb#enqueue_thread_run",
    messages: [toProcess("enqueue"), toChunk("queue")],
  });
  const room: Comparison = {
    quantity: total("queued"),
    relation: "<",
    bound: { constant: 0, [ownQueuedLimit ? "queuedLimit" : "threads"]: 1 },
  };
  return rule("enqueue", "staged", [outcome], [room]);
}

function append(output: Output): SlotRule {
  const outcome = plain({
    action: "append",
    agent: "input",
    tells: "an emit fills a staged chunk, which is then queued",
    cFunction: "buffer.rb#write",
    messages: [toProcess("serve"), toChunk("queue")],
  });
  return rule("append", "staged", [outcome], [storable(output)]);
}

function dequeue(output: Output): SlotRule {
  const about = {
    action: "dequeue",
    agent: "engine",
    cFunction: "buffer.rb#dequeue_chunk",
  } as const;
  const outcomes = [
    plain({
      ...about,
      tells: "a flush thread takes a chunk",
      messages: [
        ...[toProcess("flush"), toRetry("go"), ...toTarget(output, "primary")],
        toChunk("write"),
      ],
    }),
    plain({
      ...about,
      tells: "a flush thread takes a chunk, for the secondary",
      messages: [
        ...[toProcess("flush"), toRetry("go"), ...toTarget(output, "secondary")],
        toChunk("write2"),
      ],
    }),
  ];
  return rule("dequeue", "queued", output.secondary ? outcomes : outcomes.slice(0, 1), [
    threadFree,
  ]);
}

/** What the primary makes of a write. */
function written(output: Output): readonly Outcome[] {
  const cFunction = "output.rb#try_flush";
  if (output.delayed) {
    return [
      plain({
        action: "tryWrite",
        agent: "engine",
        tells: "the write returns, and its commit is to come",
        cFunction,
        messages: [toBackend("accept"), toChunk("send")],
      }),
    ];
  }
  return [
    committing(output, {
      action: "writeOk",
      agent: "engine",
      delivers: true,
      tells: "the backend takes the chunk",
      cFunction,
      messages: [toBackend("take"), toChunk("commit")],
    }),
  ];
}

/** The ways in which a write fails. */
function failures({ delayed, hangs, timeout }: Output): readonly ("fail" | "expire")[] {
  return ["fail", ...(!delayed && hangs && timeout ? (["expire"] as const) : [])];
}

function write(output: Output): SlotRule {
  return rule("write", "writing", [
    ...written(output),
    ...failures(output).flatMap((way) =>
      failing(output, {
        action: "writeFails",
        agent: "engine",
        tells: way === "fail" ? "the write fails" : "the write hangs, and fails in the end",
        cFunction: "output.rb#try_flush",
        messages: [toBackend(way)],
      }),
    ),
  ]);
}

function writeSecondary(output: Output): SlotRule {
  return rule("writeSecondary", "writing2", [
    committing(output, {
      action: "secondaryOk",
      agent: "engine",
      delivers: true,
      tells: "the secondary takes the chunk",
      cFunction: "output.rb#try_flush",
      messages: [toChunk("commit")],
    }),
  ]);
}

/** A shutdown takes back what is not committed. */
function cancelled(output: Output): readonly Outcome[] {
  const cancel: Action = {
    action: "cancel",
    agent: "engine",
    tells: "the shutdown takes back a chunk whose commit has not come",
    cFunction: "output.rb#try_rollback_all",
    messages: [toProcess("cancel")],
  };
  return output.cancelFails
    ? failing(output, cancel, ["noLoss"])
    : [plain({ ...cancel, messages: [...cancel.messages, toChunk("takeBack")] })];
}

function delayedCommit(output: Output): readonly SlotRule[] {
  return [
    rule("commit", "pending", [
      committing(output, {
        action: "commit",
        agent: "engine",
        delivers: true,
        tells: "the commit of a write comes",
        cFunction: "output.rb#commit_write",
        messages: [toBackend("take"), toChunk("commit")],
      }),
    ]),
    rule(
      "commitTimeout",
      "pending",
      failing(output, {
        action: "commitTimeout",
        agent: "environment",
        tells: "the commit does not come in time",
        cFunction: "output.rb#try_rollback_write",
        messages: [toProcess("flush")],
      }),
      [threadFree],
    ),
    ...(output.shutdown ? [rule("cancel", "pending", cancelled(output))] : []),
  ];
}

/** From the stage to the backend. */
export function flushRules(output: Output): readonly SlotRule[] {
  const { mode, secondary, delayed } = output;
  return [
    ...(mode === "interval" ? [enqueue(output)] : []),
    ...(mode === "lazy" ? [append(output)] : []),
    dequeue(output),
    write(output),
    ...(secondary ? [writeSecondary(output)] : []),
    ...(delayed ? delayedCommit(output) : []),
  ];
}
