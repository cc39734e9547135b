import { ConfigurationError } from "../configuration-error.ts";
import type { ConfigurationWarning } from "../configuration-warning.ts";
import {
  containedFile,
  entryOf,
  type ContainedFile,
  type ContainedFiles,
} from "./contained-file.ts";
import type { YamlNode } from "./yaml-node.ts";

/** The parts of the chart's configuration, in the order in which its template puts them together. */
const PARTS = ["service", "inputs", "filters", "outputs"] as const;
const NEEDED: ReadonlySet<string> = new Set(["inputs", "outputs"]);

const TEMPLATE = /\{\{-?\s*(?<expression>[^{}]*?)\s*-?\}\}/gu;
const VALUE = /^\.Values\.(?<path>[\w.-]+)$/u;

/** `config` of the chart's values, or of a chart that has it as a part. */
function configOf(document: YamlNode): { values: YamlNode; config: YamlNode } | undefined {
  const candidates = [
    document,
    ...(document.kind === "map" ? document.entries.map(({ value }) => value) : []),
  ];
  for (const values of candidates) {
    const config = entryOf(values, "config");
    if (config !== undefined && PARTS.some((part) => entryOf(config, part)?.kind === "scalar")) {
      return { values, config };
    }
  }
  return undefined;
}

function valueAt(values: YamlNode, path: string): string | undefined {
  const found = path
    .split(".")
    .reduce<YamlNode | undefined>((node, key) => entryOf(node, key), values);
  return found?.kind === "scalar" ? found.text : undefined;
}

/** Replaces `{{ .Values.x }}` by what the same file says; other templates stay, with a note. */
function rendered(
  file: ContainedFile,
  values: YamlNode,
  note: (message: string) => void,
): ContainedFile {
  const text = file.text.replaceAll(TEMPLATE, (template, expression: string) => {
    const path = VALUE.exec(expression)?.groups?.["path"];
    const value = path === undefined ? undefined : valueAt(values, path);
    if (value !== undefined) return value;
    note(`the template '${template}' is taken as it stands; 'helm template' would replace it.`);
    return template;
  });
  return { ...file, text };
}

/**
 * The configuration in the values of the Helm chart: its parts are put together as the chart does.
 *
 * @returns undefined if the file has no such values
 * @throws ConfigurationError if inputs or outputs are left to the chart
 */
export function findHelmValues(
  file: string,
  documents: readonly YamlNode[],
): ContainedFiles | undefined {
  const [document] = documents;
  const found = document === undefined ? undefined : configOf(document);
  if (found === undefined) return undefined;
  const { values, config } = found;
  const notes: ConfigurationWarning[] = [];
  const note = (message: string): void => {
    notes.push({ message, position: config.position });
  };
  const parts: ContainedFile[] = [];
  for (const part of PARTS) {
    const node = entryOf(config, part);
    const contained = node === undefined ? undefined : containedFile(`config.${part}`, node);
    if (contained !== undefined && contained.text !== "") {
      parts.push(rendered(contained, values, note));
    } else if (NEEDED.has(part)) {
      throw new ConfigurationError(
        config.position,
        `these Helm values leave config.${part} to the chart; write out the whole: helm template RELEASE CHART -f ${file} > rendered.yaml`,
      );
    } else {
      note(`config.${part} is left to the chart, and was not read.`);
    }
  }
  const extra = entryOf(config, "extraFiles");
  const extraFiles =
    extra?.kind === "map"
      ? extra.entries.flatMap(({ key, value }) => containedFile(key, value) ?? [])
      : [];
  const main: ContainedFile = {
    name: "fluent-bit.conf",
    text: parts.map(({ name }) => `@INCLUDE ${name}\n`).join(""),
    line: 1,
  };
  return {
    main: main.name,
    files: [main, ...parts, ...extraFiles.map((one) => rendered(one, values, note))],
    notes,
  };
}
