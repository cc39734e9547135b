import { Command } from "commander";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { recordingTerminal, run } from "./recording-terminal.ts";

const source = new URL("../../src/", import.meta.url);

/** The files of src that a file loads before it runs, with those that they load. */
function loadedAtOnce(file: URL, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file.href)) return found;
  found.add(file.href);
  const imports = /^(?:import|export)\s(?!type\b)[^;]*?from\s+"(\.[^"]+)";/gmu;
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(imports)) {
    loadedAtOnce(new URL(path, file), found);
  }
  return found;
}

/** The folders of src from which a file of the command line loads something before it runs. */
function foldersOf(file: string): readonly string[] {
  const loaded = loadedAtOnce(new URL(file, source));
  const folders = [...loaded].map((href) => href.replace(source.href, "").split("/")[0] ?? "");
  return [...new Set(folders)].toSorted();
}

describe("the list of commands", () => {
  it.each(commands)("$name declares the arguments that the list shows", async (entry) => {
    const whole = new Command(entry.name);
    (await entry.load())(whole, recordingTerminal(), () => undefined);
    const listed = new Command(entry.name);
    if (entry.usage !== undefined) listed.arguments(entry.usage);
    const terms = (command: Command): readonly [string, boolean, boolean][] =>
      command.registeredArguments.map((one) => [one.name(), one.required, one.variadic]);
    expect(terms(whole)).toEqual(terms(listed));
    expect(whole.description()).toBe("");
  });

  it("shows options of the command that is asked for, by either way to ask", async () => {
    const asked = await run(["chart", "--help"]);
    expect(asked.out).toContain("--mermaid");
    expect(await run(["help", "chart"])).toEqual(asked);
  });

  it("loads nothing of the model for --version and --help", () => {
    expect(foldersOf("cli/run/run-process.ts")).toEqual(["cli", "errors", "report"]);
  });

  it("finds the files that a command loads at once", () => {
    expect(fileURLToPath(source)).toMatch(/src\/$/u);
    expect(foldersOf("cli/prove/prove-command.ts")).toContain("prove");
  });

  it("check of a scope loads neither configurations nor the prover", () => {
    const folders = foldersOf("cli/check/check-command.ts");
    for (const heavy of ["config", "prove", "diagnose", "engine"]) {
      expect(folders).not.toContain(heavy);
    }
  });
});
