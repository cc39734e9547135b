import type { Section } from "./format/section.ts";
import { readPluginName } from "./plugin-name.ts";
import type { Position } from "./position.ts";
import { lastProperty } from "./values/last-property.ts";

/** A `[FILTER]` section. */
export interface FilterInstance {
  /** As in Fluent Bit's log, such as `rewrite_tag.0`: the number counts all filters. */
  readonly name: string;
  readonly alias: string | undefined;
  readonly plugin: string;
  readonly position: Position;
  readonly section: Section;
}

/**
 * Reads one `[FILTER]` section.
 *
 * @throws ConfigurationError if it has no name.
 */
export function readFilter(section: Section, index: number): FilterInstance {
  const plugin = readPluginName(section);
  return {
    name: `${plugin}.${index}`,
    alias: lastProperty([section], "alias")?.value,
    plugin,
    position: section.position,
    section,
  };
}
