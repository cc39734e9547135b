import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { exploreScope } from "../../src/cli/explore/explore-scope.ts";
import { inspectScope } from "../../src/cli/explore/inspect-scope.ts";
import type { Inspector } from "../../src/inspect/serve/inspect-server.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

// `npm run screenshots` writes the pictures that the documentation shows; a plain test run makes them elsewhere.
const committed = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "unstuck-screenshots-"));
const target = process.env["WRITE_SCREENSHOTS"] === "1" ? committed : temporary;
const open = useBrowser();

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

async function viewerOf(release: string): Promise<string> {
  const file = join(temporary, `${release}.html`);
  await writePage(file, "check", "--release", release);
  return pathToFileURL(file).href;
}

async function take(page: Page, name: string): Promise<void> {
  mkdirSync(target, { recursive: true });
  const picture = await page.screenshot({ path: join(target, `${name}.png`) });
  expect(picture.length, `${name} is small`).toBeLessThan(300_000);
  expect(existsSync(join(committed, `${name}.png`)), `docs/screenshots/${name}.png exists`).toBe(
    true,
  );
}

function explorer(): Promise<LocalServer> {
  return exploreScope({ release: "v3.0.4", set: [], port: 0 }, recordingTerminal());
}

/** The counterexample of v3.0.4, some steps on. */
async function played(counterexample: string, steps: number): Promise<Inspector> {
  const asked = { release: "v3.0.4", set: [], pace: 1, port: 0, allowOrigin: [] };
  const inspector = await inspectScope({ ...asked, counterexample }, recordingTerminal());
  for (let step = 0; step < steps; step++) inspector.run.step();
  return inspector;
}

const pictures: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  deadlock: async (page) => {
    await visit(page, await viewerOf("v3.0.4"));
    await page.keyboard.press("End");
  },
  "deadlock-dark": async (page) => {
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await visit(page, `${await viewerOf("v3.0.4")}#5`);
  },
  "published-fix": async (page) => {
    await visit(page, `${await viewerOf("published-fix")}#8`);
  },
  "side-by-side": async (page) => {
    await visit(page, await viewerOf("published-fix"));
    await page.keyboard.press("End");
    const unfold = page.locator(".unfold");
    if (await unfold.isVisible()) await unfold.click();
    await page.locator("select.compare").selectOption({ label: "corrected-fix" });
    if (await unfold.isVisible()) await unfold.click();
  },
  explore: async (page) => {
    const server = await explorer();
    await visit(page, server.url);
    for (const key of ["ingest.c0.m0", "dispatch.c0", "outputDown.o0", "flushRetry.c0.o0"]) {
      await page.locator(`[data-action='${key}']`).click();
    }
    await page.getByText("recovery is impossible").first().waitFor();
    await server.close();
  },
  "explore-loop": async (page) => {
    const server = await explorer();
    await visit(page, `${server.url}#v3.0.4/one-output/noStarvation/4`);
    await page.getByText("goes on round the loop").waitFor();
    await server.close();
  },
  endless: async (page) => {
    await visit(page, `${await viewerOf("v3.0.4")}#v3.0.4/one-output/noStarvation/4`);
  },
  simulation: async (page) => {
    const file = join(temporary, "simulation.html");
    const story = "healthy 1m, outage 5m, healthy 10m";
    if (!existsSync(file)) {
      await writePage(file, "simulate", "--phases", story);
    }
    await visit(page, pathToFileURL(file).href);
  },
  inspect: async (page) => {
    const inspector = await played("neverStuck", 6);
    await visit(page, inspector.url);
    await page.locator(".sequence .to-right").first().waitFor();
    await page.evaluate("document.querySelector('.sequence').scrollIntoView()");
    await inspector.close();
  },
  "inspect-loop": async (page) => {
    const inspector = await played("noStarvation", 9);
    await visit(page, inspector.url);
    await page.locator("[data-step='9'][aria-current=step]").waitFor();
    page.once("close", () => void inspector.close());
  },
};

test.each(
  Object.keys(pictures).flatMap((name) => [1280, 390].map((width) => [name, width] as const)),
)("the picture %s at %d pixels", async (name, width) => {
  const { page, complaints } = await open(width);
  if (width === 390) await page.setViewportSize({ width, height: 1200 });
  await pictures[name]?.(page);
  await page.evaluate("document.fonts.ready");
  await take(page, `${name}-${width}`);
  const lost = complaints.filter((words) => !words.includes("WebSocket"));
  expect(lost).toEqual([]);
  await page.close();
});

test("there is no picture that nothing makes", () => {
  const made = Object.keys(pictures).flatMap((name) => [`${name}-1280.png`, `${name}-390.png`]);
  expect(readdirSync(committed).sort()).toEqual(made.sort());
});
