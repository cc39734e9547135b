import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "corrected-fix",
  summary: "over-limit quota for each output, also given back when the chunk is closed",
  order: 5,
  offeredAs: "the corrected fix",
  defaults: { overLimitQuota: 1 },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
