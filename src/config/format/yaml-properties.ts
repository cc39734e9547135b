import { ConfigurationError } from "../configuration-error.ts";
import type { Property } from "./section.ts";
import { translateYamlKey } from "./yaml-key.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";

/**
 * Keys below a nested value: `processors.logs.name`. In `routes`, where items belong together, the
 * places in lists are kept: `routes.logs.0.to.outputs.1`.
 */
export function flatten(key: string, node: YamlNode): readonly Property[] {
  const numbered = key.startsWith("routes.");
  switch (node.kind) {
    case "scalar":
      return [{ key, value: node.text.trim(), position: node.position }];
    case "list":
      return node.items.flatMap((item, index) => flatten(numbered ? `${key}.${index}` : key, item));
    case "map":
      return node.entries.flatMap((entry) =>
        flatten(`${key}.${translateYamlKey(entry.key)}`, entry.value),
      );
  }
}

/** Settings that are maps themselves. */
const NESTED: ReadonlySet<string> = new Set(["processors", "routes", "telemetry"]);

function refuseMap({ key, value }: YamlEntry): void {
  if (value.kind === "map" && !NESTED.has(key)) {
    const inner = value.entries[0]?.key ?? "name";
    throw new ConfigurationError(
      value.position,
      `expected a text for '${key}', found a map; Fluent Bit wants one key, as in '${key}.${inner}: value'.`,
    );
  }
}

/**
 * The settings of one map. A list sets its key once for each item (`flb_config.c`).
 *
 * @throws ConfigurationError for a map within it, but for those few that Fluent Bit takes.
 */
export function yamlProperties(node: YamlNode, what: string): Property[] {
  if (node.kind === "scalar" && node.text === "") {
    return [];
  }
  if (node.kind !== "map") {
    throw new ConfigurationError(
      node.position,
      `expected ${what} to be a map of settings, 'key: value'.`,
    );
  }
  return node.entries.flatMap((entry) => {
    refuseMap(entry);
    return flatten(translateYamlKey(entry.key), entry.value);
  });
}
