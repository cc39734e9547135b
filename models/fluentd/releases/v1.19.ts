import type { Release } from "../../description.ts";
import { fluentd } from "../fluentd.ts";
import { asAlways, fluentdSystem } from "../system.ts";

export const release: Release = {
  system: fluentdSystem,
  name: "v1.19",
  summary: "v1.14.6 to v1.19.3: the same, and the limit is tested after, and at the first failure",
  order: 4,
  defaults: {},
  applies: fluentdSystem.parameters.map(({ name }) => name),
  least: {},
  describe: fluentd({ ...asAlways, steps: "when due", testsAfter: true, blockEnds: true }),
};
