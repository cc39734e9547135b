import type { Release } from "../../description.ts";
import { collector } from "../collector.ts";
import { collectorSystem } from "../system.ts";

export const release: Release = {
  system: collectorSystem,
  name: "corrected",
  summary:
    "a candidate fix of v0.159: the index moves once a request is written, and a start deletes what it puts back in the same batch",
  offeredAs: "the corrected fix",
  order: 4,
  defaults: {},
  applies: collectorSystem.parameters.map(({ name }) => name),
  least: {},
  describe: collector({ countsSize: false, signalsEarly: false, writesFirst: true }),
};
