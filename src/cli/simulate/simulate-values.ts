import type { Limits } from "../../engine/simulation/scenario.ts";
import { parseDuration } from "./simulate-duration.ts";

/** `no_limits`, `no_retries`, or a number of at least 1; undefined for anything else. */
export function parseRetryLimit(text: string): Limits["retryLimit"] | undefined {
  const lower = text.toLowerCase();
  if (["no_limits", "false", "off", "unlimited"].includes(lower)) return "no_limits";
  if (lower === "no_retries") return "no_retries";
  const value = Number(text);
  return /^\d+$/u.test(text) && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** Records a second: more than 0 and at most 1000, else undefined. */
export function parseRate(text: string): number | undefined {
  const value = Number(text);
  return /^\d+(?:\.\d+)?$/u.test(text) && value >= 0.0001 && value <= 1000 ? value : undefined;
}

/** Seconds of at least 0.01: a plain number, or a duration such as `500ms`; else undefined. */
export function parseSeconds(text: string): number | undefined {
  const value = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : parseDuration(text);
  return value === undefined || value < 0.01 ? undefined : value;
}

/** As {@link parseSeconds}, or nothing at all: `0`. */
export function parseOffset(text: string): number | undefined {
  return /^0(?:s|ms)?$/u.test(text) ? 0 : parseSeconds(text);
}
