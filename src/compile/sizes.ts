import type { Parameters } from "../../models/parameters.ts";

/** The parameters that are sizes: N, T, X and Q. A proof leaves them open. */
export const sizeNames = ["chunks", "taskMapSize", "maxChunksUp", "overLimitQuota"] as const;

export type SizeName = (typeof sizeNames)[number];

/** N, T, X and Q. */
export type SizesOfScope = Pick<Parameters, SizeName>;
