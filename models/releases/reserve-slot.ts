import type { Comparison, Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { memoryFree } from "../limits.ts";
import { parameterNames } from "../parameters.ts";

/** Fewer than X − 1 chunks are up: one place is left for a retry. */
const belowTheLastPlace: Comparison = {
  ...memoryFree,
  bound: { ...memoryFree.bound, constant: -1 },
};

export const release: Release = {
  system: fluentBitSystem,
  name: "reserve-slot",
  summary: "alternative without extra memory: one place in memory is kept for retries",
  order: 8,
  offeredAs: "reserve-slot (alternative fix)",
  defaults: {},
  applies: parameterNames,
  least: { maxChunksUp: 2 },
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: (values) => fluentBit(values, { memoryForNew: belowTheLastPlace }),
};
