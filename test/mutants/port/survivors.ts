import type { Fault } from "./faults.ts";

/** Why the kit does not find out faults of a sort. */
interface Reason {
  readonly of: (fault: Fault) => boolean;
  readonly reason: string;
}

const reasons: readonly Reason[] = [];

/** Why the kit does not find a fault out; undefined if nobody knows. */
export function reasonFor(fault: Fault): string | undefined {
  return reasons.find((one) => one.of(fault))?.reason;
}
