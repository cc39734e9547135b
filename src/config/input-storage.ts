import { ConfigurationError } from "./configuration-error.ts";
import { commentHint } from "./inline-comment.ts";
import { featureSince, hasFeature } from "./engine-features.ts";
import type { Property, Section } from "./format/section.ts";
import type { ServiceSettings } from "./service.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import { isStorageType, type StorageType } from "./storage-type.ts";
import { parseBoolean } from "./values/boolean-value.ts";

/** How an input stores its chunks. */
interface InputStorage {
  readonly storageType: Setting<StorageType>;
  /** True only where it has an effect: with filesystem storage. */
  readonly pauseOnChunksOverlimit: Setting<boolean>;
}

/** The two settings while the lines of a section are read in order. */
interface StorageSoFar {
  type: Setting<StorageType> | undefined;
  pause: Setting<boolean>;
}

function readType(property: Property, state: StorageSoFar, { version }: SettingsContext): void {
  const value = property.value.toLowerCase();
  if (!isStorageType(value)) {
    throw new ConfigurationError(
      property.position,
      `expected storage.type to be filesystem, memory or memrb, found '${property.value}'.${commentHint(property.value)}`,
    );
  }
  state.type = { value, position: property.position };
  if (value !== "filesystem" && hasFeature(version, "pauseInAnyOrder")) {
    state.pause = defaultSetting(false);
  }
}

function readPause(
  property: Property,
  state: StorageSoFar,
  { version, warn }: SettingsContext,
): void {
  const { key, position } = property;
  const value = parseBoolean(property.value);
  if (!hasFeature(version, "pauseOnChunksOverlimit")) {
    warn(`${key} exists since v${featureSince("pauseOnChunksOverlimit")}.`, position);
  } else if (state.type?.value !== "filesystem" && !hasFeature(version, "pauseInAnyOrder")) {
    const since = featureSince("pauseInAnyOrder");
    warn(
      `${key} is ignored: before v${since} it counts only after storage.type filesystem.`,
      position,
    );
  } else if (value === undefined) {
    throw new ConfigurationError(
      position,
      `expected ${key} to be on or off, found '${property.value}'.${commentHint(property.value)}`,
    );
  } else {
    state.pause = { value, position };
  }
}

/**
 * Reads `storage.type` and `storage.pause_on_chunks_overlimit` of an input, in the order in which
 * they are written, as `flb_input.c::flb_input_set_property` does.
 *
 * @throws ConfigurationError for values that Fluent Bit refuses.
 */
export function readInputStorage(
  section: Section,
  service: ServiceSettings,
  context: SettingsContext,
): InputStorage {
  const state: StorageSoFar = { type: undefined, pause: defaultSetting(false) };
  for (const property of section.properties) {
    if (property.value !== "" && property.key === "storage.type") {
      readType(property, state, context);
    } else if (property.value !== "" && property.key === "storage.pause_on_chunks_overlimit") {
      readPause(property, state, context);
    }
  }
  const storageType = state.type ?? service.inheritedStorageType;
  if (state.pause.value && storageType.value !== "filesystem") {
    context.warn(
      "storage.pause_on_chunks_overlimit has no effect without storage.type filesystem.",
      state.pause.position,
    );
    return { storageType, pauseOnChunksOverlimit: defaultSetting(false) };
  }
  return { storageType, pauseOnChunksOverlimit: state.pause };
}
