import type { Command } from "commander";
import { UserError } from "../../errors/user-error.ts";

/** The option of each command that works on every system. */
export const systemOption: [string, string] = [
  "--system <name>",
  "the system whose releases are meant (default: fluent-bit)",
];

/**
 * Makes the system that a command is about known to this process and its threads. Where the command is about one release and
 * none is named, it is about the one that the system calls its usual one.
 *
 * @throws UserError if there is no such system
 */
export async function knowSystem(command: Command): Promise<void> {
  const name: unknown = command.getOptionValue("system");
  if (typeof name !== "string") return;
  if (command.getOptionValue("config") !== undefined) {
    throw new UserError("--config is about Fluent Bit; leave out --system");
  }
  const { loadReleases, systemVariable } = await import("../../compile/load-releases.ts");
  process.env[systemVariable] = name;
  const [release] = await loadReleases();
  if (release === undefined) throw new UserError(`the system ${name} has no release`);
  if (command.getOptionValueSource("release") === "default") {
    command.setOptionValueWithSource("release", release.system.usualRelease, "implied");
  }
}
