import { readDirectRoutes, type DirectRoute } from "./direct-route.ts";
import type { Section } from "./format/section.ts";
import { readInputStorage } from "./input-storage.ts";
import { readPluginName } from "./plugin-name.ts";
import type { Position } from "./position.ts";
import { madeEventTypes, type EventType } from "./routing/event-type.ts";
import { inputTagPatterns } from "./routing/input-tag-patterns.ts";
import type { TagPattern } from "./routing/tag-pattern.ts";
import type { ServiceSettings } from "./service.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import type { StorageType } from "./storage-type.ts";
import { parseBoolean } from "./values/boolean-value.ts";
import { lastProperty, lastSetting } from "./values/last-property.ts";
import { readSize } from "./values/size-value.ts";

/** An `[INPUT]` section, or the emitter that a filter creates for the records that it re-emits. */
export interface InputInstance {
  /** As in Fluent Bit's log, such as `tail.0`: the number counts all inputs. */
  readonly name: string;
  readonly alias: string | undefined;
  readonly plugin: string;
  readonly position: Position;
  /** The filter that created it, such as `rewrite_tag.0`; undefined for an `[INPUT]` section. */
  readonly createdBy: string | undefined;
  /** `Tag`, or the instance name; which tags chunks really have is in `tagPatterns`. */
  readonly tag: Setting<string>;
  readonly tagPatterns: readonly TagPattern[];
  /** What its chunks may hold; an output that does not take it gets nothing. */
  readonly eventTypes: readonly EventType[];
  readonly storageType: Setting<StorageType>;
  readonly pauseOnChunksOverlimit: Setting<boolean>;
  /** `mem_buf_limit` in bytes; 0 for none. */
  readonly memBufLimit: Setting<number>;
  /** Whether the plugin runs in a thread of its own without being told to. */
  readonly threadedByPlugin: boolean;
  /** False if its chunks are dropped instead of being routed (`routable off`). */
  readonly routable: boolean;
  /** Its `routes` (since v4.2). */
  readonly directRoutes: readonly DirectRoute[];
}

/** Plugins with the flag FLB_INPUT_THREADED, found in the sources; the first since v2.0, all to v5.1.1. */
const THREADED: ReadonlySet<string> = new Set([
  "event_test",
  "event_type",
  "gpu_metrics",
  "kubernetes_events",
  "node_exporter_metrics",
  "process_exporter_metrics",
  "prometheus_textfile",
]);

function readMemBufLimit(section: Section, { version }: SettingsContext): Setting<number> {
  const property = lastProperty([section], "mem_buf_limit");
  return property === undefined
    ? defaultSetting(0)
    : { value: readSize(property, version), position: property.position };
}

/**
 * Reads one `[INPUT]` section.
 *
 * @throws ConfigurationError if it has no name, or a storage setting that Fluent Bit refuses.
 */
export function readInput(
  section: Section,
  index: number,
  service: ServiceSettings,
  context: SettingsContext,
): InputInstance {
  const plugin = readPluginName(section);
  const name = `${plugin}.${index}`;
  const tag = lastSetting([section], "tag");
  const setting = (key: string): string | undefined => lastProperty([section], key)?.value;
  const routable = parseBoolean(lastProperty([section], "routable")?.value ?? "");
  return {
    name,
    alias: lastProperty([section], "alias")?.value,
    plugin,
    position: section.position,
    createdBy: undefined,
    tag: tag ?? defaultSetting(name),
    tagPatterns: inputTagPatterns({ plugin, name, tag: tag?.value, setting }, context.version),
    eventTypes: madeEventTypes(plugin, setting),
    ...readInputStorage(section, service, context),
    memBufLimit: readMemBufLimit(section, context),
    threadedByPlugin: THREADED.has(plugin),
    routable: routable !== false,
    directRoutes: readDirectRoutes(section),
  };
}
