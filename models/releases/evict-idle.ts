import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "evict-idle",
  summary: "alternative without extra memory: idle chunks are put down while the task map is full",
  order: 7,
  offeredAs: "evict-idle (alternative fix)",
  defaults: { evictIdleWhenMapFull: true },
  applies: parameterNames,
  least: {},
  realTaskMapSize: 2048,
  describe: fluentBit,
};
