import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { fluentBitSystem } from "../fluent-bit-system.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  system: fluentBitSystem,
  name: "v3.0.4",
  summary: "v3.0.2 to 3.2: dispatch looks for a task before it brings a chunk up",
  order: 2,
  defaults: {},
  applies: parameterNames,
  least: {},
  realLimits: { taskMapSize: 2048, maxChunksUp: 128 },
  describe: fluentBit,
};
