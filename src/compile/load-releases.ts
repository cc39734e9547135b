import { readdir } from "node:fs/promises";
import { delimiter } from "node:path";
import type { Release } from "../../models/description.ts";
import { UserError } from "../errors/user-error.ts";
import { loadModelFile, readRelease } from "./model-file.ts";

/** Names model files from outside, as a list of paths: threads that prove see it, too. */
export const modelVariable = "UNSTUCK_MODEL";

async function ownReleases(): Promise<readonly Release[]> {
  const folder = new URL("../../models/releases/", import.meta.url);
  const ending = import.meta.url.endsWith(".ts") ? /(?<!\.d)\.ts$/ : /\.js$/;
  const files = (await readdir(folder)).filter((file) => ending.test(file));
  return Promise.all(
    files.map(async (file) =>
      readRelease(`models/releases/${file}`, await import(new URL(file, folder).href)),
    ),
  );
}

/**
 * Every release, from the oldest to the newest: each file of `models/releases` that exports one, and the model files that
 * the environment names (`--model` does so).
 *
 * @throws UserError if a file cannot be loaded, exports no release, or exports one whose name is taken
 */
export async function loadReleases(): Promise<readonly Release[]> {
  const releases = [...(await ownReleases())];
  const files = (process.env[modelVariable] ?? "").split(delimiter).filter((file) => file !== "");
  for (const file of files) {
    const release = await loadModelFile(file);
    if (releases.some(({ name }) => name === release.name)) {
      throw new UserError(`${file}: there is a release called ${release.name} already`);
    }
    releases.push(release);
  }
  return releases.sort((a, b) => a.order - b.order);
}
