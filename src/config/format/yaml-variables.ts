import { ConfigurationError } from "../configuration-error.ts";
import type { VariableDefinition } from "./configuration-format.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";

function textOf({ key, value }: YamlEntry): string {
  if (value.kind !== "scalar") {
    throw new ConfigurationError(value.position, `expected the variable '${key}' to be a text.`);
  }
  return value.text;
}

/** An item of the list form: `name` and `value` (or `uri`), or a single `NAME: value`. */
function readItem(item: YamlNode): readonly VariableDefinition[] {
  if (item.kind !== "map") {
    throw new ConfigurationError(item.position, "expected 'name' and 'value' in an item of 'env'.");
  }
  const entry = (key: string): YamlEntry | undefined =>
    item.entries.find((candidate) => candidate.key.toLowerCase() === key);
  const name = entry("name");
  const value = entry("value");
  if (name !== undefined) {
    return [
      {
        name: textOf(name),
        value: value === undefined ? "" : textOf(value),
        position: name.position,
      },
    ];
  }
  const single = item.entries.find(
    ({ key }) => !["value", "uri", "refresh_interval"].includes(key.toLowerCase()),
  );
  return single === undefined
    ? []
    : [{ name: single.key, value: textOf(single), position: single.position }];
}

/** The variables of YAML's `env`: a map, or since v5.0 a list (`flb_cf_yaml.c`). */
export function readYamlVariables(node: YamlNode): readonly VariableDefinition[] {
  switch (node.kind) {
    case "list":
      return node.items.flatMap(readItem);
    case "map":
      return node.entries.map((entry) => ({
        name: entry.key.trim(),
        value: textOf(entry).trim(),
        position: entry.position,
      }));
    case "scalar":
      if (node.text === "") {
        return [];
      }
      throw new ConfigurationError(node.position, "expected 'env' to be a map, 'NAME: value'.");
  }
}
