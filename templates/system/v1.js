// The first release: a new job is taken while there is a place in the queue. A worker whose job failed holds it until it can put
// it back, so workers may wait for room that only they could make.
import { jobQueue, system } from "./system.js";

export const release = {
  system,
  name: "v1",
  summary: "takes a job while the queue has a free place",
  order: 1,
  describe: jobQueue({ counted: "waiting" }),
};
