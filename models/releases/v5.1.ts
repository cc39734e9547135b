import type { Release } from "../description.ts";
import { fluentBit } from "../fluent-bit.ts";
import { parameterNames } from "../parameters.ts";

export const release: Release = {
  name: "v5.1",
  summary: "since 4.0: the task map grows to 16384",
  order: 3,
  defaults: {},
  applies: parameterNames,
  least: {},
  realTaskMapSize: 16384,
  describe: fluentBit,
};
