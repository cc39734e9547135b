import type { Warn } from "./configuration-warning.ts";
import type { FluentBitVersion } from "./version.ts";

/** What the reading of every section needs to know. */
export interface SettingsContext {
  readonly version: FluentBitVersion;
  readonly warn: Warn;
}
