import type { Dimensions } from "../../models/description.ts";

/** Of a system without outputs and inputs. */
export const noDimensions: Dimensions = { outputs: 0, inputs: 0, routing: "all" };
