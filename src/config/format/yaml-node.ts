import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from "yaml";
import { ConfigurationError } from "../configuration-error.ts";
import type { Position } from "../position.ts";

/** A YAML node, every scalar as the text that was written: Fluent Bit has no other type. */
export type YamlNode =
  | { readonly kind: "scalar"; readonly text: string; readonly position: Position }
  | { readonly kind: "list"; readonly items: readonly YamlNode[]; readonly position: Position }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[]; readonly position: Position };

/** A key of a map with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly position: Position;
  readonly value: YamlNode;
}

const DEPTH_LIMIT = 100;

function parseDocuments(
  file: string,
  text: string,
): { contents: readonly unknown[]; lines: LineCounter } {
  const lines = new LineCounter();
  const documents = (() => {
    try {
      return parseAllDocuments(text, {
        schema: "failsafe",
        lineCounter: lines,
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: "silent",
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : "unknown reason";
      throw new ConfigurationError({ file }, `the YAML parser gave up: ${reason}.`);
    }
  })();
  const contents: unknown[] = [];
  for (const document of documents) {
    const error = document.errors[0];
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      const sentence =
        error.code === "BAD_ALIAS"
          ? "an asterisk starts an alias here; as a text it has to be quoted, '*'."
          : error.message.replace(/\.?\s*$/u, ".");
      throw new ConfigurationError({ file, line: Math.max(line, 1) }, `bad YAML: ${sentence}`);
    }
    contents.push(document.contents);
  }
  return { contents, lines };
}

/**
 * Parses a YAML file to plain nodes that know their lines.
 *
 * @throws ConfigurationError for bad syntax, and for aliases (`*name`), which
 * `flb_cf_yaml.c::consume_event` refuses.
 */
export function parseYaml(file: string, text: string): readonly YamlNode[] {
  const { contents, lines } = parseDocuments(file, text);

  function positionOf(node: Node, fallback: Position): Position {
    const start = node.range?.[0];
    return start === undefined ? fallback : { file, line: Math.max(lines.linePos(start).line, 1) };
  }

  function scalarText(value: unknown): string {
    return typeof value === "string" ? value : "";
  }

  function convert(node: unknown, parent: Position, depth: number): YamlNode {
    if (depth > DEPTH_LIMIT) {
      throw new ConfigurationError(parent, `more than ${DEPTH_LIMIT} levels of nesting.`);
    }
    if (isAlias(node)) {
      throw new ConfigurationError(
        positionOf(node, parent),
        `expected a value; Fluent Bit does not follow the YAML alias '*${node.source}' (a text that starts so is quoted).`,
      );
    }
    if (isMap(node)) {
      const position = positionOf(node, parent);
      const entries = node.items.map(({ key, value }): YamlEntry => {
        const name = convert(key, position, depth + 1);
        if (name.kind !== "scalar") {
          throw new ConfigurationError(name.position, "expected a plain key, found a collection.");
        }
        return {
          key: name.text,
          position: name.position,
          value: convert(value, name.position, depth + 1),
        };
      });
      return { kind: "map", entries, position };
    }
    if (isSeq(node)) {
      const position = positionOf(node, parent);
      return {
        kind: "list",
        items: node.items.map((item) => convert(item, position, depth + 1)),
        position,
      };
    }
    return isScalar(node)
      ? { kind: "scalar", text: scalarText(node.value), position: positionOf(node, parent) }
      : { kind: "scalar", text: "", position: parent };
  }

  return contents.map((node) => convert(node, { file, line: 1 }, 0));
}
