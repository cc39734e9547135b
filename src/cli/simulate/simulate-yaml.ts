import { formatPosition, type Position } from "../../config/position.ts";
import type { YamlNode } from "../../config/format/yaml-node.ts";
import { BadInput } from "../bad-input.ts";

/** A complaint about a place in a file. */
export function badPlace(position: Position, sentence: string): BadInput {
  return new BadInput(`${formatPosition(position)}: ${sentence}`);
}

/**
 * The values of a map, each read by the function for its key.
 *
 * @throws BadInput for what is no map, for unknown keys, and for keys that are there twice
 */
export function readMap(
  node: YamlNode,
  what: string,
  readers: Readonly<Record<string, (value: YamlNode) => void>>,
): void {
  if (node.kind !== "map") {
    throw badPlace(node.position, `${what} must be a map, not ${describe(node)}`);
  }
  const seen = new Set<string>();
  for (const { key, position, value } of node.entries) {
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (read === undefined) {
      const known = Object.keys(readers).join(", ");
      throw badPlace(position, `${what} has no "${key}"; it may have ${known}`);
    }
    if (seen.has(key)) throw badPlace(position, `${what} has "${key}" twice`);
    seen.add(key);
    read(value);
  }
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: YamlNode): readonly YamlNode[] {
  return node.kind === "list" ? node.items : [node];
}

/** The text of a value, which must not be empty. */
export function textOf(node: YamlNode, what: string): string {
  if (node.kind !== "scalar" || node.text.trim() === "") {
    throw badPlace(node.position, `${what} must be a text, not ${describe(node)}`);
  }
  return node.text.trim();
}

/** A whole number of at least `least`. */
export function wholeOf(node: YamlNode, what: string, least: number): number {
  const text = textOf(node, what);
  const value = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(value) || value < least) {
    throw badPlace(
      node.position,
      `${what} must be a whole number of at least ${least}, not "${text}"`,
    );
  }
  return value;
}

/** `true` or `false`, also as `on` and `off`, `yes` and `no`. */
export function booleanOf(node: YamlNode, what: string): boolean {
  const text = textOf(node, what).toLowerCase();
  if (["true", "on", "yes"].includes(text)) return true;
  if (["false", "off", "no"].includes(text)) return false;
  throw badPlace(node.position, `${what} must be true or false, not "${text}"`);
}

function describe(node: YamlNode): string {
  if (node.kind !== "scalar") return `a ${node.kind}`;
  return node.text === "" ? "nothing" : `"${node.text}"`;
}
