import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "v5.1",
  summary: "since 4.0: the task map grows to 16384",
  order: 3,
  defaults: {},
  applies: parameterNames,
  least: {},
  realLimits: { taskMapSize: 16384, maxChunksUp: 128 },
  describe: fluentBit,
};
