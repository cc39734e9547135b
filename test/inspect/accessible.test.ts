import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exploreScope } from "../../src/cli/explore/explore-scope.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { useBrowser, visit } from "./browser.ts";
import { faintTexts } from "./contrast.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-accessible-"));
let explorer: LocalServer | undefined;
const address = (name: string, hash = ""): string =>
  pathToFileURL(join(folder, `${name}.html`)).href + hash;

beforeAll(async () => {
  const fileOf = (name: string): string => join(folder, `${name}.html`);
  await writePage(fileOf("published-fix"), "check", "--release", "published-fix");
  const small = ["--tasks", "8", "--max-chunks-up", "8", "--tags", "12"];
  const story = "healthy 10s, outage 30s, drain 1m";
  await writePage(fileOf("simulation"), "simulate", ...small, "--phases", story);
  explorer = await exploreScope({ release: "v3.0.4", set: [], port: 0 }, recordingTerminal());
});
afterAll(async () => {
  await explorer?.close();
  rmSync(folder, { recursive: true });
});

const step = (page: Page): Promise<string | null> =>
  page.locator(".steps [aria-current=step]").getAttribute("data-step");

const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "a leak, a way left and a comparison": async (page) => {
    await visit(page, address("published-fix", "#8"));
    await page.locator("select.compare").selectOption({ label: "corrected-fix" });
    await page.locator("[data-action='outputDown.o0']").click();
  },
  "a deadlock": async (page) => {
    await visit(page, address("published-fix", "#13"));
    await page.locator(".happened summary").click();
  },
  "an endless run": (page) =>
    visit(page, address("published-fix", "#published-fix/one-output/noStarvation/4")),
  "a loop in the state space": async (page) => {
    await visit(page, `${explorer?.url ?? ""}#v3.0.4/one-output/noStarvation/4`);
    await page.locator(".along-loop").waitFor();
  },
  "a simulation": (page) => visit(page, address("simulation")),
};

test.each(
  Object.keys(views).flatMap((name) => (["light", "dark"] as const).map((on) => [name, on])),
)("%s can be read on a %s screen", async (name, on) => {
  const { page } = await open();
  await page.emulateMedia({ colorScheme: on === "dark" ? "dark" : "light" });
  await views[name]?.(page);
  const { measured, faint } = await faintTexts(page);
  expect(measured).toBeGreaterThan(40);
  expect(faint).toEqual([]);
});

test("a text that is hard to read is found", async () => {
  const { page } = await open();
  await visit(page, address("simulation"));
  await page.evaluate("document.querySelector('h1').style.color = '#999'");
  const { faint } = await faintTexts(page);
  expect(faint.map(({ text }) => text)).toEqual(["v3.0.4 beside hardened-fix"]);
});

/** Presses Tab until something is focused. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

test("everything can be done with the keyboard alone, and one sees where it goes", async () => {
  const { page, complaints } = await open();
  await visit(page, address("published-fix"));
  await tabTo(page, ".verdict.violated[aria-pressed=false]");
  await page.keyboard.press("Enter");
  expect(await page.locator(".meaning").innerText()).toContain("quotaConserved is violated");
  await tabTo(page, "[data-step='3']");
  await page.keyboard.press("Space");
  expect(await step(page)).toBe("3");
  const outline = await page.evaluate("getComputedStyle(document.activeElement).outline");
  expect(outline).toContain("solid 3px");
  await tabTo(page, "[data-action='outputUp.o0']");
  await page.keyboard.press("Enter");
  expect(await step(page)).toBe("4");
  expect(await page.locator(".conclusion").innerText()).toContain("You left the path after step 3");
  await tabTo(page, ".back");
  await page.keyboard.press("Enter");
  expect(await step(page)).toBe("3");
  await tabTo(page, "select.compare");
  await page.keyboard.type("corrected");
  expect(await page.locator(".comparison").count()).toBe(1);
  await tabTo(page, ".mark.violation");
  await page.keyboard.press("Enter");
  expect(await step(page)).toBe("8");
  await tabTo(page, ".happened summary");
  await page.keyboard.press("Enter");
  expect(await page.locator(".happened details").innerText()).toContain("Rule flushOk");
  await page.keyboard.press("/");
  await page.keyboard.type("quotaConserved");
  expect(await page.locator(".steps [data-step]").count()).toBe(1);
  expect(complaints).toEqual([]);
});

test("nothing moves for those who asked for that", async () => {
  const { page } = await open();
  await visit(page, address("published-fix"));
  const moving = `[...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s" || getComputedStyle(one).animationName !== "none").length`;
  expect(await page.evaluate(moving)).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await page.evaluate(moving)).toBeGreaterThan(0);
});

test("in print everything is there, on white, and nothing that cannot be pressed", async () => {
  for (const name of ["published-fix", "simulation"]) {
    const { page } = await open();
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    await visit(page, address(name));
    const scheme = "getComputedStyle(document.documentElement).colorScheme";
    expect(await page.evaluate(scheme)).toBe("light");
    expect(await page.locator(".controls").isVisible()).toBe(false);
    const cut = `[...document.querySelectorAll("nav.steps, main, aside")].filter((one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible").length`;
    expect(await page.evaluate(cut)).toBe(0);
    const { faint } = await faintTexts(page);
    expect(faint).toEqual([]);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(10_000);
  }
});
