import type { ConfigurationWarning } from "../configuration-warning.ts";
import type { YamlNode } from "./yaml-node.ts";

/** A file within a file: its text begins on a line of the outer one. */
export interface ContainedFile {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** Files that stand within another one. */
export interface ContainedFiles {
  readonly main: string;
  readonly files: readonly ContainedFile[];
  readonly notes: readonly ConfigurationWarning[];
}

/** The value of a key of a map; undefined if there is none. */
export function entryOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === "map"
    ? node.entries.findLast((entry) => entry.key === key)?.value
    : undefined;
}

/** The text of a key of a map; undefined if it has none. */
export function textOf(node: YamlNode | undefined, key: string): string | undefined {
  const found = entryOf(node, key);
  return found?.kind === "scalar" ? found.text : undefined;
}

/** The text of a scalar as a file. */
export function containedFile(name: string, node: YamlNode): ContainedFile | undefined {
  return node.kind === "scalar" ? { name, text: node.text, line: node.textLine } : undefined;
}
