import type { ConfigurationWarning } from "../configuration-warning.ts";
import type { Position } from "../position.ts";
import type { Section } from "./section.ts";

/** A variable that the files set: `@SET NAME=value`, or an entry of YAML's `env`. */
export interface VariableDefinition {
  readonly name: string;
  readonly value: string;
  readonly position: Position;
}

/** What both formats have in common (`struct flb_cf`): nothing is interpreted yet. */
export interface ConfigurationFormat {
  readonly format: "classic" | "yaml";
  /** Every file that was read, the main one first. */
  readonly files: string[];
  /** In the order in which Fluent Bit sets them: the last definition of a name wins. */
  readonly variables: VariableDefinition[];
  readonly sections: Section[];
  /** What is to be said of how the files were found. */
  readonly notes: ConfigurationWarning[];
}

/** A format with nothing in it yet. */
export function emptyConfigurationFormat(format: "classic" | "yaml"): ConfigurationFormat {
  return { format, files: [], variables: [], sections: [], notes: [] };
}
