import { ConfigurationError } from "../configuration-error.ts";
import { commentHint } from "../inline-comment.ts";
import type { Warn } from "../configuration-warning.ts";
import type { Property } from "../format/section.ts";
import type { Setting } from "../setting.ts";

/** What numbers a setting takes. */
interface NumberRange {
  readonly integer: boolean;
  readonly minimum: number;
}

const LEADING_INTEGER = /^\s*(?<number>[+-]?\d+)(?<rest>.*)$/su;
const LEADING_DECIMAL = /^\s*(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?<rest>.*)$/isu;

/** Beyond this, atoi(3) of Fluent Bit's `int` settings has no defined result. */
const LARGEST_INTEGER = 2_147_483_647;

/**
 * A number as atoi(3) and atof(3) read it: what follows the digits is ignored, with a warning.
 * Text without a number is an error here, although Fluent Bit takes it for 0.
 *
 * @throws ConfigurationError if there is no number, or if it is below the minimum.
 */
export function readNumber(property: Property, range: NumberRange, warn: Warn): Setting<number> {
  const { key, value, position } = property;
  const kind = range.integer ? "a whole number" : "a number";
  const expected = `expected ${key} to be ${kind} of at least ${range.minimum}, found '${value}'.`;
  const groups = (range.integer ? LEADING_INTEGER : LEADING_DECIMAL).exec(value)?.groups;
  const number = Number(groups?.["number"] ?? Number.NaN);
  if (!(number >= range.minimum && number <= LARGEST_INTEGER)) {
    throw new ConfigurationError(position, `${expected}${commentHint(value)}`);
  }
  const rest = groups?.["rest"]?.trim() ?? "";
  if (rest !== "") {
    warn(
      `Fluent Bit reads ${key} as ${number} and ignores '${rest}'.${commentHint(rest)}`,
      position,
    );
  }
  return { value: number, position };
}
