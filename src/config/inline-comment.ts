import type { Warn } from "./configuration-warning.ts";
import type { Section } from "./format/section.ts";
import { settingRow } from "./settings/settings-table.ts";

const COMMENT = /(?:^|\s)#/u;

/** Values that may well have such a sign in them, and those whose readers say so themselves. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "match_regex",
  "flush",
  "grace",
  "scheduler.base",
  "scheduler.cap",
  "storage.max_chunks_up",
  "workers",
  "retry_limit",
]);

/** A sentence for a value that ends in what looks like a comment; empty for any other. */
export function commentHint(value: string): string {
  return COMMENT.test(value)
    ? " A comment has to stand on a line of its own; here it is part of the value."
    : "";
}

/**
 * Warns of comments at the end of lines of the classic format, where Fluent Bit takes them for a
 * part of the value (`flb_cf_fluentbit.c::read_config`). Only settings that the engine itself knows
 * are looked at: a plugin's may have any text.
 */
export function warnOfInlineComments(section: Section, warn: Warn): void {
  const { type } = section;
  if (type !== "service" && type !== "input" && type !== "filter" && type !== "output") return;
  for (const { key, value, position } of section.properties) {
    const known = settingRow(type, key) !== undefined || key === "match" || key === "name";
    if (known && !LEFT_OUT.has(key) && COMMENT.test(value)) {
      warn(
        `'${value}' is the whole value of ${key}: a comment has to stand on a line of its own.`,
        position,
      );
    }
  }
}
