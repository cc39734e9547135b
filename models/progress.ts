import type { ProgressProperty } from "./description.ts";

/** The progress properties; all are judged on running states with the environment frozen. */
export const progressProperties: readonly ProgressProperty[] = [
  {
    kind: "progress",
    name: "stalled",
    meaning:
      "with every output online and a live chunk, some engine action changes something (a livelock counts as stalled)",
  },
  {
    kind: "progress",
    name: "recovery",
    meaning:
      "once every output is online, each output that is owed something can still be delivered to, and without new input every chunk is delivered in the end",
  },
  {
    kind: "progress",
    name: "isolation",
    meaning:
      "while some output is offline, an online output that is owed something can still be delivered to",
  },
  {
    kind: "progress",
    name: "isolationFair",
    meaning: "with output 0 offline for ever, every delivery owed to an online output ends",
  },
  {
    kind: "progress",
    name: "starvation",
    meaning:
      "with every output online and input going on, every chunk is delivered in the end (nothing starves)",
  },
];
