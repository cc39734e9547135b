import type { Comparison, Ending, Instance, Message, Outcome, SlotRule } from "./description.ts";
import { memBufLimitOf } from "./limits.ts";
import { toChunk, toDelivery, toEngine, toInput } from "./messages.ts";
import type { Admission, Points } from "./points.ts";
import { always } from "./slot-conditions.ts";

/** How a chunk is made: the event for its storage, and what that means. */
interface Making {
  readonly event: "create" | "createOverLimit" | "createInMemory";
  readonly tells: string;
  readonly cFunction: string;
}

const inMemory: Making = {
  event: "create",
  tells: "the input makes a chunk, in memory",
  cFunction: "flb_input_chunk.c::flb_input_chunk_create",
};

const overLimit: Making = {
  event: "createOverLimit",
  tells: "the input makes a chunk over max_chunks_up: it stays down, only its file is written",
  cFunction: "cio_file.c::cio_file_open",
};

const withoutFile: Making = {
  event: "createInMemory",
  tells: "the input makes a chunk of storage.type memory",
  cFunction: "flb_input_chunk.c::flb_input_chunk_create",
};

function made({ event }: Making, instance: Instance, points: Points): readonly Message[] {
  return [
    toEngine("serve"),
    ...points.asksInput(instance.input),
    toChunk(event),
    ...instance.mask.map((output) => toDelivery(output, "route")),
    ...points.made(instance),
  ];
}

/** The input's chunks that are up are at `mem_buf_limit`, or above. */
export function overBuffer(input: number): Comparison {
  return {
    quantity: { total: "upOf", input },
    relation: ">=",
    bound: { constant: 0, [memBufLimitOf(input)]: 1 },
  };
}

/** How a chunk that is written goes on: an append that fills it puts it down over `mem_buf_limit`. */
function written(
  { event }: Making,
  admission: Admission,
  instance: Instance,
  points: Points,
): readonly Ending[] {
  const after = points.written(instance);
  const plain: Ending = { ...admission, guard: [], send: after };
  return points.fillsChunks && event === "create" && points.buffered.includes(instance.input)
    ? [
        {
          ...admission,
          tells: `${admission.tells}; it is full, and put down over mem_buf_limit`,
          cFunction: "flb_input_chunk.c::flb_input_chunk_set_up_down",
          guard: [overBuffer(instance.input)],
          send: [toChunk("down"), ...after],
        },
        plain,
      ]
    : [plain];
}

/** The new chunk is gone again, and with it all that it was to be. */
function unmade({ mask }: Instance, admission: Admission): Ending {
  return {
    ...admission,
    guard: [],
    breaks: ["noLoss", "keptOrDelivered"],
    send: [
      ...(admission.ends === "exit" ? [toEngine("exit")] : []),
      toChunk("close"),
      ...mask.map((output) => toDelivery(output, "clear")),
      { to: "stream", event: { type: "close" } },
    ],
  };
}

function outcome(making: Making, points: Points): Outcome {
  const { room } = points;
  const simple = { action: "ingest", tells: making.tells, cFunction: making.cFunction } as const;
  const admits = room?.admits;
  return {
    ...simple,
    agent: "input",
    send: (instance) => made(making, instance, points),
    ...(room === null || making.event === "createInMemory"
      ? {}
      : { choices: (instance) => room.choices(instance, points) }),
    endings: (instance, result) => {
      const plain: Admission = { ends: "written", ...simple };
      const admission =
        admits === undefined || making.event === "createInMemory" ? plain : admits(result, simple);
      return admission.ends === "written"
        ? written(making, admission, instance, points)
        : [unmade(instance, admission)];
    },
  };
}

/** How inputs make chunks: in memory while there is room, else as files that stay down. */
export function ingestRules(inputs: number, points: Points): readonly SlotRule[] {
  const all = Array.from({ length: inputs }, (_, input) => input);
  const files = all.filter((input) => !points.inMemory.includes(input));
  const rule = (of: readonly number[], branches: SlotRule["branches"]): readonly SlotRule[] =>
    of.length === 0 ? [] : [{ name: "ingest", for: "slot and mask", inputs: of, branches }];
  return [
    ...rule(files, [
      { where: always, guard: () => [points.memoryForNew], outcomes: [outcome(inMemory, points)] },
      { where: always, guard: () => [], outcomes: [outcome(overLimit, points)] },
    ]),
    ...rule(points.inMemory, [
      { where: always, guard: () => [], outcomes: [outcome(withoutFile, points)] },
    ]),
  ];
}

/** The message with which an input is asked for a chunk. */
export function askInput(input: number): readonly Message[] {
  return [toInput(input, "append")];
}
