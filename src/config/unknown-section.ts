import type { Warn } from "./configuration-warning.ts";
import type { ConfigurationFormat } from "./format/configuration-format.ts";

const OTHER_SECTIONS = new Set([
  "parser",
  "multiline_parser",
  "stream_task",
  "plugins",
  "upstream",
  "node",
  "parsers",
  "multiline_parsers",
  "stream_processor",
  "upstream_servers",
  "extensions",
]);

/** Warns of sections that Fluent Bit ignores because it does not know their names. */
export function warnOfUnknownSections({ format, sections }: ConfigurationFormat, warn: Warn): void {
  for (const { type, name, position } of sections) {
    if (type === "other" && !OTHER_SECTIONS.has(name.toLowerCase())) {
      const shown = format === "classic" ? `[${name}]` : `'${name}'`;
      warn(`Fluent Bit does not know the section ${shown} and ignores it.`, position);
    }
  }
}
