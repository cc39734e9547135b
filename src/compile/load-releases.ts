import { readdir } from "node:fs/promises";
import { delimiter } from "node:path";
import type { Release } from "../../models/description.ts";
import { UserError } from "../errors/user-error.ts";
import { loadModelFile, readRelease } from "./model-file.ts";
import { fluentBitSystem } from "../../models/fluent-bit-system.ts";

/** Names model files from outside, as a list of paths: threads that prove see it, too. */
export const modelVariable = "UNSTUCK_MODEL";

/** Names the system whose releases are meant: threads that prove see it, too. Without it, Fluent Bit is meant. */
export const systemVariable = "UNSTUCK_SYSTEM";

const models = new URL("../../models/", import.meta.url);

/** Where the releases of each system are: Fluent Bit's beside its machines, those of others in a folder of theirs. */
async function foldersOfSystems(): Promise<ReadonlyMap<string, string>> {
  const folders = new Map([[fluentBitSystem.name, "releases/"]]);
  for (const entry of await readdir(models, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const inside = await readdir(new URL(`${entry.name}/`, models));
    if (inside.includes("releases")) folders.set(entry.name, `${entry.name}/releases/`);
  }
  return folders;
}

async function ownReleases(name: string): Promise<readonly Release[]> {
  const folders = await foldersOfSystems();
  const path = folders.get(name);
  if (path === undefined) {
    const known = [...folders.keys()].join(", ");
    throw new UserError(`there is no system "${name}"; known systems are ${known}`);
  }
  const folder = new URL(path, models);
  const ending = import.meta.url.endsWith(".ts") ? /(?<!\.d)\.ts$/ : /\.js$/;
  const files = (await readdir(folder)).filter((file) => ending.test(file));
  return Promise.all(
    files.map(async (file) =>
      readRelease(`models/${path}${file}`, await import(new URL(file, folder).href)),
    ),
  );
}

function environment(name: string): string | undefined {
  return process.env[name];
}

/**
 * Every release of a system (`system`, or else the one that the environment names), from the oldest to the newest: each file of its folder of releases, and the model files. The
 * environment names the system and the model files; `--system` and `--model` do so.
 *
 * @throws UserError if there is no such system, or a file cannot be loaded, exports no release, or exports one whose name is taken
 */
export async function loadReleases(
  system = environment(systemVariable) ?? fluentBitSystem.name,
): Promise<readonly Release[]> {
  const releases = [...(await ownReleases(system))];
  const files = (environment(modelVariable) ?? "").split(delimiter).filter((file) => file !== "");
  for (const file of files) {
    const release = await loadModelFile(file);
    if (releases.some(({ name }) => name === release.name)) {
      throw new UserError(`${file}: there is a release called ${release.name} already`);
    }
    releases.push(release);
  }
  return releases.sort((a, b) => a.order - b.order);
}
