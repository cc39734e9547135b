import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exploreScope } from "../../src/cli/explore/explore-scope.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-axe-"));
let explorer: LocalServer | undefined;
const address = (name: string, hash = ""): string =>
  pathToFileURL(join(folder, `${name}.html`)).href + hash;

beforeAll(async () => {
  await writePage(join(folder, "v3.0.4.html"), "check", "--release", "v3.0.4");
  const small = ["--tasks", "8", "--max-chunks-up", "8", "--tags", "12"];
  const story = ["--phases", "healthy 10s, outage 30s, drain 1m"];
  await writePage(join(folder, "simulation.html"), "simulate", ...small, ...story);
  explorer = await exploreScope({ release: "v3.0.4", set: [], port: 0 }, recordingTerminal());
});
afterAll(async () => {
  await explorer?.close();
  rmSync(folder, { recursive: true });
});

/** What axe-core finds wrong with a page: the rule and the elements. */
function violationsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))))`,
  );
}

/** Targets that are smaller than they should be; links within a sentence may be as high as their line. */
function smallTargets(page: Page, least: number): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(
    `[...document.querySelectorAll("button, summary, select, [role=slider]")]
      .filter((one) => one.checkVisibility() && !one.matches(".skip"))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, { height }]) => height > 0 && height < ${least})
      .map(([one, { height }]) => one.className + " " + one.textContent.slice(0, 20) + ": " + height)`,
  );
}

const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "a counterexample, at first": (page) => visit(page, address("v3.0.4")),
  "a counterexample, at its end": (page) => visit(page, address("v3.0.4", "#6")),
  "a simulation": (page) => visit(page, address("simulation")),
  "a state space": async (page) => {
    await visit(page, explorer?.url ?? "");
    await page.locator(".reach", { hasText: "can still be reached" }).waitFor();
  },
};

test.each(Object.keys(views))(
  "%s: axe-core finds nothing wrong, narrow or wide, light or dark; targets can be hit",
  async (name) => {
    const { page, complaints, strangers } = await open();
    await views[name]?.(page);
    await page.evaluate(axe.source);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page), `${width} ${colorScheme}`).toEqual([]);
      }
      expect(await smallTargets(page, width === 390 ? 44 : 24), String(width)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  },
);

test("what axe-core would find is found", async () => {
  const { page } = await open();
  await visit(page, address("simulation"));
  await page.evaluate(axe.source);
  await page.evaluate(`document.querySelector("footer input").removeAttribute("aria-label")`);
  expect(await violationsOf(page)).toEqual(["label: input"]);
});
