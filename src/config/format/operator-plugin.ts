import type { Position } from "../position.ts";
import { entryOf } from "./contained-file.ts";
import type { Property, Section } from "./section.ts";
import { translateYamlKey } from "./yaml-key.ts";
import type { YamlEntry, YamlNode } from "./yaml-node.ts";
import { flatten } from "./yaml-properties.ts";

/** What a plugin is called in Fluent Bit, where that is not the operator's field in snake case. */
const PLUGIN_NAMES: ReadonlyMap<string, string> = new Map([
  ["azureLogAnalytics", "azure"],
  ["cloudWatch", "cloudwatch_logs"],
  ["fluentBitMetrics", "fluentbit_metrics"],
  ["firehose", "kinesis_firehose"],
  ["influxDB", "influxdb"],
  ["kinesis", "kinesis_streams"],
  ["openTelemetry", "opentelemetry"],
  ["prometheusScrapeMetrics", "prometheus_scrape"],
]);

/** What a setting is called, where that is not the operator's field in snake case. */
const SETTING_NAMES: ReadonlyMap<string, string> = new Map([
  ["backlogMemLimit", "backlog.mem_limit"],
  ["emitterStorageType", "emitter_storage.type"],
  ["flushSeconds", "flush"],
  ["graceSeconds", "grace"],
  ["networking", "net"],
  ["parsersFiles", "parsers_file"],
  ["pauseOnChunksOverlimit", "storage.pause_on_chunks_overlimit"],
  ["rules", "rule"],
  ["storageType", "storage.type"],
  ["totalLimitSize", "storage.total_limit_size"],
]);

function settingName(field: string): string {
  return SETTING_NAMES.get(field) ?? translateYamlKey(field);
}

/** The settings of a map of the operator: a map within it has dotted keys. */
export function operatorSettings(node: YamlNode | undefined, prefix = ""): readonly Property[] {
  if (node?.kind !== "map") return [];
  return node.entries.flatMap(({ key, value }) => {
    const name = `${prefix}${settingName(key)}`;
    return value.kind === "map" ? operatorSettings(value, `${name}.`) : flatten(name, value);
  });
}

/** The lines of `customPlugin.config`: each has a key and a value. */
function customLines(text: string, file: string, firstLine: number): readonly Property[] {
  return text.split("\n").flatMap((line, index) => {
    const found = /^\s*(?<key>[^\s#]\S*)\s+(?<value>\S.*)$/u.exec(line)?.groups;
    const { key = "", value = "" } = found ?? {};
    return key === ""
      ? []
      : [
          {
            key: key.toLowerCase(),
            value: value.trim(),
            position: { file, line: firstLine + index },
          },
        ];
  });
}

/** What `customPlugin` has: lines of the classic format, or a map as in the YAML format. */
function customSettings(node: YamlNode): readonly Property[] {
  const config = entryOf(node, "config");
  const yaml = entryOf(node, "yamlConfig");
  return [
    ...(config?.kind === "scalar"
      ? customLines(config.text, config.position.file, config.textLine)
      : []),
    ...(yaml?.kind === "map"
      ? yaml.entries.flatMap((entry) => flatten(translateYamlKey(entry.key), entry.value))
      : []),
  ];
}

/** The plugins of a resource: its fields that are maps. */
function pluginsOf(spec: YamlNode): readonly YamlEntry[] {
  return spec.kind === "map" ? spec.entries.filter(({ value }) => value.kind === "map") : [];
}

/** What all plugins of a resource have in common: its fields that are texts. */
export function commonSettings(spec: YamlNode): readonly Property[] {
  return spec.kind === "map"
    ? spec.entries
        .filter(({ key, value }) => value.kind === "scalar" && key !== "ordinal")
        .flatMap(({ key, value }) => flatten(settingName(key), value))
    : [];
}

/**
 * The sections that the operator writes for one resource (`ClusterInput`, `ClusterOutput`), or for one item of
 * a `ClusterFilter`.
 *
 * @param common settings that stand outside of `spec`, as those of a filter's items do
 */
export function operatorPlugins(
  type: "input" | "filter" | "output",
  spec: YamlNode,
  common: readonly Property[] = [],
): readonly Section[] {
  const shared = [...common, ...commonSettings(spec)];
  return pluginsOf(spec).map(({ key, position, value }): Section => {
    const isCustom = key === "customPlugin";
    const named: readonly Property[] = isCustom
      ? []
      : [{ key: "name", value: PLUGIN_NAMES.get(key) ?? translateYamlKey(key), position }];
    const own = isCustom ? customSettings(value) : operatorSettings(value);
    return { type, name: type, position, properties: [...named, ...shared, ...own] };
  });
}

/** The output that the operator adds where nothing else takes what inputs make. */
export function nullOutput(position: Position): Section {
  return {
    type: "output",
    name: "output",
    position,
    properties: [
      { key: "name", value: "null", position },
      { key: "match", value: "*", position },
    ],
  };
}
