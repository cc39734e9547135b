import type { Release } from "../../description.ts";
import { fluentd } from "../fluentd.ts";
import { fluentdSystem } from "../system.ts";

export const release: Release = {
  system: fluentdSystem,
  name: "corrected",
  summary:
    "a candidate fix of v1.19: flush threads never wait for room, clearing counts what it clears, a shutdown is no failure",
  offeredAs: "the corrected fix",
  order: 5,
  defaults: {},
  applies: fluentdSystem.parameters.map(({ name }) => name),
  least: {},
  describe: fluentd({
    ...{ steps: "when due", testsAfter: true, blockEnds: true },
    ...{ threadsBlock: false, clearsAll: false, cancelFails: false },
  }),
};
