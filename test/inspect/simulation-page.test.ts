import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { releases } from "../../src/engine/releases/catalogue.ts";
import { overflowOf, useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-simulation-"));
const fileOf = (name: string): string => join(folder, `${name}.html`);
const address = (name: string, hash = ""): string => pathToFileURL(fileOf(name)).href + hash;
const small = [
  ...["--tasks", "8", "--max-chunks-up", "8", "--tags", "12", "--flush", "0.5"],
  ...["--scheduler-base", "1", "--scheduler-cap", "2"],
  ...["--phases", "healthy 10s, outage 30s, healthy 1m, drain 30s"],
];

async function write(name: string, ...words: readonly string[]): Promise<void> {
  expect(await writePage(fileOf(name), "simulate", ...small, ...words)).toBe("");
}

beforeAll(async () => {
  await write("two");
  const all = releases.flatMap(({ name }) => ["--release", name]);
  await write("all", ...all, "--sample-every", "0.1", "--log-level", "debug");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const moment = (page: Page): Promise<string> => page.locator(".moment b").innerText();
const gauges = (page: Page, release: string): Promise<string> =>
  page.locator(`[data-release='${release}'] .gauges`).innerText();

test("a page of every release, sampled finely, is one file below 300 kB", () => {
  expect(statSync(fileOf("two")).size).toBeLessThan(300_000);
  expect(statSync(fileOf("all")).size).toBeLessThan(300_000);
});

test("the page opens where v3.0.4 gets stuck, and one can go through time with the keyboard", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, address("two"));
  expect(await page.locator(".mark.violation").innerText()).toContain("v3.0.4: stuck since 12s");
  expect(await moment(page)).toBe("12s");
  expect(await gauges(page, "v3.0.4")).toContain("8/8 full");
  await page.keyboard.press("Home");
  expect(await moment(page)).toBe("1s");
  await page.keyboard.press("End");
  expect(await moment(page)).toBe("2m10s");
  expect(await gauges(page, "v3.0.4")).toMatch(/tasks\s+8\/8 full/);
  expect(await gauges(page, "hardened-fix")).toMatch(/tasks\s+0\/8/);
  expect(await page.locator("[data-release='v3.0.4'] .log").innerText()).toMatch(
    /[1-9]\d* × .*re-schedule retry=/,
  );
  expect(await page.locator("[data-release='hardened-fix'] .log").innerText()).toContain(
    "Nothing.",
  );
  await page.keyboard.press("ArrowLeft");
  expect(page.url()).toMatch(/#2m9s$/);
  await page.getByLabel("Moment", { exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  expect(page.url()).toMatch(/#2m10s$/);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test("what is true now and what is true at the end are told apart, and only what is stuck is red", async () => {
  const { page } = await open();
  await visit(page, address("two", "#9s"));
  const now = (release: string): Locator => page.locator(`[data-release='${release}'] .now`);
  const end = (release: string): Locator => page.locator(`[data-release='${release}'] .end`);
  const red = "getComputedStyle(document.documentElement).getPropertyValue('--bad')";
  const reds = `[...document.querySelectorAll(".run, .run *, .phase")].filter((one) => { const probe = document.createElement("i"); probe.style.color = "var(--bad)"; document.body.append(probe); const bad = getComputedStyle(probe).color; probe.remove(); return getComputedStyle(one).color === bad; }).map((one) => one.closest(".run")?.dataset.release + " " + one.className)`;
  expect(await page.evaluate(red)).not.toBe("");
  expect(await now("v3.0.4").innerText()).toMatch(/^Now: \d+ delivered$/);
  expect(await gauges(page, "hardened-fix")).toContain("full");
  const before = await page.evaluate<readonly string[]>(reds);
  expect(new Set(before.map((one) => one.split(" ")[0]))).toEqual(new Set(["v3.0.4"]));
  expect(before.filter((one) => one.includes("now") || one.includes("gauge"))).toEqual([]);
  for (const release of ["v3.0.4", "hardened-fix"]) {
    expect(await end(release).innerText()).toMatch(/^At the end, 2m10s: /);
  }
  expect(await end("v3.0.4").innerText()).toMatch(/records still in the queue; stuck since 12s$/);
  expect(await end("hardened-fix").innerText()).toContain("nothing is left in the queue");
  await visit(page, address("two", "#30s"));
  expect(await now("v3.0.4").innerText()).toBe("Now: stuck since 12s");
  expect(await now("hardened-fix").innerText()).toBe(
    "Now: the output is down: nothing delivered, and chunks wait",
  );
  expect(await page.locator("[data-release='hardened-fix'] .gauge.full").count()).toBeGreaterThan(
    0,
  );
  const after = await page.evaluate<readonly string[]>(reds);
  expect(after.some((one) => one.includes("now"))).toBe(true);
  expect(new Set(after.map((one) => one.split(" ")[0]))).toEqual(new Set(["v3.0.4"]));
});

test.each([
  ["#1m1.5s", "1m2s", ""],
  ["#120", "12s", '"120" in the address is no time such as 12s.'],
  ["#%", "12s", '"%" in the address is no time such as 12s.'],
  ["#3h", "2m10s", "There is no 3h in this story: it ends at 2m10s."],
])("the address %s leads to %s", async (hash, there, trouble) => {
  const { page, complaints } = await open();
  await visit(page, address("two", hash));
  expect(await moment(page)).toBe(there);
  expect(await page.locator(".trouble").allInnerTexts()).toEqual(trouble === "" ? [] : [trouble]);
  await page.keyboard.press("ArrowLeft");
  expect(await page.locator(".trouble").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a phase, a mark and a plot lead to their moments, and the address to the same one again", async () => {
  const { page, complaints } = await open();
  await visit(page, address("two", "#1s"));
  await page.locator(".phase.outage").click();
  expect(await page.locator(".moment").innerText()).toContain("every output is down");
  expect(await moment(page)).toBe("11s");
  await page.locator(".mark.violation").click();
  expect(await moment(page)).toBe("12s");
  await page.locator("[data-release='hardened-fix'] [data-series=tasks] svg").click();
  const there = await moment(page);
  const again = await open();
  await visit(again.page, page.url());
  expect(await moment(again.page)).toBe(there);
  expect(await page.locator(".outcome tbody tr").first().innerText()).toMatch(
    /outcome\s+stuck.*\s+recovered/,
  );
  expect(complaints).toEqual([]);
});

test.each([1280, 390])("nothing is wider than a page of %d pixels", async (width) => {
  for (const name of ["two", "all"]) {
    const { page } = await open(width);
    await visit(page, address(name));
    expect(await overflowOf(page), name).toBe(0);
  }
});
