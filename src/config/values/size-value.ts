import { ConfigurationError } from "../configuration-error.ts";
import { hasFeature } from "../engine-features.ts";
import { commentHint } from "../inline-comment.ts";
import type { Property } from "../format/section.ts";
import type { FluentBitVersion } from "../version.ts";

const SIZE = /^(?<number>\s*[+-]?(?:\d+\.?\d*|\.\d+)?)(?<rest>.*)$/su;

const FACTOR: Readonly<Record<string, number>> = { K: 1000, M: 1_000_000, G: 1_000_000_000 };

/**
 * A size in bytes as `flb_utils.c::flb_utils_size_to_bytes` reads it: `5M`, `5MB`, `5mb` are five
 * million, `false` is 0, and up to v3.0.7 what follows a decimal point does not count.
 *
 * @returns undefined for what Fluent Bit refuses
 */
export function parseSize(text: string, version: FluentBitVersion): number | undefined {
  if (text.toLowerCase() === "false") return 0;
  const groups = SIZE.exec(text)?.groups;
  const written = Number(groups?.["number"]?.trim() ?? "") || 0;
  const number = hasFeature(version, "decimalSizes") ? written : Math.trunc(written);
  const unit = (/(?!^)\D*$/su.exec(text)?.[0] ?? "").toUpperCase();
  if (unit === "") return Math.trunc(number);
  const factor = FACTOR[unit.charAt(0)];
  if (factor === undefined || !/^.B?$/su.test(unit)) return undefined;
  return Math.trunc(number * factor);
}

/**
 * A size in bytes of a setting.
 *
 * @throws ConfigurationError if Fluent Bit refuses it.
 */
export function readSize({ key, value, position }: Property, version: FluentBitVersion): number {
  const size = parseSize(value, version);
  if (size !== undefined && size >= 0) return size;
  throw new ConfigurationError(
    position,
    `expected ${key} to be a size such as 5MB, found '${value}'.${commentHint(value)}`,
  );
}
