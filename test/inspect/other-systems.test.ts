import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, expect, test } from "vitest";
import { modelVariable, systemVariable } from "../../src/compile/load-releases.ts";
import { useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-systems-page-"));

afterEach(() => {
  Reflect.deleteProperty(process.env, modelVariable);
  Reflect.deleteProperty(process.env, systemVariable);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([
  {
    name: "a worker pool",
    words: ["--model", "test/fixtures/systems/worker-pool.js", "--set", "deaths=true"],
    first: "A worker pool has just started: no jobs.",
    step: "Step 1: submit · job 0",
    lane: "job 0",
    gauge: "jobs in the queue",
  },
  {
    name: "the Collector",
    words: ["--system", "otel-collector", "--set", "crash=any"],
    first: "OpenTelemetry Collector has just started: no requests, and the backend is up.",
    step: "Step 1: offer · request 0",
    lane: "request 0",
    gauge: "stored requests",
  },
])("$name is shown in its own words", async ({ name, words, first, step, lane, gauge }) => {
  const file = join(folder, `${name}.html`);
  expect(await writePage(file, "check", ...words)).toBe("");
  const { page, complaints, strangers } = await open();
  await visit(page, pathToFileURL(file).href);
  expect(await page.locator(".happened").innerText()).toContain(first);
  await page.keyboard.press("ArrowRight");
  expect(await page.locator(".happened h2").innerText()).toBe(step);
  expect(await page.locator(".lane h3").first().innerText()).toBe(lane);
  expect(await page.locator(".gauges").first().innerText()).toContain(gauge);
  expect(await page.locator(".board").first().innerText()).not.toMatch(/chunk/u);
  expect([complaints, strangers]).toEqual([[], []]);
});
