import type { Position } from "../position.ts";

/** The sections that matter here; `other` is tolerated and ignored, as in Fluent Bit. */
export type SectionType = "service" | "custom" | "input" | "filter" | "output" | "other";

/** One line of a section. Keys are in lower case; a nested YAML value has a dotted key. */
export interface Property {
  readonly key: string;
  readonly value: string;
  readonly position: Position;
  /** Variables in it that are not set; they became nothing. */
  readonly unset?: readonly string[];
}

/** A section as written; `name` is the text between the brackets, or the YAML key. */
export interface Section {
  readonly type: SectionType;
  readonly name: string;
  readonly position: Position;
  readonly properties: Property[];
}

const TYPE_OF_NAME: readonly (readonly [name: string, type: SectionType])[] = [
  ["service", "service"],
  ["parser", "other"],
  ["multiline_parser", "other"],
  ["custom", "custom"],
  ["customs", "custom"],
  ["input", "input"],
  ["inputs", "input"],
  ["filter", "filter"],
  ["filters", "filter"],
  ["output", "output"],
  ["outputs", "output"],
];

/**
 * The type of a section from its name. Any prefix of a known name counts, as in
 * `flb_config_format.c::get_section_type`, which compares no more letters than the name has.
 */
export function sectionType(name: string): SectionType {
  const lower = name.toLowerCase();
  const found = TYPE_OF_NAME.find(([known]) => lower !== "" && known.startsWith(lower));
  return found === undefined ? "other" : found[1];
}
