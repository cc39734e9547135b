import type { ConfigurationWarning } from "./configuration-warning.ts";
import type { EngineOfVersion } from "./engine-features.ts";
import type { RoutedInput } from "./input-routes.ts";
import type { OutputInstance } from "./output-instance.ts";
import type { ServiceSettings } from "./service.ts";
import type { SettingInUse } from "./settings/setting-in-use.ts";
import type { Traffic } from "./traffic.ts";
import type { FluentBitVersion } from "./version.ts";

/** A configuration as one version of Fluent Bit reads it. */
export interface FluentBitConfiguration {
  /** The main file, as it was named. */
  readonly file: string;
  readonly format: "classic" | "yaml";
  /** Every file that was read, the main one first. */
  readonly files: readonly string[];
  readonly version: FluentBitVersion;
  readonly engine: EngineOfVersion;
  readonly service: ServiceSettings;
  /** `[INPUT]` sections in file order, then the emitters of filters. */
  readonly inputs: readonly RoutedInput[];
  /** `[OUTPUT]` sections in file order. */
  readonly outputs: readonly OutputInstance[];
  /** Chunks with a file. */
  readonly filesystem: Traffic;
  /** Chunks without. */
  readonly memory: Traffic;
  /** Settings outside the model that are about the life of chunks. */
  readonly settings: readonly SettingInUse[];
  readonly warnings: readonly ConfigurationWarning[];
}
