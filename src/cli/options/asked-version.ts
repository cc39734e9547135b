import {
  NEWEST_KNOWN_VERSION,
  parseFluentBitVersion,
  type FluentBitVersion,
} from "../../config/version.ts";
import { BadInput } from "../bad-input.ts";

/**
 * The version of Fluent Bit that `--fluent-bit` asks for; the newest known one without it.
 *
 * @throws BadInput if it is no version.
 */
export function askedVersion(text: string | undefined): FluentBitVersion {
  if (text === undefined) return NEWEST_KNOWN_VERSION;
  const version = parseFluentBitVersion(text);
  if (version !== undefined) return version;
  throw new BadInput(`--fluent-bit needs a version such as 3.0.4, not "${text}"`);
}
