import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const repository = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "unstuck-copied-"));
const pageOf = (release: string): string => join(folder, `${release}.html`);

beforeAll(async () => {
  await writePage(pageOf("v3.0.4"), "check", "--release", "v3.0.4");
  await writePage(pageOf("published-fix"), "check", "--release", "published-fix");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the copy menu of a page offers, by what it is. */
async function copies(release: string, step: number): Promise<Readonly<Record<string, string>>> {
  const { page } = await open();
  await visit(page, `${pathToFileURL(pageOf(release)).href}#${step}`);
  await page.locator(".copy-menu summary").click();
  // The menu is made when it is opened.
  await page.locator(".copy").first().waitFor();
  const buttons = await page.locator(".copy").all();
  const pairs = await Promise.all(
    buttons.map(async (one): Promise<[string, string]> => [
      (await one.getAttribute("data-as")) ?? "",
      (await one.getAttribute("data-text")) ?? "",
    ]),
  );
  await page.close();
  return Object.fromEntries(pairs);
}

test("the run can be copied as a link, Markdown, both charts as Mermaid, and a test", async () => {
  const atEnd = await copies("v3.0.4", 6);
  expect(Object.keys(atEnd)).toEqual(["link", "markdown", "messages", "waits", "test"]);
  expect(atEnd["link"]).toMatch(/^file:.*v3\.0\.4\.html#.*6$/);
  const markdown = atEnd["markdown"] ?? "";
  expect(markdown).toMatch(/^\*\*Fluent Bit 3\.0\.4 can deadlock after one outage\.\*\*\n/);
  expect(markdown).toContain("\n6. `outputUp · output 0`: the output comes back\n");
  expect(markdown).toContain("```mermaid\nflowchart LR\n");
  expect(atEnd["messages"]).toMatch(/^sequenceDiagram\n/);
  expect(atEnd["messages"]).toContain("6 outputUp · output 0");
  expect(atEnd["waits"]).toContain('g0["chunk 0<br>on disk only');
  const before = await copies("v3.0.4", 2);
  expect(before["markdown"]).toMatch(/^\*\*A run of v3\.0\.4\.\*\*\n/);
  expect(before["messages"]).not.toContain("3 outputDown");
});

test("what is copied as a test passes outside this repository, and fails at another size", async () => {
  const text = (await copies("published-fix", 13))["test"] ?? "";
  expect(text).not.toContain("../");
  const project = join(folder, "project");
  const index = join(repository, "src/library/index.ts");
  mkdirSync(project);
  symlinkSync(join(repository, "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(project, "vitest.config.js"),
    `export default { resolve: { alias: { unstuck: ${JSON.stringify(index)} } } };\n`,
  );
  writeFileSync(join(project, "copied.test.ts"), text);
  writeFileSync(
    join(project, "changed.test.ts"),
    text.replace('"taskMapSize":1', '"taskMapSize":2'),
  );
  const ended = promisify(execFile)(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--maxWorkers", "1", "--reporter=json"],
    { cwd: project },
  );
  const { stdout } = await ended.catch((error: unknown) =>
    typeof error === "object" && error !== null && "stdout" in error
      ? { stdout: String(error.stdout) }
      : { stdout: "" },
  );
  expect(stdout).toContain('"numPassedTests":1,"numFailedTests":1');
});
