import type { Mechanism } from "../mechanism.ts";
import type { Parameters } from "../parameters.ts";
import { memoryInputs } from "./streams.ts";

/** `storage.type memory`: chunks without a file, in no total of chunks up, put down by nothing. */
export function memoryChunks(parameters: Parameters): Mechanism | null {
  const inMemory = memoryInputs(parameters);
  return inMemory.length === 0 ? null : { points: { inMemory } };
}
