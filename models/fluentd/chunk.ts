import { setup } from "xstate";
import type { Message } from "../description.ts";

type Event =
  | { readonly type: "wait" | "enter" | "stage" | "queue" | "breakOff" | "write" | "write2" }
  | { readonly type: "drop" | "clear" | "commit" | "send" | "takeBack" | "giveUp" | "reemit" }
  | { readonly type: "uncount" | "settle" | "close" | "crash" | "forget" };

const forget = { target: "absent", description: "only memory had it" } as const;
const kept = { target: "queued", description: "file_chunk.rb#assume_chunk_state" } as const;
const stage = { target: "staged", description: "buffer.rb#write" } as const;
const queue = { target: "queued", description: "buffer.rb#enqueue_chunk" } as const;
const enter = { target: "entering", description: "buffer.rb#storable?" } as const;
const commit = { target: "absent", description: "buffer.rb#purge_chunk" } as const;
const takeBack = { target: "queued", description: "buffer.rb#takeback_chunk" } as const;
const giveUp = { target: "cleared", description: "output.rb#handle_limit_reached" } as const;
const uncount = {
  actions: "uncount",
  description: "buffer.rb#clear_queue! (queue_size is 0)",
} as const;

/** A chunk, or an emit that becomes one: who has it. */
export const chunkMachine = setup({
  types: { events: {} as Event },
  actions: { uncount: () => undefined },
}).createMachine({
  id: "chunk",
  initial: "absent",
  states: {
    absent: {
      description: "There is none.",
      on: {
        stage,
        queue,
        enter,
        wait: { target: "waiting", description: "output.rb#write_guard (sleep)" },
      },
    },
    waiting: {
      description: "A producer has it, and waits for room.",
      on: {
        stage,
        queue,
        enter,
        breakOff: { target: "absent", description: "output.rb#write_guard (stopped?)" },
        crash: forget,
        forget,
      },
    },
    entering: {
      description: "A producer has it, and has seen room.",
      on: { stage, queue, crash: forget, forget },
    },
    staged: {
      description: "The buffer has it in its stage.",
      on: { queue, forget },
    },
    queued: {
      description: "The buffer has it in its queue.",
      on: {
        write: { target: "writing", description: "buffer.rb#dequeue_chunk" },
        write2: { target: "writing2", description: "buffer.rb#dequeue_chunk" },
        drop: { target: "absent", description: "output.rb#write_guard (drop_oldest_chunk)" },
        clear: { target: "absent", description: "buffer.rb#clear_queue!" },
        forget,
      },
    },
    writing: {
      description: "A flush thread writes it.",
      on: {
        commit,
        send: { target: "pending", description: "output.rb#try_flush (try_write returns)" },
        takeBack,
        giveUp,
        reemit: { target: "emitting", description: "event_router.rb#emit_stream" },
        uncount,
        crash: kept,
        forget,
      },
    },
    writing2: {
      description: "A flush thread writes it to the secondary.",
      on: { commit, uncount, crash: kept, forget },
    },
    emitting: {
      description: "A flush thread emits what is left of it into its own buffer.",
      on: { stage, queue, takeBack, giveUp, uncount, crash: kept, forget },
    },
    pending: {
      description: "It is written, and not yet committed.",
      on: {
        commit,
        takeBack,
        giveUp,
        uncount,
        close: kept,
        crash: kept,
        forget,
      },
    },
    cleared: {
      description: "Its failure clears the queue, in this very step.",
      on: { settle: { target: "absent", description: "buffer.rb#clear_queue!" } },
    },
  },
});

export const chunkEvents: readonly Event[] = (
  [
    ...(["wait", "enter", "stage", "queue", "breakOff", "write", "write2", "drop"] as const),
    ...(["clear", "commit", "send", "takeBack", "giveUp", "reemit", "uncount"] as const),
    ...(["settle", "close", "crash", "forget"] as const),
  ] as const
).map((type) => ({ type }));

/** An event for the chunk of the slot. */
export function toChunk(type: Event["type"]): Message {
  return { to: "chunk", event: { type } };
}
