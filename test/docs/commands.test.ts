import { readFile, readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { style } from "../../src/report/style.ts";

const root = new URL("../../", import.meta.url);
const pages = [
  "README.md",
  ...(await readdir(new URL("docs/", root)))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** The `npx unstuck check …`, `replay …` and `diagnose …` lines of a page's shell blocks that need no file of the reader's own. */
async function commandsOf(page: string): Promise<readonly string[]> {
  const text = await readFile(new URL(page, root), "utf8");
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter(
      (line) =>
        /^npx unstuck (check|replay|diagnose)\b/.test(line) && !/--(config|html)/.test(line),
    );
}

const commands = (
  await Promise.all(pages.map(async (page) => (await commandsOf(page)).map((line) => [page, line])))
).flat();

describe("commands in README and docs", () => {
  it("are found", () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each(commands)("%s: %s runs", async (_, line = "") => {
    const complaints: string[] = [];
    const printed: string[] = [];
    const exit = await runCommandLine(line.split(" ").slice(2), {
      out: (text) => printed.push(text),
      err: (text) => complaints.push(text),
      style: style(false),
      width: Number.POSITIVE_INFINITY,
      showsProgress: false,
    });
    expect(complaints).toEqual([]);
    expect([0, 1]).toContain(exit);
    expect(printed.join("")).toMatch(/holds|pinned|agree|stuck/);
  });
});
