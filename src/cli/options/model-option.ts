import type { Command } from "commander";
import { delimiter } from "node:path";
import { collect } from "./option-values.ts";

/** The option of each command that knows releases: a candidate from outside takes part as a release does. */
export const modelOption: [string, string, typeof collect, string[]] = [
  "--model <file>",
  "JavaScript that exports a release of yours; in the place of --release, or to be named (repeatable)",
  collect,
  [],
];

/**
 * Makes the releases of model files known to this process and its threads. Where a command is about one release and none is
 * named, it is about the last of them.
 *
 * @throws UserError if a file cannot be loaded or exports no release
 */
export async function knowModels(command: Command): Promise<void> {
  const files: unknown = command.getOptionValue("model");
  if (!Array.isArray(files) || files.length === 0) return;
  const { modelVariable } = await import("../../compile/load-releases.ts");
  const { loadModelFile } = await import("../../compile/model-file.ts");
  const known = await Promise.all(files.map((file) => loadModelFile(String(file))));
  process.env[modelVariable] = files.join(delimiter);
  const takesRelease = command.options.some(({ long }) => long === "--release");
  const isNamed = command.getOptionValueSource("release") === "cli";
  const last = known.at(-1);
  if (!takesRelease || isNamed || last === undefined) return;
  if (command.getOptionValue("config") !== undefined) return;
  const value = Array.isArray(command.getOptionValue("release")) ? [last.name] : last.name;
  command.setOptionValueWithSource("release", value, "cli");
}
