import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "corrected-fix",
  summary: "over-limit quota for each output, also given back when the chunk is closed",
  order: 5,
  offeredAs: "the corrected fix",
  defaults: { overLimitQuota: 1 },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realTaskMapSize: 2048,
  describe: fluentBit,
};
