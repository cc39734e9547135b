import { formatPosition } from "../../config/position.ts";
import type { DecidingSetting } from "../../config/settings/setting-in-use.ts";

/** A setting with its place, why it matters, and the C function that shows it. */
export function settingSentence({
  setting,
  value,
  position,
  reason,
  cFunction,
}: DecidingSetting): string {
  const where = position === undefined ? "" : ` (${formatPosition(position)})`;
  const shownBy = cFunction === undefined ? "" : ` (${cFunction})`;
  return `${`${setting} ${value}`.trim()}${where} is not in the model and may change the verdict: ${reason}${shownBy}.`;
}
