import type { Comparison, Limit } from "./description.ts";
import { valueAt, type Parameters } from "./parameters.ts";

/** Stands for no limit: more than any number of chunks, and small enough for 32 bits. */
const none = 2 ** 30;

function numberOf(value: number | "none"): number {
  return value === "none" ? none : value;
}

/** The task map, `storage.max_chunks_up`, and the over-limit quota. */
export const coreLimits: readonly Limit[] = [
  { name: "taskMapSize", symbol: "T", least: 1, value: ({ taskMapSize }) => taskMapSize },
  { name: "maxChunksUp", symbol: "X", least: 1, value: ({ maxChunksUp }) => maxChunksUp },
  { name: "overLimitQuota", symbol: "Q", least: 0, value: ({ overLimitQuota }) => overLimitQuota },
];

/** `mem_buf_limit` of each input, in chunks. */
export function memBufLimits(inputs: number): readonly Limit[] {
  return Array.from({ length: inputs }, (_, input) => ({
    name: memBufLimitOf(input),
    symbol: inputs === 1 ? "B" : `B${input}`,
    least: 1,
    value: ({ memBufLimit }: Parameters) =>
      numberOf(valueAt<number | "none">(memBufLimit, input, "none")),
  }));
}

/** The name of the limit `mem_buf_limit` of an input. */
export function memBufLimitOf(input: number): string {
  return `memBufLimit ${input}`;
}

/** `storage.total_limit_size` of each output, in chunks. */
export function totalLimits(outputs: number): readonly Limit[] {
  return Array.from({ length: outputs }, (_, output) => ({
    name: totalLimitOf(output),
    symbol: outputs === 1 ? "D" : `D${output}`,
    least: 1,
    value: ({ totalLimit }: Parameters) =>
      numberOf(valueAt<number | "none">(totalLimit, output, "none")),
  }));
}

/** The name of the limit `storage.total_limit_size` of an output. */
export function totalLimitOf(output: number): string {
  return `totalLimit ${output}`;
}

/** `storage.rejected.limit`, in chunks. */
export const deadLetterLimit: Limit = {
  name: "deadLetterLimit",
  symbol: "R",
  least: 1,
  value: ({ deadLetterLimit: limit }) => numberOf(limit),
};

/** Fewer chunks are up than may be. */
export const memoryFree: Comparison = {
  quantity: { total: "up" },
  relation: "<",
  bound: { constant: 0, maxChunksUp: 1 },
};

/** As many chunks are up as may be. */
export const memoryFull: Comparison = { ...memoryFree, relation: ">=" };

/** The task map has a free place. */
export const taskFree: Comparison = {
  quantity: { total: "tasks" },
  relation: "<",
  bound: { constant: 0, taskMapSize: 1 },
};

/** The task map has no free place. */
export const taskMapFull: Comparison = { ...taskFree, relation: ">=" };

/** The output's over-limit quota is not used up. */
export function quotaFree(output: number): Comparison {
  return {
    quantity: { counter: "overLimitUp", output },
    relation: "<",
    bound: { constant: 0, overLimitQuota: 1 },
  };
}
