import type { Warn } from "./configuration-warning.ts";
import type { Section, SectionType } from "./format/section.ts";

/** Storage settings and the section in which Fluent Bit looks for each. */
const HOME: Readonly<Record<string, readonly SectionType[]>> = {
  "storage.path": ["service"],
  "storage.sync": ["service"],
  "storage.checksum": ["service"],
  "storage.metrics": ["service"],
  "storage.max_chunks_up": ["service"],
  "storage.backlog.mem_limit": ["service"],
  "storage.delete_irrecoverable_chunks": ["service"],
  "storage.trim_files": ["service"],
  "storage.inherit": ["service"],
  "scheduler.base": ["service"],
  "scheduler.cap": ["service"],
  "storage.type": ["input", "service"],
  "storage.pause_on_chunks_overlimit": ["input"],
  mem_buf_limit: ["input"],
  "storage.total_limit_size": ["output"],
  retry_limit: ["output"],
};

function withoutSeparators(key: string): string {
  return key.replaceAll(/[._]/gu, "");
}

const KEY_BY_LETTERS = new Map(Object.keys(HOME).map((key) => [withoutSeparators(key), key]));

/**
 * Warns of settings that Fluent Bit ignores without a word because they stand in the wrong section
 * or because dots and underscores are mixed up, as in `storage_max_chunks_up`.
 */
export function warnOfMisplacedSettings(section: Section, warn: Warn): void {
  for (const { key, position } of section.properties) {
    const home = HOME[key];
    const meant = KEY_BY_LETTERS.get(withoutSeparators(key));
    if (key.startsWith("@")) {
      warn(`'${key}' is a command only in the first column; here it is a setting.`, position);
    } else if (home !== undefined && section.type !== "other" && !home.includes(section.type)) {
      const where = home.map((type) => `[${type.toUpperCase()}]`).join(" or ");
      warn(
        `${key} has no effect in [${section.type.toUpperCase()}]; it belongs in ${where}.`,
        position,
      );
    } else if (home === undefined && meant !== undefined && section.type !== "other") {
      warn(`'${key}' is not a setting of Fluent Bit; did you mean ${meant}?`, position);
    }
  }
}
