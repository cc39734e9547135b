import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "hardened-fix",
  summary: "the corrected fix; an exiting output also takes its mark off its chunks",
  order: 6,
  offeredAs: "the hardened fix",
  defaults: { overLimitQuota: 1, detachOnOutputExit: true },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realTaskMapSize: 2048,
  describe: fluentBit,
};
