import { assign, setup } from "xstate";
import type { MachineEvent, StateProperty, Total } from "./description.ts";

/** What a chunk needs to know of the release: when its over-limit unit is given back. */
export interface ChunkInput {
  readonly releaseOnClose: boolean;
  readonly detachOnOutputExit: boolean;
}

type ChunkEvent =
  | { type: "create" }
  | { type: "createOverLimit" }
  | { type: "createInMemory" }
  | { type: "queue" }
  | { type: "leaveOnDisk" }
  | { type: "up" }
  | { type: "upForOutput"; output: number }
  | { type: "down" }
  | { type: "close" }
  | { type: "detach" }
  | { type: "crash" };

/** An action that does nothing by itself: the composition listens to it. */
const announce: (scope: unknown, params: { output: number | null }) => void = () => undefined;

/** The storage of one chunk: a file that is, or is not, in memory. */
export const chunkMachine = setup({
  types: {
    context: {} as ChunkInput & { readonly chargedTo: number | null },
    events: {} as ChunkEvent,
    input: {} as ChunkInput,
  },
  guards: {
    releasesOnClose: ({ context }) => context.releaseOnClose,
    detachesOnOutputExit: ({ context }) => context.detachOnOutputExit,
  },
  actions: {
    chargeOutput: assign({
      chargedTo: ({ event }) => (event.type === "upForOutput" ? event.output : null),
    }),
    forgetOutput: assign({ chargedTo: null }),
    // What these two do to the over-limit counter is said by the composition.
    takeQuota: announce,
    releaseQuota: announce,
  },
}).createMachine({
  id: "chunk",
  context: ({ input }) => ({ ...input, chargedTo: null }),
  initial: "absent",
  states: {
    absent: {
      description: "The slot is free.",
      on: {
        create: {
          target: "up",
          description:
            "flb_input_chunk.c::flb_input_chunk_create: mapped at once, below max_chunks_up",
        },
        createOverLimit: {
          target: "down",
          description:
            "cio_file.c::cio_file_open: over max_chunks_up the file stays down; each append forces it up and puts it down again",
        },
        createInMemory: {
          target: "memory",
          description: "cio_memfs.c::cio_memfs_open: storage.type memory, no file",
        },
      },
    },
    down: {
      description: "Only the file.",
      on: {
        up: {
          target: "up",
          description: "cio_file.c::cio_file_up: enforced, refused at max_chunks_up",
        },
        upForOutput: {
          target: "upForOutput",
          actions: [
            "chargeOutput",
            { type: "takeQuota", params: ({ event }) => ({ output: event.output }) },
          ],
          description:
            "cio_file.c::cio_file_up_for_output (the fix): over the limit, charged to an output",
        },
        close: {
          target: "absent",
          description: "flb_input_chunk.c::flb_input_chunk_destroy: the file is deleted",
        },
        leaveOnDisk: { target: "onDisk", description: "the process died" },
      },
    },
    onDisk: {
      description: "A file of an earlier run that nothing has queued yet.",
      on: {
        queue: {
          target: "down",
          description: "sb.c::cb_queue_chunks: taken over by storage_backlog, and put down again",
        },
        close: {
          target: "absent",
          description: "sb.c::sb_release_output_queue_space: the file is deleted",
        },
        leaveOnDisk: { target: "onDisk", description: "the process died again" },
      },
    },
    memory: {
      description: "storage.type memory: mapped, in no total of chunks up, put down by nothing.",
      on: {
        close: { target: "absent", description: "cio_memfs.c::cio_memfs_close" },
        crash: { target: "absent", description: "the process died, and the chunk with it" },
        leaveOnDisk: { target: "absent", description: "the process died, and the chunk with it" },
      },
    },
    up: {
      description: "Mapped, counted in total_chunks_up.",
      on: {
        down: { target: "down", description: "cio_file.c::cio_file_down" },
        close: {
          target: "absent",
          description: "cio_file.c::cio_file_close: unmapped, the file is deleted",
        },
        crash: {
          target: "down",
          description: "the process died; the file is scanned at the restart",
        },
        leaveOnDisk: { target: "onDisk", description: "the process died" },
      },
    },
    upForOutput: {
      description:
        "Mapped, counted in total_chunks_up, charged to one output's over-limit counter.",
      on: {
        down: {
          target: "down",
          actions: [
            { type: "releaseQuota", params: ({ context }) => ({ output: context.chargedTo }) },
            "forgetOutput",
          ],
          description: "cio_file.c::cio_file_down (the fix): gives the over-limit unit back",
        },
        close: [
          {
            guard: "releasesOnClose",
            target: "absent",
            actions: [
              { type: "releaseQuota", params: ({ context }) => ({ output: context.chargedTo }) },
              "forgetOutput",
            ],
            description:
              "cio_file.c::cio_file_close (corrected fix): gives the over-limit unit back",
          },
          {
            target: "absent",
            actions: "forgetOutput",
            description:
              "cio_file.c::cio_file_close (proposed fix): does not call cio_file_down, the unit leaks",
          },
        ],
        detach: {
          guard: "detachesOnOutputExit",
          target: "up",
          actions: [
            { type: "releaseQuota", params: ({ context }) => ({ output: context.chargedTo }) },
            "forgetOutput",
          ],
          description:
            "flb_output.c::flb_output_exit (hardened fix): takes its mark off its chunks",
        },
        crash: {
          target: "down",
          actions: "forgetOutput",
          description: "the process died; the counters died with it",
        },
        leaveOnDisk: {
          target: "onDisk",
          actions: "forgetOutput",
          description: "the process died; the counters died with it",
        },
      },
    },
  },
});

