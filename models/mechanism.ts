import type { SystemDescription } from "./description.ts";
import type { Points } from "./points.ts";

/** What a mechanism brings along besides what it changes in others' rules: parts of a system, all of them optional. */
export type Parts = Partial<
  Pick<
    SystemDescription,
    | "slot"
    | "shared"
    | "limits"
    | "totals"
    | "counters"
    | "counterEffects"
    | "slotRules"
    | "systemRules"
    | "followUps"
    | "properties"
  >
>;

/**
 * One mechanism of the engine, switched on: the points that it fills, and what it brings along. `parts` is asked once all
 * points are known, since its rules may be changed by other mechanisms.
 */
export interface Mechanism {
  readonly points?: Partial<Points>;
  readonly parts?: (points: Points) => Parts;
}
