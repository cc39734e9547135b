import type { Total } from "../description.ts";
import { memBufLimits } from "../limits.ts";
import type { Mechanism } from "../mechanism.ts";
import type { Parameters } from "../parameters.ts";
import { isUp } from "../slot-conditions.ts";
import { bufferedInputs, memoryInputs } from "./streams.ts";

/** The chunks in the stream of an input that are up, over the limit or not; restored ones too. */
const upOf: Total = {
  name: "upOf",
  perOutput: false,
  perInput: true,
  counts: (slot, _, input) => isUp(slot) && slot.context("stream", "input") === input,
};

/** `mem_buf_limit`: on a filesystem input it pauses nothing, and puts a chunk down when its last running flush fails. */
export function memoryBufferLimit(parameters: Parameters): Mechanism | null {
  const buffered = bufferedInputs(parameters);
  if (buffered.length === 0) return null;
  const memory = memoryInputs(parameters);
  return {
    points: {
      buffered: buffered.filter((input) => !memory.includes(input)),
      fillsChunks: parameters.chunksFull,
    },
    parts: () => ({ totals: [upOf], limits: memBufLimits(parameters.inputs) }),
  };
}
