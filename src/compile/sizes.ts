import type { CompiledSystem } from "./compiled-system.ts";
import type { Parameters } from "../../models/parameters.ts";

/** The parameters that are sizes: N, T, X and Q. A proof leaves them open. */
export const sizeNames = ["chunks", "taskMapSize", "maxChunksUp", "overLimitQuota"] as const;

export type SizeName = (typeof sizeNames)[number];

/** N, T, X and Q. */
export type SizesOfScope = Pick<Parameters, SizeName>;

/** The smallest value of a limit that a system has. */
export function leastOf(system: Pick<CompiledSystem, "limits">, name: SizeName): number {
  return system.limits.find((limit) => limit.name === name)?.least ?? 0;
}

/** T, X and Q as small as a system can have them. */
export function smallestSizes(
  system: Pick<CompiledSystem, "limits">,
  hasQuota: boolean,
): Omit<SizesOfScope, "chunks"> {
  return {
    taskMapSize: leastOf(system, "taskMapSize"),
    maxChunksUp: leastOf(system, "maxChunksUp"),
    overLimitQuota: hasQuota ? Math.max(1, leastOf(system, "overLimitQuota")) : 0,
  };
}
