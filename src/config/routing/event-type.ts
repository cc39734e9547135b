import { isAtLeast, type FluentBitVersion } from "../version.ts";
import { parseBoolean } from "../values/boolean-value.ts";
import { fixedTag, type TagPattern } from "./tag-pattern.ts";

/** What a chunk holds. A task has no route to an output that does not take this. */
export type EventType = "logs" | "metrics" | "traces" | "profiles" | "blobs";

/** Another setting of the section. */
type ReadSetting = (key: string) => string | undefined;

type Since = readonly [major: number, minor: number, patch: number];

/** The types that an output takes, each with the first release in which it does. */
type TypesSince = Readonly<Partial<Record<EventType, Since>>>;

const FIRST: Since = [0, 0, 0];

/** Inputs that make something other than logs, and nothing but that. */
const METRICS_INPUTS: ReadonlySet<string> = new Set([
  "fluentbit_metrics",
  "gpu_metrics",
  "nginx_metrics",
  "node_exporter_metrics",
  "podman_metrics",
  "process_exporter_metrics",
  "prometheus_remote_write",
  "prometheus_scrape",
  "prometheus_textfile",
  "windows_exporter_metrics",
]);

/** What in_opentelemetry makes of what is sent to an address. */
const OPEN_TELEMETRY_TYPES: Readonly<Partial<Record<string, EventType>>> = {
  v1_logs: "logs",
  v1_metrics: "metrics",
  v1_traces: "traces",
  v1development_profiles: "profiles",
};

/** The `event_type` of output plugins, found in the sources at every release tag; all others take logs. */
const TAKEN_SINCE: Readonly<Partial<Record<string, TypesSince>>> = {
  azure_blob: { logs: FIRST, blobs: [3, 2, 0] },
  calyptia: { metrics: FIRST },
  cloudwatch_logs: { logs: FIRST, metrics: [3, 0, 0] },
  file: { logs: FIRST, metrics: FIRST },
  forward: { logs: FIRST, metrics: [1, 8, 5], traces: [2, 0, 0] },
  influxdb: { logs: FIRST, metrics: [1, 8, 2] },
  lib: { logs: FIRST, metrics: [2, 0, 0] },
  null: { logs: FIRST, metrics: [1, 9, 0] },
  opensearch: { logs: FIRST, traces: [2, 1, 0] },
  opentelemetry: { logs: [2, 0, 0], metrics: FIRST, traces: [2, 0, 0], profiles: [4, 0, 0] },
  prometheus_exporter: { metrics: FIRST },
  prometheus_remote_write: { metrics: FIRST },
  s3: { logs: FIRST, blobs: [4, 1, 0] },
  splunk: { logs: FIRST, metrics: [2, 0, 0] },
  stdout: {
    logs: FIRST,
    metrics: FIRST,
    traces: [2, 0, 1],
    profiles: [4, 0, 0],
    blobs: [3, 2, 0],
  },
  vivo_exporter: { logs: FIRST, metrics: FIRST, traces: FIRST },
};

/** out_kafka with `format otlp_json` or `otlp_proto` (`kafka_config.c`). */
const KAFKA_OTLP: TypesSince = { logs: FIRST, metrics: [5, 0, 1], traces: [5, 0, 1] };

const EVENT_TYPES: readonly EventType[] = ["logs", "metrics", "traces", "profiles", "blobs"];

/** Every type of event that an input may make. */
export function madeEventTypes(plugin: string, setting: ReadSetting): readonly EventType[] {
  if (METRICS_INPUTS.has(plugin)) {
    return ["metrics"];
  }
  switch (plugin) {
    case "forward":
      return ["logs", "metrics", "traces"];
    case "opentelemetry":
      return ["logs", "metrics", "traces", "profiles"];
    case "blob":
      return ["logs", "blobs"];
    case "statsd":
      return [parseBoolean(setting("metrics") ?? "off") === true ? "metrics" : "logs"];
    case "event_type":
      return [
        EVENT_TYPES.find((type) => type === (setting("type") ?? "logs").toLowerCase()) ?? "logs",
      ];
    default:
      return ["logs"];
  }
}

/** Of the types that an input makes, those that chunks with these tags may hold. */
export function eventTypesOfTags(
  plugin: string,
  made: readonly EventType[],
  tags: TagPattern,
): readonly EventType[] {
  const ofAddress =
    plugin === "opentelemetry" ? OPEN_TELEMETRY_TYPES[fixedTag(tags) ?? ""] : undefined;
  return ofAddress === undefined ? made : [ofAddress];
}

/**
 * Every type of event that an output takes. What it does not take, `Match` or not, gives no route
 * (`flb_router.h::flb_router_match_type`, `flb_task.c::flb_task_create`).
 */
export function takenEventTypes(
  plugin: string,
  setting: ReadSetting,
  version: FluentBitVersion,
): readonly EventType[] {
  const otlp = plugin === "kafka" && /^otlp_/iu.test(setting("format") ?? "");
  const since = otlp ? KAFKA_OTLP : (TAKEN_SINCE[plugin] ?? { logs: FIRST });
  return EVENT_TYPES.filter((type) => {
    const first = since[type];
    return first !== undefined && isAtLeast(version, ...first);
  });
}
