import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "evict-idle",
  summary: "alternative without extra memory: idle chunks are put down while the task map is full",
  order: 7,
  offeredAs: "evict-idle (alternative fix)",
  defaults: { evictIdleWhenMapFull: true },
  applies: parameterNames,
  least: {},
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
