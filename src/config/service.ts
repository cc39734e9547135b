import type { Section } from "./format/section.ts";
import { hasFeature, featureSince, type EngineFeature } from "./engine-features.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import { isStorageType, type StorageType } from "./storage-type.ts";
import { lastProperty } from "./values/last-property.ts";
import { parseBoolean } from "./values/boolean-value.ts";
import { parseSize } from "./values/size-value.ts";
import { readNumber } from "./values/number-value.ts";

/** The `[SERVICE]` settings that the life of a chunk depends on. */
export interface ServiceSettings {
  /** Seconds between two flushes; may be a fraction. */
  readonly flush: Setting<number>;
  /** Seconds that a shutdown waits for tasks. */
  readonly grace: Setting<number>;
  /** Seconds, the lower bound of the first retry's delay. */
  readonly schedulerBase: Setting<number>;
  /** Seconds, the upper bound of a retry's delay. */
  readonly schedulerCap: Setting<number>;
  /** Undefined where neither the files nor the command line name one. */
  readonly storagePath: Setting<string | undefined>;
  /** Chunks that may be in memory, at least 1. */
  readonly maxChunksUp: Setting<number>;
  /** `storage.backlog.mem_limit` in bytes; with 0, chunks of an earlier run are never queued. */
  readonly backlogMemLimit: Setting<number>;
  /** `storage.backlog.flush_on_shutdown`, where the version has it. */
  readonly flushBacklogOnShutdown: Setting<boolean>;
  /** `storage.keep.rejected`, where the version has it. */
  readonly keepRejected: Setting<boolean>;
  /** `hot_reload`, where the version has it, with a reload that waits without end. */
  readonly hotReload: Setting<boolean>;
  /** The storage type of inputs that name none: `memory`, unless `storage.inherit` is on. */
  readonly inheritedStorageType: Setting<StorageType>;
}

/** `FLB_STORAGE_MAX_CHUNKS_UP`, also used when the setting is 0. */
const DEFAULT_MAX_CHUNKS_UP = 128;

function readDefaultedNumber(
  sections: readonly Section[],
  key: string,
  defaultValue: number,
  integer: boolean,
  { warn }: SettingsContext,
): Setting<number> {
  const property = lastProperty(sections, key);
  return property === undefined
    ? defaultSetting(defaultValue)
    : readNumber(property, { integer, minimum: 0 }, warn);
}

function readMaxChunksUp(sections: readonly Section[], context: SettingsContext): Setting<number> {
  const key = "storage.max_chunks_up";
  const setting = readDefaultedNumber(sections, key, DEFAULT_MAX_CHUNKS_UP, true, context);
  if (setting.position !== undefined && !hasFeature(context.version, "maxChunksUp")) {
    context.warn(`${key} exists since v${featureSince("maxChunksUp")}.`, setting.position);
  }
  if (setting.value > 0) {
    return setting;
  }
  context.warn(`Fluent Bit takes its default, ${DEFAULT_MAX_CHUNKS_UP}, for 0.`, setting.position);
  return { ...setting, value: DEFAULT_MAX_CHUNKS_UP };
}

/** `flb_storage.c::flb_storage_input_create`, since v4.0.4. */
function readInheritedStorageType(
  sections: readonly Section[],
  { version, warn }: SettingsContext,
): Setting<StorageType> {
  const memory = defaultSetting<StorageType>("memory");
  const type = lastProperty(sections, "storage.type");
  const inherit = lastProperty(sections, "storage.inherit");
  if (type === undefined) {
    if (inherit !== undefined) {
      warn("storage.inherit has no effect without storage.type in [SERVICE].", inherit.position);
    }
    return memory;
  }
  if (!hasFeature(version, "storageInherit")) {
    const since = featureSince("storageInherit");
    warn(`storage.type in [SERVICE] has no effect before Fluent Bit ${since}.`, type.position);
    return memory;
  }
  if (inherit === undefined || parseBoolean(inherit.value) !== true) {
    warn("storage.type in [SERVICE] has no effect without storage.inherit on.", type.position);
    return memory;
  }
  const value = type.value.toLowerCase();
  if (!isStorageType(value)) {
    warn(`Fluent Bit takes memory for the storage.type '${type.value}'.`, type.position);
    return memory;
  }
  return { value, position: type.position };
}

/** `FLB_STORAGE_BL_MEM_LIMIT`. */
const DEFAULT_BACKLOG_MEM_LIMIT = 5_000_000;

function readSwitch(
  sections: readonly Section[],
  key: string,
  feature: EngineFeature,
  { version }: SettingsContext,
): Setting<boolean> {
  const property = lastProperty(sections, key);
  return property === undefined || !hasFeature(version, feature)
    ? defaultSetting(false)
    : { value: parseBoolean(property.value) === true, position: property.position };
}

/** A reload has no grace time while it ensures thread safety (`flb_reload.c::flb_reload`). */
function readHotReload(sections: readonly Section[], context: SettingsContext): Setting<boolean> {
  const safety = lastProperty(sections, "hot_reload.ensure_thread_safety");
  const reload = readSwitch(sections, "hot_reload", "hotReload", context);
  return safety !== undefined && parseBoolean(safety.value) === false
    ? { ...reload, value: false }
    : reload;
}

function readBacklogLimit(
  sections: readonly Section[],
  { version }: SettingsContext,
): Setting<number> {
  const property = lastProperty(sections, "storage.backlog.mem_limit");
  const value = property === undefined ? undefined : parseSize(property.value, version);
  return property === undefined || value === undefined
    ? defaultSetting(DEFAULT_BACKLOG_MEM_LIMIT)
    : { value, position: property.position };
}

/**
 * Reads all `[SERVICE]` sections as one, the last value of a key wins
 * (`flb_config.c::flb_config_set_property`).
 *
 * @param givenPath the storage path of the command line, used where the files have none
 * @throws ConfigurationError for numbers that are none, or negative.
 */
export function readService(
  sections: readonly Section[],
  givenPath: string | undefined,
  context: SettingsContext,
): ServiceSettings {
  const number = (key: string, defaultValue: number, integer: boolean): Setting<number> =>
    readDefaultedNumber(sections, key, defaultValue, integer, context);
  const path = lastProperty(sections, "storage.path");
  return {
    flush: number("flush", 1, false),
    grace: number("grace", 5, true),
    schedulerBase: number("scheduler.base", 5, true),
    schedulerCap: number("scheduler.cap", 2000, true),
    storagePath:
      path === undefined
        ? defaultSetting(givenPath)
        : { value: path.value, position: path.position },
    maxChunksUp: readMaxChunksUp(sections, context),
    backlogMemLimit: readBacklogLimit(sections, context),
    flushBacklogOnShutdown: readSwitch(
      sections,
      "storage.backlog.flush_on_shutdown",
      "flushBacklogOnShutdown",
      context,
    ),
    keepRejected: readSwitch(sections, "storage.keep.rejected", "deadLetters", context),
    hotReload: readHotReload(sections, context),
    inheritedStorageType: readInheritedStorageType(sections, context),
  };
}
