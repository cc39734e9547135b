import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  Scalar,
  type CST,
  type Node,
} from "yaml";
import { ConfigurationError } from "../configuration-error.ts";
import type { Position } from "../position.ts";

/** A YAML node, every scalar as the text that was written: Fluent Bit has no other type. */
export type YamlNode =
  | {
      readonly kind: "scalar";
      readonly text: string;
      readonly position: Position;
      /** The line on which the text itself begins: after that of a block's `|`. */
      readonly textLine: number;
    }
  | { readonly kind: "list"; readonly items: readonly YamlNode[]; readonly position: Position }
  | { readonly kind: "map"; readonly entries: readonly YamlEntry[]; readonly position: Position };

/** A key of a map with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly position: Position;
  readonly value: YamlNode;
}

const DEPTH_LIMIT = 100;

/** A part of the syntax tree with its depth. */
interface Part {
  readonly token: CST.Token;
  readonly depth: number;
}

function partsOf({ token, depth }: Part): readonly Part[] {
  const inside = (one: CST.Token | null | undefined, at: number): readonly Part[] =>
    one === null || one === undefined ? [] : [{ token: one, depth: at }];
  if (token.type === "document") return inside(token.value, depth);
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [
    ...inside(key, depth + 1),
    ...inside(value, depth + 1),
  ]);
}

/** Refuses what is nested too deeply before anything recursive looks at it. */
function refuseDepth(file: string, tokens: readonly CST.Token[], lines: LineCounter): void {
  const waiting = tokens.map((token): Part => ({ token, depth: 0 }));
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part.depth > DEPTH_LIMIT) {
      const { line } = lines.linePos(part.token.offset);
      throw new ConfigurationError(
        { file, line: Math.max(line, 1) },
        `more than ${DEPTH_LIMIT} levels of nesting.`,
      );
    }
    waiting.push(...partsOf(part));
  }
}

function parseDocuments(
  file: string,
  text: string,
): { contents: readonly unknown[]; lines: LineCounter } {
  const lines = new LineCounter();
  const documents = (() => {
    try {
      const tokens = [...new Parser(lines.addNewLine).parse(text)];
      refuseDepth(file, tokens, lines);
      const composer = new Composer({
        schema: "failsafe",
        lineCounter: lines,
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: "silent",
      });
      return [...composer.compose(tokens)];
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
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
    if (!isScalar(node))
      return { kind: "scalar", text: "", position: parent, textLine: parent.line };
    const position = positionOf(node, parent);
    const block = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
    const textLine = block ? position.line + 1 : position.line;
    return { kind: "scalar", text: scalarText(node.value), position, textLine };
  }

  return contents.map((node) => convert(node, { file, line: 1 }, 0));
}
