import type { Mechanism } from "../mechanism.ts";
import { toStream } from "../messages.ts";
import { valueAt, type Parameters } from "../parameters.ts";
import { streamEvents, streamMachine } from "../stream.ts";

/** The numbers of all inputs. */
function inputsOf({ inputs }: Parameters): readonly number[] {
  return Array.from({ length: inputs }, (_, input) => input);
}

/** The inputs with `storage.type memory`. */
export function memoryInputs(parameters: Parameters): readonly number[] {
  return inputsOf(parameters).filter(
    (input) => valueAt<string>(parameters.storageType, input, "filesystem") === "memory",
  );
}

/** The inputs that have a `mem_buf_limit`. */
export function bufferedInputs(parameters: Parameters): readonly number[] {
  return inputsOf(parameters).filter(
    (input) => valueAt<number | string>(parameters.memBufLimit, input, "none") !== "none",
  );
}

/** The filesystem inputs with `storage.pause_on_chunks_overlimit`. */
export function pausingInputs(parameters: Parameters): readonly number[] {
  const memory = memoryInputs(parameters);
  return inputsOf(parameters).filter(
    (input) => valueAt(parameters.pauseOnChunksOverlimit, input, false) && !memory.includes(input),
  );
}

/** The inputs that a latch can pause. */
export function latchedInputs(parameters: Parameters): readonly number[] {
  const pausing = pausingInputs(parameters);
  const memory = memoryInputs(parameters);
  const buffered = bufferedInputs(parameters);
  return inputsOf(parameters).filter(
    (input) => pausing.includes(input) || (memory.includes(input) && buffered.includes(input)),
  );
}

/** The outputs that have a `storage.total_limit_size`. */
export function limitedOutputs({ outputs, totalLimit }: Parameters): readonly number[] {
  return Array.from({ length: outputs }, (_, output) => output).filter(
    (output) => valueAt<number | string>(totalLimit, output, "none") !== "none",
  );
}

/** To which input a chunk belongs, where something depends on it. */
export function streams(parameters: Parameters): Mechanism | null {
  const matters =
    parameters.inputs > 1 ||
    pausingInputs(parameters).length > 0 ||
    bufferedInputs(parameters).length > 0 ||
    limitedOutputs(parameters).length > 0;
  if (!matters) return null;
  return {
    points: {
      made: ({ input }) => [toStream("open", input)],
      gone: () => [toStream("close")],
      crashed: (slot) => (slot.is("stream", "own") ? [toStream("restore")] : []),
    },
    parts: () => ({
      slot: [
        {
          name: "stream",
          machine: streamMachine,
          perOutput: false,
          events: streamEvents(parameters.inputs),
        },
      ],
    }),
  };
}
