import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "v3.0.1",
  summary: "before the map check: dispatch brings a chunk up before it looks for a task",
  order: 1,
  defaults: { checkMapFirst: false },
  applies: parameterNames,
  least: {},
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
