import type { Warn } from "./configuration-warning.ts";
import type { Section, SectionType } from "./format/section.ts";
import { misspelledSetting } from "./misspelled-setting.ts";

/** Settings of the life of chunks, and the section in which Fluent Bit looks for each. */
const HOME: Readonly<Record<string, readonly SectionType[]>> = {
  "storage.path": ["service"],
  "storage.sync": ["service"],
  "storage.checksum": ["service"],
  "storage.metrics": ["service"],
  "storage.max_chunks_up": ["service"],
  "storage.backlog.mem_limit": ["service"],
  "storage.backlog.flush_on_shutdown": ["service"],
  "storage.delete_irrecoverable_chunks": ["service"],
  "storage.trim_files": ["service"],
  "storage.keep.rejected": ["service"],
  "storage.rejected.path": ["service"],
  "storage.rejected.limit": ["service"],
  "storage.inherit": ["service"],
  "scheduler.base": ["service"],
  "scheduler.cap": ["service"],
  hot_reload: ["service"],
  "hot_reload.ensure_thread_safety": ["service"],
  "storage.type": ["input", "service"],
  "storage.pause_on_chunks_overlimit": ["input"],
  mem_buf_limit: ["input"],
  "storage.total_limit_size": ["output"],
  retry_limit: ["output"],
  emitter_mem_buf_limit: ["filter"],
  "emitter_storage.type": ["filter"],
};

/** What holds where a setting is not given, in words. */
const DEFAULTS: Readonly<Record<string, string>> = {
  "storage.max_chunks_up": "the limit is 128, the default",
  "storage.path": "there is no storage.path",
  "storage.type": "chunks are in memory, the default",
  "storage.pause_on_chunks_overlimit": "it is off, the default",
  "storage.total_limit_size": "there is no limit, the default",
  mem_buf_limit: "there is no limit, the default",
  retry_limit: "there is one retry, the default",
};

function defaultWords(meant: string, properties: Section["properties"]): string {
  const words = DEFAULTS[meant];
  const isGiven = properties.some(({ key }) => key === meant);
  return words === undefined || isGiven ? "" : ` As it stands, ${words}.`;
}

function warnOfHome(home: readonly SectionType[], { type }: Section): string {
  const where = home.map((one) => `[${one.toUpperCase()}]`).join(" or ");
  return `has no effect in [${type.toUpperCase()}]; it belongs in ${where}.`;
}

/**
 * Warns of settings that Fluent Bit ignores without a word because they stand in the wrong section
 * or are not spelled as Fluent Bit spells them, as in `storage.max_chunk_up`.
 */
export function warnOfMisplacedSettings(section: Section, warn: Warn): void {
  for (const { key, position } of section.properties) {
    const home = HOME[key];
    if (key.startsWith("@")) {
      warn(`'${key}' is a command only in the first column; here it is a setting.`, position);
      continue;
    }
    if (section.type === "other" || section.type === "custom") continue;
    if (home !== undefined) {
      if (!home.includes(section.type)) warn(`${key} ${warnOfHome(home, section)}`, position);
      continue;
    }
    const meant = misspelledSetting(key, section.type, HOME);
    if (meant === undefined) continue;
    if (meant === "unknown") {
      warn(`'${key}' is not a setting of Fluent Bit.`, position);
      continue;
    }
    const elsewhere = HOME[meant]?.includes(section.type) === false;
    const where = elsewhere ? `, which ${warnOfHome(HOME[meant] ?? [], section)}` : "?";
    warn(
      `'${key}' is not a setting of Fluent Bit; did you mean ${meant}${where}${elsewhere ? "" : defaultWords(meant, section.properties)}`,
      position,
    );
  }
}
