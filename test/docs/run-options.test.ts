import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { run } from "../cli/recording-terminal.ts";

it("docs/run.md has every option of unstuck run, and no other", async () => {
  const page = await readFile(new URL("../../docs/run.md", import.meta.url), "utf8");
  const { out } = await run(["run", "--help"]);
  const offered = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
  const told = [...page.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option);
  expect(offered.length).toBeGreaterThan(15);
  expect(told.sort()).toEqual(offered.sort());
});
