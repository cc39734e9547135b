import type { Fault } from "./faults.ts";

/** Why the kit does not find out faults of a sort. */
interface Reason {
  readonly of: (fault: Fault, release: string) => boolean;
  readonly reason: string;
}

const ofQuotas = [
  "if another chunk is charged",
  "if another output has units",
  "if the chunk is charged",
  "in scheduleFail",
  "in reschedule",
];

const rare = ["after a crash", "with two tasks", "with memory over the limit"];

const reasons: readonly Reason[] = [
  {
    of: ({ change }) => change === "not asked",
    reason: "a call that must be refused is tried in each situation, not in each state",
  },
  {
    of: ({ when }) => rare.includes(when),
    reason:
      "only in a state that no covered scope has together with the rest; walks come there by chance",
  },
  {
    of: ({ when }) => ofQuotas.includes(when),
    reason: "units of two outputs together with what else must hold; walks come there by chance",
  },
  {
    of: (_, release) => release === "published-fix",
    reason:
      "a leak beside units of two outputs, in scopes wider than those that are covered; walks come there by chance",
  },
  {
    of: (_, release) => release === "park" || release === "park-breaker",
    reason:
      "the queue of several chunks makes too many states to be covered; walks come there by chance",
  },
];

/** Why the kit does not find a fault out in a port of a release; undefined if nobody knows. */
export function reasonFor(release: string, fault: Fault): string | undefined {
  return reasons.find((one) => one.of(fault, release))?.reason;
}
