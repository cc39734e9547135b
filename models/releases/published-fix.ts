import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "published-fix",
  summary: "over-limit quota for each output, as proposed: given back in cio_file_down only",
  order: 4,
  offeredAs: "the proposed fix",
  defaults: { overLimitQuota: 1, releaseOnClose: false },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
