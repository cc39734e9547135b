import type { Comparison, SlotRule, SlotView, StateProperty, Total } from "../description.ts";
import { inputEvents, inputMachine } from "../input.ts";
import { askInput } from "../ingest.ts";
import { memBufLimitOf, memoryFree, memoryFull } from "../limits.ts";
import type { Mechanism } from "../mechanism.ts";
import { toEngine, toInput, toStream } from "../messages.ts";
import type { Parameters } from "../parameters.ts";
import { inputResumes, inputResumesFair } from "../progress.ts";
import { idle } from "../slot-conditions.ts";
import { latchedInputs, memoryInputs, pausingInputs } from "./streams.ts";

function inputOf(slot: SlotView): number {
  const input = slot.context("stream", "input");
  return typeof input === "number" ? input : -1;
}

/** The chunks of an input that its own tasks will end. */
const ownOf: Total = {
  name: "ownOf",
  perOutput: false,
  perInput: true,
  counts: (slot, _, input) => slot.is("stream", "own") && inputOf(slot) === input,
};

/** The chunks of an input that have no file. */
const memoryOf: Total = {
  name: "memoryOf",
  perOutput: false,
  perInput: true,
  counts: (slot, _, input) => slot.is("chunk", "memory") && inputOf(slot) === input,
};

const pauseOwned: StateProperty = {
  kind: "state",
  name: "pauseOwned",
  meaning: "a paused input has a chunk of its own; else only a restart resumes it",
  while: [
    { role: "engine", state: "running" },
    { role: "input", state: "paused" },
  ],
  perOutput: false,
  perInput: true,
  requires: (input) => [
    { quantity: { total: "ownOf", input }, relation: ">=", bound: { constant: 1 } },
  ],
};

/** An append to a chunk that is there already, where it makes the input pause. */
function append(pausing: readonly number[], engineRunning: "serve"): SlotRule {
  return {
    name: "append",
    for: "slot",
    branches: pausing.map((input) => ({
      where: {
        name: `the chunk has no task and is of input ${input}`,
        holds: (slot, output) =>
          idle.holds(slot, output) && slot.is("stream", "own") && inputOf(slot) === input,
      },
      guard: () => [memoryFull],
      outcomes: [
        {
          action: "append",
          agent: "input",
          tells: "the input appends to a chunk while memory is full: it pauses",
          cFunction: "flb_input_chunk.c::flb_input_chunk_protect",
          send: () => [toEngine(engineRunning), ...askInput(input), toStream("append")],
        },
      ],
    })),
  };
}

/**
 * Inputs that pause: `storage.pause_on_chunks_overlimit` of filesystem inputs, `mem_buf_limit` of memory inputs. Each is a
 * latch: it is set after an append, and ended where a task of the same input ends while there is room.
 */
export function latches(parameters: Parameters): Mechanism | null {
  const latched = latchedInputs(parameters);
  if (latched.length === 0) return null;
  const pausing = pausingInputs(parameters);
  const memory = memoryInputs(parameters);
  const room = (input: number): Comparison =>
    memory.includes(input)
      ? {
          quantity: { total: "memoryOf", input },
          relation: "<",
          bound: { constant: 0, [memBufLimitOf(input)]: 1 },
        }
      : memoryFree;
  const running = { role: "engine", state: "running" } as const;
  const isLatched = (slot: SlotView): boolean => latched.includes(inputOf(slot));
  return {
    points: {
      asksInput: askInput,
      written: () => [toStream("append")],
    },
    parts: () => ({
      shared: [
        {
          name: "input",
          machine: inputMachine,
          perOutput: false,
          perInput: true,
          events: inputEvents,
        },
      ],
      totals: [ownOf, memoryOf],
      slotRules: pausing.length === 0 ? [] : [append(pausing, "serve")],
      followUps: [
        {
          name: "protect",
          askedBy: "protect",
          while: running,
          guard: (slot) => [{ ...room(inputOf(slot)), relation: ">=" }],
          send: (slot) => (isLatched(slot) ? [toInput(inputOf(slot), "protect")] : []),
        },
        {
          name: "set_limits",
          askedBy: "setLimits",
          while: running,
          guard: (slot) => [room(inputOf(slot))],
          send: (slot) =>
            slot.is("stream", "own") && isLatched(slot)
              ? [toInput(inputOf(slot), "setLimits")]
              : [],
        },
      ],
      properties: [pauseOwned, inputResumes, inputResumesFair],
    }),
  };
}
