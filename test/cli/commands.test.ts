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

  it.each(commands)("$name --help has examples and exit codes, in 80 columns", async ({ name }) => {
    const { out } = await run([name, "--help"]);
    const long = out.split("\n").filter((line) => line.length > 80);
    expect(long).toEqual([]);
    const examples = /^Examples:\n((?: {2}unstuck .*\n)+)/mu.exec(out)?.[1]?.trim().split("\n");
    expect(examples?.length).toBeGreaterThan(0);
    for (const example of examples ?? []) {
      const [, asked = "", ...words] = example.trim().split(" ");
      expect(commands.map((one) => one.name)).toContain(asked);
      const help = asked === name ? out : (await run([asked, "--help"])).out;
      for (const option of words.filter((word) => /^--./u.test(word))) {
        expect(help).toMatch(new RegExp(`(?:^|, ) *${option}\\b`, "mu"));
      }
    }
    expect(out).toMatch(/^Exit codes: 0 [^;]+.*; 2 bad input$/mu);
  });

  it("unstuck --help lists every command in a group, in 80 columns", async () => {
    const { out } = await run(["--help"]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out.match(/^[A-Z][^\n]*:$/gmu)).toEqual([
      "Options:",
      "Ask the model:",
      "The reference engine:",
      "Look at it:",
      "For other implementations and tools:",
      "Ask a real engine:",
      "Commands:",
    ]);
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
