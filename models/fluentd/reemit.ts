import type { Comparison, Outcome, SlotRule } from "../description.ts";
import { toChunk } from "./chunk.ts";
import { atLeast, below, chunkIs, full, storable, total } from "./conditions.ts";
import { oldestChunk, stored } from "./producers.ts";
import { committing, failing, plain, type Action } from "./retry.ts";
import { toBackend, toProcess } from "./shared.ts";
import type { Output } from "./system.ts";

function start(output: Output): SlotRule {
  const checked = output.reemit === "checked";
  const outcome = plain({
    action: checked ? "reemitCheck" : "reemitStart",
    agent: "engine",
    tells: checked
      ? "the write fails in part, and there is room for what is left"
      : "the write fails in part: its thread emits what is left",
    cFunction: "out_elasticsearch.rb#write (rescue RetryStreamError)",
    messages: [toBackend("fail"), toChunk("reemit")],
  });
  const guard = checked ? [storable(output)] : [];
  return {
    name: "reemitStart",
    for: "slot",
    branches: [{ where: chunkIs("writing"), guard: () => guard, outcomes: [outcome] }],
  };
}

/** The new chunk is stored, and the old one committed. */
function succeeding(
  output: Output,
  action: Pick<Action, "action" | "tells" | "guard" | "choices">,
): Outcome {
  return committing(output, {
    ...action,
    agent: "engine",
    cFunction: "buffer.rb#write",
    messages: [toChunk(stored(output))],
  });
}

function dropping(output: Output): readonly Outcome[] {
  const withDrop = (enough: Comparison): Pick<Action, "action" | "guard" | "choices"> => ({
    action: "reemitDrop",
    guard: [atLeast(total("queued"), 1), enough],
    choices: () => [oldestChunk],
  });
  return [
    succeeding(output, {
      ...withDrop(storable(output, 1)),
      tells: "there is no room: a queued chunk is dropped, and what is left takes its place",
    }),
    ...failing(output, {
      ...withDrop(full(output, 1)),
      agent: "engine",
      tells: "a queued chunk is dropped, and there is no room all the same",
      cFunction: "output.rb#write_guard",
      messages: [],
    }),
  ];
}

/** What a flush thread does that finds no room for what it emits. */
function withoutRoom(output: Output): readonly Outcome[] {
  const refused = {
    agent: "engine",
    cFunction: "output.rb#write_guard",
    messages: [],
  } as const;
  switch (output.overflow === "block" && !output.threadsBlock ? "throw" : output.overflow) {
    case "block":
      return output.blockEnds
        ? failing(output, {
            ...refused,
            action: "reemitBroken",
            tells: "the output stops: the thread that waits for room gets an error",
            messages: [toProcess("ending")],
          })
        : [];
    case "drop":
      return [
        ...dropping(output),
        ...failing(output, {
          ...refused,
          action: "reemitFails",
          guard: [below(total("queued"), 1)],
          tells: "there is no room, and nothing queued to drop: the write fails",
        }),
      ];
    case "throw":
      return failing(output, {
        ...refused,
        action: "reemitFails",
        tells: "there is no room for what is left: the write fails",
      });
  }
}

function emitting(output: Output): SlotRule {
  const where = chunkIs("emitting");
  const stores = succeeding(output, {
    action: "reemit",
    tells: "the thread emits what is left, and its chunk is committed",
  });
  return {
    name: "reemit",
    for: "slot",
    branches: [
      { where, guard: () => [storable(output)], outcomes: [stores] },
      { where, guard: () => [], outcomes: withoutRoom(output) },
    ],
  };
}

/** A plugin that emits into its own output what a write left over. */
export function reemitRules(output: Output): readonly SlotRule[] {
  return output.reemit === "no" ? [] : [start(output), emitting(output)];
}
