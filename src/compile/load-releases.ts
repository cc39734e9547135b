import { readdir } from "node:fs/promises";
import type { Release } from "../../models/description.ts";
import { DescriptionError } from "../errors/description-error.ts";

function isRelease(value: unknown): value is Release {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "order" in value &&
    typeof value.order === "number" &&
    "describe" in value &&
    typeof value.describe === "function"
  );
}

/**
 * Every release, from the oldest to the newest: each file of `models/releases` that exports one. A fix candidate is
 * added by adding its file.
 *
 * @throws DescriptionError if a file there exports no release.
 */
export async function loadReleases(): Promise<readonly Release[]> {
  const folder = new URL("../../models/releases/", import.meta.url);
  const ending = import.meta.url.endsWith(".ts") ? /(?<!\.d)\.ts$/ : /\.js$/;
  const files = (await readdir(folder)).filter((file) => ending.test(file));
  const releases = await Promise.all(
    files.map(async (file) => {
      const loaded: unknown = await import(new URL(file, folder).href);
      const release =
        typeof loaded === "object" && loaded !== null && "release" in loaded
          ? loaded.release
          : null;
      if (!isRelease(release))
        throw new DescriptionError(`models/releases/${file} exports no release`);
      return release;
    }),
  );
  return releases.sort((a, b) => a.order - b.order);
}
