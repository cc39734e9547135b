// The second release, which is the fix: jobs that workers hold keep their places. Whatever fails has a place to go back to.
import { jobQueue, system } from "./system.js";

export const release = {
  system,
  name: "v2",
  summary: "a job that a worker holds keeps its place in the queue",
  order: 2,
  describe: jobQueue({ counted: "live" }),
};
