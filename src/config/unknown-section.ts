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

/** Sections that the classic format has in files of their own (`flb_config.c::flb_config_load_config_format`). */
const PARSER_SECTIONS = new Set(["parser", "multiline_parser"]);

/** Warns of sections that Fluent Bit does not know by name and ignores, or refuses to find here. */
export function warnOfUnknownSections({ format, sections }: ConfigurationFormat, warn: Warn): void {
  for (const { type, name, position } of sections) {
    if (format === "classic" && PARSER_SECTIONS.has(name.toLowerCase())) {
      warn(
        `Fluent Bit refuses [${name}] here; it belongs in a file that Parsers_File in [SERVICE] names.`,
        position,
      );
    } else if (type === "other" && !OTHER_SECTIONS.has(name.toLowerCase())) {
      const shown = format === "classic" ? `[${name}]` : `'${name}'`;
      warn(`Fluent Bit does not know the section ${shown} and ignores it.`, position);
    }
  }
}
