import type { Property } from "./format/section.ts";
import { featureSince, hasFeature } from "./engine-features.ts";
import { commentHint } from "./inline-comment.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";

/** How often a chunk is tried again: a number of at least 1, always, or never. */
export type RetryLimit = number | "no_limits" | "no_retries";

const DEFAULT_RETRY_LIMIT = 1;

/**
 * `Retry_Limit` (`flb_output.c::flb_output_set_property`): `no_limits`, `false` and `off` are
 * without limit, `no_retries` is none, and whatever is not a number of at least 1 is 1.
 */
export function readRetryLimit(
  property: Property | undefined,
  { version, warn }: SettingsContext,
): Setting<RetryLimit> {
  if (property === undefined) {
    return defaultSetting(DEFAULT_RETRY_LIMIT);
  }
  const { value, position } = property;
  const lower = value.toLowerCase();
  if (lower === "no_limits" || lower === "false" || lower === "off") {
    return { value: "no_limits", position };
  }
  if (lower === "no_retries") {
    if (hasFeature(version, "noRetries")) {
      return { value: "no_retries", position };
    }
    warn(`no_retries exists since Fluent Bit ${featureSince("noRetries")}.`, position);
    return { value: DEFAULT_RETRY_LIMIT, position };
  }
  const digits = /^\s*[+-]?\d+/u.exec(value)?.[0] ?? "0";
  const number = Number(digits);
  if (number < 1) {
    warn(
      `Fluent Bit takes its default, 1, for the Retry_Limit '${value}'.${commentHint(value)}`,
      position,
    );
    return { value: DEFAULT_RETRY_LIMIT, position };
  }
  if (digits.length < value.length) {
    warn(
      `Fluent Bit reads the Retry_Limit '${value}' as ${number}.${commentHint(value)}`,
      position,
    );
  }
  return { value: number, position };
}
