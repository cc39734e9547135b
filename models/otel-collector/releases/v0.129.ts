import type { Release } from "../../description.ts";
import { collector } from "../collector.ts";
import { collectorSystem } from "../system.ts";

export const release: Release = {
  system: collectorSystem,
  name: "v0.129",
  summary: "v0.129.0: the same, and nobody is woken early",
  order: 2,
  defaults: {},
  applies: collectorSystem.parameters
    .map(({ name }) => name)
    .filter((name) => name !== "storage" && name !== "waitForResult"),
  least: {},
  realLimits: { queueSize: 1000, consumers: 10 },
  describe: collector({ countsSize: true, signalsEarly: false }),
};
