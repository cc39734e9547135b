import type { Release } from "../../description.ts";
import { fluentd } from "../fluentd.ts";
import { asAlways, fluentdSystem } from "../system.ts";

export const release: Release = {
  system: fluentdSystem,
  name: "v1.12",
  summary: "v1.12.0 to v1.14.5: a failure steps when the retry is due, the limit is tested before",
  order: 3,
  defaults: {},
  applies: fluentdSystem.parameters.map(({ name }) => name),
  least: {},
  describe: fluentd({ ...asAlways, steps: "when due", testsAfter: false, blockEnds: true }),
};
