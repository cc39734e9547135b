import { isAtLeast, type FluentBitVersion } from "../version.ts";
import { inputSettings } from "./input-settings.ts";
import { otherSettings } from "./other-settings.ts";
import { outputSettings } from "./output-settings.ts";
import { serviceSettings } from "./service-settings.ts";
import type { SettingPlace, SettingRow } from "./setting-row.ts";

/**
 * Every setting that the engine itself has, with what it means for the verdicts. Whatever else
 * stands in a section belongs to its plugin, and decides what is read or sent. To model a setting,
 * make its row `modelled`: nothing else hangs on it.
 */
export const settingsTable: readonly SettingRow[] = [
  ...serviceSettings,
  ...inputSettings,
  ...otherSettings,
  ...outputSettings,
];

/** Whether a version has a setting. */
export function versionHas(version: FluentBitVersion, { since }: SettingRow): boolean {
  return since === undefined || isAtLeast(version, ...since);
}

/** The row of a key, given in lower case; undefined for a plugin's own setting. */
export function settingRow(place: SettingPlace, key: string): SettingRow | undefined {
  const rows = settingsTable.filter((row) => row.place === place);
  return (
    rows.find((row) => row.key.toLowerCase() === key) ??
    rows.find((row) => row.key.endsWith(".") && key.startsWith(row.key.toLowerCase()))
  );
}
