import { readFileSync } from "node:fs";

/** The version of the package that this file belongs to. */
export function version(): string {
  for (const up of ["../../", "../../../"]) {
    const file = new URL(`${up}package.json`, import.meta.url);
    try {
      const manifest: unknown = JSON.parse(readFileSync(file, "utf8"));
      if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
        return String(manifest.version);
      }
    } catch {
      // Built code lies one folder deeper than its source.
    }
  }
  return "unknown";
}
