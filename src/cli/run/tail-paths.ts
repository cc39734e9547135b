import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nodeConfigurationFiles } from "../../config/format/configuration-files.ts";
import { expandGlob } from "../../config/format/glob.ts";

const special = /[*?[]/;

/** True if this names one file, and not those that match a pattern: it has nothing special, or is there as it stands. */
export function isOnePath(path: string): boolean {
  return !special.test(path) || existsSync(path);
}

/** The absolute paths that paths and glob(3) patterns lead to now. */
export function tailPaths(paths: readonly string[]): readonly string[] {
  const found = paths.flatMap((path) =>
    isOnePath(path) ? [resolve(path)] : expandGlob(resolve(path), nodeConfigurationFiles),
  );
  return [...new Set(found)];
}
