import type { Release } from "../../description.ts";
import { collector } from "../collector.ts";
import { collectorSystem } from "../system.ts";

export const release: Release = {
  system: collectorSystem,
  name: "v0.121",
  summary: "v0.120.0 to v0.128.0: the size is a counter, the start checks the capacity",
  order: 1,
  defaults: {},
  applies: collectorSystem.parameters
    .map(({ name }) => name)
    .filter((name) => name !== "storage" && name !== "waitForResult"),
  least: {},
  realLimits: { queueSize: 1000, consumers: 10 },
  describe: collector({ countsSize: true, signalsEarly: true }),
};