/** Every event of the chunk machine of a filesystem input, for a number of outputs. */
export function chunkEvents(outputs: number): readonly MachineEvent[] {
  return [
    { type: "create" },
    { type: "createOverLimit" },
    { type: "up" },
    ...Array.from({ length: outputs }, (_, output) => ({ type: "upForOutput", output })),
    { type: "down" },
    { type: "close" },
    { type: "detach" },
    { type: "crash" },
  ];
}

/** Chunks that hold a file, in memory or not. */
export const live: Total = {
  name: "live",
  perOutput: false,
  counts: (slot) => !slot.is("chunk", "absent"),
};

/** `total_chunks_up`. */
export const up: Total = {
  name: "up",
  perOutput: false,
  counts: (slot) => slot.is("chunk", "up", "upForOutput"),
};

/** Chunks that are charged to an output. */
export const charged: Total = {
  name: "charged",
  perOutput: true,
  counts: (slot, output) =>
    slot.is("chunk", "upForOutput") && slot.context("chunk", "chargedTo") === output,
};

/** The limit on memory holds: X, and for each output its quota. */
export const memoryBound: StateProperty = {
  kind: "state",
  name: "memoryBound",
  meaning: "chunks in memory never exceed max_chunks_up plus the quota of every output",
  perOutput: false,
  requires: (_, outputs) => [
    {
      quantity: { total: "up" },
      relation: "<",
      bound: { constant: 1, maxChunksUp: 1, overLimitQuota: outputs },
    },
  ],
};

/** No unit of the quota is lost, and none is given back twice. */
export const quotaConserved: StateProperty = {
  kind: "state",
  name: "quotaConserved",
  meaning: "an output's over-limit counter is the number of chunks charged to it",
  perOutput: true,
  requires: (output) => [
    {
      quantity: { counter: "overLimitUp", output },
      minus: { total: "charged", output },
      relation: "=",
      bound: { constant: 0 },
    },
  ],
};

/** No chunk points at the counter of an output that is gone. */
export const ownerAlive: StateProperty = {
  kind: "state",
  name: "ownerAlive",
  meaning:
    "after a shutdown no chunk is charged to an output: closing it would write into freed memory",
  while: [{ role: "engine", state: "stopped" }],
  perOutput: true,
  requires: (output) => [
    { quantity: { total: "charged", output }, relation: "=", bound: { constant: 0 } },
  ],
};
