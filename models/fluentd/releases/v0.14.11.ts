import type { Release } from "../../description.ts";
import { fluentd } from "../fluentd.ts";
import { asAlways, fluentdSystem } from "../system.ts";

export const release: Release = {
  system: fluentdSystem,
  name: "v0.14.11",
  summary: "to v0.14.11: every failure steps, and a shutdown does not end a blocked producer",
  order: 1,
  defaults: {},
  applies: fluentdSystem.parameters.map(({ name }) => name),
  least: {},
  describe: fluentd({ ...asAlways, steps: "always", testsAfter: false, blockEnds: false }),
};
