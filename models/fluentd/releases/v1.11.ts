import type { Release } from "../../description.ts";
import { fluentd } from "../fluentd.ts";
import { asAlways, fluentdSystem } from "../system.ts";

export const release: Release = {
  system: fluentdSystem,
  name: "v1.11",
  summary: "v0.14.12 to v1.11.5: every failure steps, the limit is tested before",
  order: 2,
  defaults: {},
  applies: fluentdSystem.parameters.map(({ name }) => name),
  least: {},
  describe: fluentd({ ...asAlways, steps: "always", testsAfter: false, blockEnds: true }),
};
