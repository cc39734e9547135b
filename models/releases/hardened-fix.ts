import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "hardened-fix",
  summary: "the corrected fix; an exiting output also takes its mark off its chunks",
  order: 6,
  offeredAs: "the hardened fix",
  defaults: { overLimitQuota: 1, detachOnOutputExit: true },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
