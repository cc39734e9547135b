import type { Release } from "../../description.ts";
import { collector } from "../collector.ts";
import { collectorSystem } from "../system.ts";

export const release: Release = {
  system: collectorSystem,
  name: "v0.159",
  summary: "v0.130.0 to v0.159.0: the size is what is stored, and the start checks nothing",
  order: 3,
  defaults: {},
  applies: collectorSystem.parameters.map(({ name }) => name),
  least: {},
  realLimits: { queueSize: 1000, consumers: 10 },
  describe: collector({ countsSize: false, signalsEarly: false }),
};
