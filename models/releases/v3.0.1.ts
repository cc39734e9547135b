import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "v3.0.1",
  summary: "before the map check: dispatch brings a chunk up before it looks for a task",
  order: 1,
  defaults: { checkMapFirst: false },
  applies: parameterNames,
  least: {},
  realTaskMapSize: 2048,
  describe: fluentBit,
};
