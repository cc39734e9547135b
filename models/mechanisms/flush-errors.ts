import { flushError } from "../flush.ts";
import type { Mechanism } from "../mechanism.ts";
import type { Parameters } from "../parameters.ts";

/** Flushes that end by an error, whatever the state of their output. */
export function flushErrors(parameters: Parameters): Mechanism | null {
  return parameters.flushError
    ? { parts: (points) => ({ slotRules: [flushError(points, parameters.retryLimit)] }) }
    : null;
}
