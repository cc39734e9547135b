import type { Branch, Choice, Outcome, SlotRule } from "../description.ts";
import { toChunk } from "./chunk.ts";
import { chunkIs, storable, total } from "./conditions.ts";
import { plain } from "./retry.ts";
import { toProcess } from "./shared.ts";
import type { Output } from "./system.ts";

/** Where a chunk goes that is stored. */
export function stored({ mode }: Output): "queue" | "stage" {
  return mode === "immediate" ? "queue" : "stage";
}

/** Where an emit goes that has seen room. */
function entered(output: Output): "queue" | "stage" | "enter" {
  return output.race ? "enter" : stored(output);
}

/** Any queued chunk: which one is the oldest is not told apart. */
export const oldestChunk: Choice = {
  name: "the oldest chunk",
  needed: [],
  groups: [total("queued")],
  send: () => [toChunk("drop")],
};

function dropping(output: Output): Outcome {
  const cFunction = "output.rb#write_guard";
  const drops = { action: "emitDrop", cFunction, guard: [], send: [] };
  const refused = "there is no room, and nothing queued to drop: the emit is refused";
  return {
    ...{ action: "emitDrop", agent: "input", tells: refused, cFunction },
    send: () => [toProcess("serve")],
    choices: () => [oldestChunk],
    endings: (_, { chosen }) =>
      chosen
        ? [
            {
              ...drops,
              guard: [storable(output)],
              tells: "there is no room: a queued chunk is dropped, and the emit takes its place",
              send: [toChunk(entered(output))],
            },
            { ...drops, tells: "a queued chunk is dropped, and the emit is refused all the same" },
          ]
        : [{ ...drops, action: "emitRefused", tells: refused }],
  };
}

function withoutRoom(output: Output): Outcome {
  switch (output.overflow) {
    case "drop":
      return dropping(output);
    case "block":
      return plain({
        action: "emitBlocked",
        agent: "input",
        tells: "there is no room: the producer waits",
        cFunction: "output.rb#write_guard",
        messages: [toProcess("serve"), toChunk("wait")],
      });
    case "throw":
      return plain({
        action: "emitRefused",
        agent: "input",
        tells: "there is no room: the emit is refused",
        cFunction: "output.rb#write_guard",
        messages: [toProcess("serve")],
      });
  }
}

function emit(output: Output): SlotRule {
  const where = chunkIs("absent");
  const admitted = plain({
    action: output.race ? "emitCheck" : "emit",
    agent: "input",
    tells: output.race ? "a producer sees room" : "a producer emits, and the buffer takes it",
    cFunction: "buffer.rb#write",
    messages: [toProcess("serve"), toChunk(entered(output))],
  });
  return {
    name: "emit",
    for: "slot",
    branches: [
      { where, guard: () => [storable(output)], outcomes: [admitted] },
      { where, guard: () => [], outcomes: [withoutRoom(output)] },
    ],
  };
}

function emitStore(output: Output): SlotRule {
  const outcome = plain({
    action: "emitStore",
    agent: "engine",
    tells: "a producer that saw room stores its chunk, whatever room there is by now",
    cFunction: "buffer.rb#write_once",
    messages: [toChunk(stored(output))],
  });
  return {
    name: "emitStore",
    for: "slot",
    branches: [{ where: chunkIs("entering"), guard: () => [], outcomes: [outcome] }],
  };
}

function blocked(output: Output): SlotRule {
  const where = chunkIs("waiting");
  const unblock: Branch = {
    where,
    guard: () => [storable(output)],
    outcomes: [
      plain({
        action: "unblock",
        agent: "engine",
        tells: "a waiting producer finds room",
        cFunction: "output.rb#write_guard",
        messages: [toChunk(entered(output))],
      }),
    ],
  };
  const broken: Branch = {
    where,
    guard: () => [],
    outcomes: [
      plain({
        action: "breakBlock",
        agent: "engine",
        tells: "the output stops: a waiting producer gets an error",
        cFunction: "output.rb#write_guard",
        messages: [toProcess("ending"), toChunk("breakOff")],
      }),
    ],
  };
  return {
    name: "blocked",
    for: "slot",
    branches: [unblock, ...(output.blockEnds ? [broken] : [])],
  };
}

/** What producers do. */
export function producerRules(output: Output): readonly SlotRule[] {
  return [
    emit(output),
    ...(output.race ? [emitStore(output)] : []),
    ...(output.overflow === "block" ? [blocked(output)] : []),
  ];
}
