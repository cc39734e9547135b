import type { Comparison, Limit } from "./description.ts";
import { fluentBitParameters } from "./fluent-bit-system.ts";
import { valueAt } from "./parameters.ts";
import { numberIn, type Values } from "./system.ts";

/** Stands for no limit: more than any number of chunks, and small enough for 32 bits. */
const none = 2 ** 30;

function numberOf(value: number | "none"): number {
  return value === "none" ? none : value;
}

/** The task map, `storage.max_chunks_up`, and the over-limit quota. */
export const coreLimits: readonly Limit[] = [
  { name: "taskMapSize", symbol: "T", least: 1, value: (one) => numberIn(one, "taskMapSize") },
  { name: "maxChunksUp", symbol: "X", least: 1, value: (one) => numberIn(one, "maxChunksUp") },
  {
    name: "overLimitQuota",
    symbol: "Q",
    least: 0,
    value: (one) => numberIn(one, "overLimitQuota"),
  },
];

/** `mem_buf_limit` of each input, in chunks. */
export function memBufLimits(inputs: number): readonly Limit[] {
  return Array.from({ length: inputs }, (_, input) => ({
    name: memBufLimitOf(input),
    symbol: inputs === 1 ? "B" : `B${input}`,
    least: 1,
    value: (values: Values) =>
      numberOf(valueAt<number | "none">(fluentBitParameters(values).memBufLimit, input, "none")),
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
    value: (values: Values) =>
      numberOf(valueAt<number | "none">(fluentBitParameters(values).totalLimit, output, "none")),
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
  value: (values) => numberOf(fluentBitParameters(values).deadLetterLimit),
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
