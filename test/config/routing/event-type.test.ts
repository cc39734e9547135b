import { describe, expect, it } from "vitest";
import {
  eventTypesOfTags,
  madeEventTypes,
  takenEventTypes,
} from "../../../src/config/routing/event-type.ts";
import { ANY_TEXT } from "../../../src/config/routing/tag-pattern.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../../../src/config/version.ts";
import { readClassic } from "../read-text.ts";

function reading(settings: Readonly<Record<string, string>>) {
  return (key: string): string | undefined => settings[key];
}

function taken(
  plugin: string,
  version = NEWEST_KNOWN_VERSION.text,
  settings: Readonly<Record<string, string>> = {},
): readonly string[] {
  const read = parseFluentBitVersion(version) ?? NEWEST_KNOWN_VERSION;
  return takenEventTypes(plugin, reading(settings), read);
}

describe("the types of events", () => {
  it.each([
    ["tail", {}, ["logs"]],
    ["node_exporter_metrics", {}, ["metrics"]],
    ["statsd", {}, ["logs"]],
    ["statsd", { metrics: "On" }, ["metrics"]],
    ["event_type", { type: "Traces" }, ["traces"]],
    ["forward", {}, ["logs", "metrics", "traces"]],
  ])("that %s makes with %o are %j", (plugin, settings, expected) => {
    expect(madeEventTypes(plugin, reading(settings))).toEqual(expected);
  });

  it("that opentelemetry makes go by the address", () => {
    const made = madeEventTypes("opentelemetry", reading({}));
    expect(eventTypesOfTags("opentelemetry", made, ["v1_metrics"])).toEqual(["metrics"]);
    expect(eventTypesOfTags("opentelemetry", made, ["own"])).toEqual(made);
    expect(eventTypesOfTags("opentelemetry", made, [ANY_TEXT])).toEqual(made);
    expect(eventTypesOfTags("tail", ["logs"], ["v1_metrics"])).toEqual(["logs"]);
  });

  it.each([
    ["http", "5.1.1", ["logs"]],
    ["no_such_plugin", "5.1.1", ["logs"]],
    ["prometheus_exporter", "3.0.4", ["metrics"]],
    ["opentelemetry", "1.9.10", ["metrics"]],
    ["opentelemetry", "5.1.1", ["logs", "metrics", "traces", "profiles"]],
    ["splunk", "1.9.10", ["logs"]],
    ["splunk", "2.0.0", ["logs", "metrics"]],
  ])("that %s takes in v%s are %j", (plugin, version, expected) => {
    expect(taken(plugin, version)).toEqual(expected);
  });

  it("that kafka takes depend on its format", () => {
    expect(taken("kafka")).toEqual(["logs"]);
    expect(taken("kafka", "5.1.1", { format: "OTLP_JSON" })).toEqual(["logs", "metrics", "traces"]);
  });

  it("keep logs from an output for metrics, although it matches them", () => {
    const { filesystem, inputs } = readClassic(`
[SERVICE]
  storage.path /b
[INPUT]
  Name tail
  Tag a
  storage.type filesystem
[INPUT]
  Name fluentbit_metrics
  Tag b
[OUTPUT]
  Name es
  Match *
[OUTPUT]
  Name prometheus_exporter
  Match *
[OUTPUT]
  Name stdout
  Match b
`);
    expect(inputs.map(({ routes }) => routes.masks)).toEqual([[[0]], [[1, 2]]]);
    expect(filesystem).toMatchObject({ outputs: [{ name: "es.0" }], routing: "all" });
  });
});
