import { dirname, isAbsolute, posix } from "node:path";
import { ConfigurationError } from "../configuration-error.ts";
import type { Position } from "../position.ts";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { emptyConfigurationFormat, type ConfigurationFormat } from "./configuration-format.ts";
import { expandGlob } from "./glob.ts";
import { createFileOpener } from "./open-file.ts";
import { sectionType, type SectionType } from "./section.ts";
import { readYamlVariables } from "./yaml-variables.ts";
import { parseYaml, type YamlEntry, type YamlNode } from "./yaml-node.ts";
import { yamlProperties } from "./yaml-properties.ts";

function isEmpty(node: YamlNode): boolean {
  return node.kind === "scalar" && node.text === "";
}

function expectList(node: YamlNode, what: string): readonly YamlNode[] {
  if (isEmpty(node)) {
    return [];
  }
  if (node.kind !== "list") {
    throw new ConfigurationError(node.position, `expected ${what} to be a list ('- ...').`);
  }
  return node.items;
}

function expectMap(node: YamlNode, what: string): readonly YamlEntry[] {
  if (isEmpty(node)) {
    return [];
  }
  if (node.kind !== "map") {
    throw new ConfigurationError(node.position, `expected ${what} to be a map, 'key: value'.`);
  }
  return node.entries;
}

/** The sections of `inputs:`, `filters:`, `outputs:` or `customs:`: one for each list item. */
function readPluginList(
  type: SectionType,
  name: string,
  node: YamlNode,
  format: ConfigurationFormat,
): void {
  for (const item of expectList(node, `'${name}'`)) {
    format.sections.push({
      type,
      name,
      position: item.position,
      properties: yamlProperties(item, `an item of '${name}'`),
    });
  }
}

function readPipeline(node: YamlNode, format: ConfigurationFormat): void {
  for (const { key, position, value } of expectMap(node, "'pipeline'")) {
    const name = key.toLowerCase();
    if (name !== "inputs" && name !== "filters" && name !== "outputs") {
      throw new ConfigurationError(
        position,
        `expected 'inputs', 'filters' or 'outputs' in 'pipeline', found '${key}'.`,
      );
    }
    readPluginList(sectionType(name), name, value, format);
  }
}

/**
 * Reads the YAML format and the files that it includes, each relative to the file that includes it
 * (`flb_cf_yaml.c::read_config`, release v5.1.1).
 *
 * @throws ConfigurationError for bad YAML and for shapes that Fluent Bit refuses.
 */
export function readYamlFormat(mainFile: string, files: ConfigurationFiles): ConfigurationFormat {
  const format = emptyConfigurationFormat("yaml");
  const opener = createFileOpener(files);
  let service: Position | undefined;

  function include(node: YamlNode, from: string): void {
    for (const item of expectList(node, "'includes'")) {
      if (item.kind !== "scalar" || item.text === "") {
        throw new ConfigurationError(item.position, "expected a file name in 'includes'.");
      }
      const full = isAbsolute(item.text) ? item.text : posix.join(dirname(from), item.text);
      const found = item.text.includes("*") ? expandGlob(full, files) : [full];
      if (found.length === 0) {
        throw new ConfigurationError(
          item.position,
          `expected files to include at '${full}', found none.`,
        );
      }
      for (const file of found) {
        readFile(file, item.position);
      }
    }
  }

  function readService({ key, position, value }: YamlEntry): void {
    if (service !== undefined) {
      throw new ConfigurationError(
        position,
        `expected one 'service', but there is another in ${service.file} at line ${service.line}.`,
      );
    }
    service = position;
    const properties = yamlProperties(value, `'${key}'`);
    format.sections.push({ type: "service", name: key, position, properties });
  }

  function readTopLevel(entry: YamlEntry, from: string): void {
    switch (entry.key.toLowerCase()) {
      case "env":
        format.variables.push(...readYamlVariables(entry.value));
        break;
      case "includes":
        include(entry.value, from);
        break;
      case "service":
        readService(entry);
        break;
      case "pipeline":
        readPipeline(entry.value, format);
        break;
      case "customs":
        readPluginList("custom", entry.key, entry.value, format);
        break;
      default:
        format.sections.push({
          type: "other",
          name: entry.key,
          position: entry.position,
          properties: [],
        });
    }
  }

  function readFile(path: string, includedAt: Position | undefined): void {
    const file = opener.open(path, includedAt);
    format.files.push(path);
    for (const document of parseYaml(path, file.text)) {
      for (const entry of expectMap(document, "the file")) {
        readTopLevel(entry, path);
      }
    }
    file.close();
  }

  readFile(mainFile, undefined);
  return format;
}
