import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "published-fix",
  summary: "over-limit quota for each output, as proposed: given back in cio_file_down only",
  order: 4,
  offeredAs: "the proposed fix",
  defaults: { overLimitQuota: 1, releaseOnClose: false },
  applies: parameterNames,
  least: { overLimitQuota: 1 },
  realTaskMapSize: 2048,
  describe: fluentBit,
};
