import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pinnedScopes } from "../../src/analysis/pinned-scopes.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { overflowOf, useBrowser, visit } from "./browser.ts";
import { writePage } from "./write-page.ts";

const open = useBrowser();
const folder = mkdtempSync(join(tmpdir(), "unstuck-viewer-"));
const fileOf = (name: string): string => join(folder, `${name}.html`);
const address = (name: string, hash = ""): string => pathToFileURL(fileOf(name)).href + hash;

async function write(name: string, ...words: readonly string[]): Promise<void> {
  expect(await writePage(fileOf(name), "check", ...words)).toBe("");
}

beforeAll(async () => {
  await write("v3.0.4", "--release", "v3.0.4");
  await write("published-fix", "--release", "published-fix");
  await write("two-outputs", "--release", "v3.0.4", "--set", "outputs=2");
  await write("every-release");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const step = (page: Page): Promise<string | null> =>
  page.locator(".steps [aria-current=step]").getAttribute("data-step");

test("every page is one file below 300 kB that forbids all connections", () => {
  for (const name of ["v3.0.4", "published-fix", "two-outputs", "every-release"]) {
    expect(statSync(fileOf(name)).size, name).toBeLessThan(300_000);
  }
});

test("one can step through the deadlock of v3.0.4 with the arrow keys and see why it is one", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, address("v3.0.4"));
  expect(await step(page)).toBe("0");
  const told: string[] = [];
  for (let at = 1; at <= 6; at++) {
    await page.keyboard.press("ArrowRight");
    expect(await step(page)).toBe(String(at));
    told.push(await page.locator(".happened h2").innerText());
  }
  expect(told).toEqual([
    "Step 1: ingest · chunk 0 → output 0",
    "Step 2: dispatch · chunk 0",
    "Step 3: outputDown · output 0",
    "Step 4: flushRetry · chunk 0 → output 0",
    "Step 5: ingest · chunk 1 → output 0",
    "Step 6: outputUp · output 0",
  ]);
  expect(await page.locator(".conclusion").innerText()).toContain("The engine is stuck");
  const lanes = await page.locator(".lane").allInnerTexts();
  expect(lanes[0]).toContain("needs chunks in memory < max_chunks_up; now 1 < 1 (held by chunk 1)");
  expect(lanes[1]).toContain("needs tasks < the task map; now 1 < 1 (held by chunk 0)");
  expect(await page.locator(".mark.loop").innerText()).toContain("reschedule · chunk 0 → output 0");
  expect(await page.locator("[data-step='5'] .badge").allInnerTexts()).toEqual(["no return"]);
  expect(await page.locator("[data-step='6'] .badge").allInnerTexts()).toEqual(["neverStuck"]);
  const active = page.locator("[data-role=delivery] .state.active");
  expect(await active.locator(".token").allTextContents()).toEqual(["chunk 1", "chunk 0"]);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test("an endless run is a loop: stepping goes round it, and each step says why the chunk waits", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, address("v3.0.4", "#v3.0.4/one-output/noStarvation/0"));
  expect(await page.locator(".loop-head").innerText()).toBe("↻ then for ever");
  await page.keyboard.press("End");
  expect(await step(page)).toBe("2");
  const words = page.locator(".loop-words");
  expect(await words.innerText()).toContain("the same steps repeat for ever");
  expect(await words.innerText()).toContain("dispatch becomes possible again and again");
  const seen: string[] = [];
  for (let at = 0; at < 7; at++) {
    await page.keyboard.press("ArrowRight");
    seen.push(`${await step(page)} ${await page.locator(".happened h2").innerText()}`);
  }
  const round = [
    "3 Step 3: dispatch · chunk 0",
    "4 Step 4: flushOk · chunk 0 → output 0",
    "5 Step 5: ingest · chunk 0 → output 0",
  ];
  expect(seen).toEqual([...round, ...round, round[0]]);
  expect(await words.innerText()).toContain("Step 1 of 3 of the loop, round 3");
  expect(await words.innerText()).toContain(
    "Here chunk 1 waits: dispatch needs tasks < the task map",
  );
  await page.keyboard.press("ArrowRight");
  expect(await words.innerText()).toContain(
    "dispatch is possible now, but something else comes first",
  );
  for (let at = 0; at < 5; at++) await page.keyboard.press("ArrowLeft");
  expect(await step(page)).toBe("5");
  expect(await words.innerText()).toContain("Step 3 of 3 of the loop, round 1");
  await page.getByLabel("Step", { exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  expect(await step(page)).toBe("3");
  await page.locator("[data-action='flushOk.c0.o0']").click();
  await page.locator("[data-action='ingest.c0.m0']").click();
  await page.locator("[data-action='dispatch.c0']").click();
  expect(await words.innerText()).toContain("Step 1 of 3 of the loop, round 3");
  await page.locator(".mark.loop").click();
  expect(await step(page)).toBe("2");
  expect(await page.locator(".mark.loop").innerText()).toContain(
    "for ever after: dispatch · chunk 0, flushOk · chunk 0 → output 0, ingest · chunk 0",
  );
  await page.keyboard.press("ArrowRight");
  await page.locator("[data-action='outputDown.o0']").click();
  expect(await page.locator(".loop-head").count()).toBe(0);
  expect(await words.count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test("each step leads to its C function, in a file of Fluent Bit v3.0.4", async () => {
  const { page } = await open();
  await visit(page, address("v3.0.4", "#4"));
  const link = page.locator(".happened .source a");
  expect(await link.innerText()).toBe("flb_task.c::flb_task_retry_create");
  expect(await link.getAttribute("href")).toBe(
    "https://github.com/fluent/fluent-bit/blob/v3.0.4/src/flb_task.c",
  );
  await page.locator(".happened summary").click();
  expect(await page.locator(".happened details").innerText()).toContain("Rule flushRetry");
});

test("the second outage of the proposed fix ends in a leaked quota and a deadlock", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, address("published-fix"));
  await page.keyboard.press("End");
  expect(await step(page)).toBe("13");
  const current = page.locator(".steps [aria-current=step]");
  await expect.poll(async () => (await current.boundingBox())?.y).toBeLessThan(600);
  expect(await page.locator("[data-step='8'] .badge").allInnerTexts()).toEqual(["quotaConserved"]);
  await page.locator("[data-step='8']").click();
  expect(await page.locator(".conclusion").innerText()).toContain("over-limit quota has leaked");
  await page.keyboard.press("Home");
  await expect.poll(async () => (await current.boundingBox())?.y).toBeGreaterThan(80);
  await page.keyboard.press("End");
  expect(await page.locator(".gauge.full").count()).toBe(3);
  expect(await page.locator("[data-disabled='retryFireOverLimit.c1.o0']").innerText()).toContain(
    "now 1 < 1",
  );
  await page.getByRole("button", { name: "quotaConserved, 8 steps" }).click();
  expect(await step(page)).toBe("0");
  await page.locator(".mark.violation").click();
  expect(await step(page)).toBe("8");
  expect(await page.locator(".conclusion").innerText()).toContain("has leaked");
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test("one can leave the path, go on, and come back; the address says where one is", async () => {
  const { page, complaints } = await open();
  await visit(page, address("v3.0.4", "#4"));
  await page.locator("[data-action='outputUp.o0']").click();
  await page.locator("[data-action='retryFire.c0.o0']").click();
  await page.locator("[data-action='flushOk.c0.o0']").click();
  expect(await step(page)).toBe("7");
  expect(await page.locator(".lane .chip.free").count()).toBe(2);
  expect(await page.locator(".conclusion").innerText()).toContain("You left the path after step 4");
  const again = await open();
  await visit(again.page, page.url());
  expect(await step(again.page)).toBe("7");
  expect(await again.page.locator(".lane .chip.free").count()).toBe(2);
  await page.locator(".back").click();
  expect(await step(page)).toBe("4");
  expect(await page.locator(".steps [data-step]").count()).toBe(8);
  expect(complaints).toEqual([]);
});

test.each([
  ["#%", "The address has a % that begins no character, and cannot be read.", "0"],
  ["#20/neverStuck/0", 'This page shows no release "20"', "0"],
  ["#v3.0.4/one-output/nonsense/9", 'v3.0.4 has no property "nonsense" here', "0"],
  [
    "#v3.0.4/one-output/noLoss/3",
    "noLoss holds here: there is no way into a violation to step through. Violated here: neverStuck, recovery, noStarvation;",
    "0",
  ],
  ["#v3.0.4/one-output/neverStuck/99", "There is no step 99 here: the last one is 7.", "7"],
  [
    "#v3.0.4/one-output/neverStuck/3/3:bogus.c9.o9",
    "After step 3, bogus.c9.o9 is not possible.",
    "3",
  ],
  [
    "#v3.0.4/one-output/neverStuck/5/3:ingest.c1.m0,dispatch.c0",
    "After step 4, dispatch.c0 is not possible. There is no step 5 here: the last one is 4.",
    "4",
  ],
  [
    "#v3.0.4/one-output/neverStuck/3/50:ingest.c1.m0",
    "The path of neverStuck has no step 50 to leave it after: its last one is 7.",
    "3",
  ],
])("the address %s shows what there is, and says what there is not", async (hash, words, at) => {
  const { page, complaints } = await open();
  await visit(page, address("v3.0.4", hash));
  expect(await page.locator(".trouble").innerText()).toContain(words);
  expect(await step(page)).toBe(at);
  expect(page.url()).toMatch(/#v3\.0\.4\/one-output\/(neverStuck|by-hand)\/\d/);
  if (hash.includes("bogus")) expect(await page.locator(".left").count()).toBe(0);
  await page.keyboard.press(at === "0" ? "ArrowRight" : "ArrowLeft");
  expect(await page.locator(".trouble").count()).toBe(page.url().includes("by-hand") ? 1 : 0);
  expect(complaints).toEqual([]);
});

test("a property that holds is never said to be violated, whatever link leads to it", async () => {
  const { page, complaints } = await open();
  for (const scope of ["one-output", "two-outputs"]) {
    await visit(page, address("every-release", `#corrected-fix/${scope}/neverStuck/0`));
    expect(await page.locator(".trouble").innerText()).toContain("neverStuck holds here");
    expect(await page.locator(".verdict.holds").innerText()).toContain("neverStuck");
    expect(await page.locator(".meaning").count()).toBe(0);
    expect(await page.locator("[aria-pressed=true]").count()).toBe(0);
    await page.goto("about:blank");
  }
  await visit(page, address("every-release", "#corrected-fix/one-output/noStarvation/0"));
  expect(await page.locator(".meaning").innerText()).toContain("noStarvation is violated");
  await page.evaluate("location.hash = '#corrected-fix/one-output/neverStuck/0'");
  await page.locator(".trouble", { hasText: "neverStuck holds here" }).waitFor();
  expect(await page.locator(".meaning").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("what was copied, compared and chosen is said of that alone", async () => {
  const { page } = await open();
  await visit(page, address("published-fix", "#8"));
  const copy = page.locator(".copy[data-as=test]");
  await page.locator(".copy-menu summary").click();
  await copy.click();
  await copy.getByText(/copied|does not let/).waitFor();
  await page.keyboard.press("ArrowLeft");
  expect(await copy.innerText()).toBe("copy as test");
  await page.locator("select.compare").selectOption({ label: "evict-idle" });
  const title = page.locator(".comparison .board h2");
  expect(await title.innerText()).toBe("evict-idle, stopped after step 5");
  const own = page.locator(".comparison .enabled [data-action]").first();
  await own.click();
  expect(await title.innerText()).toBe("evict-idle, 1 step of its own after step 5");
  await page.keyboard.press("Home");
  expect(await title.innerText()).toBe("evict-idle, same steps");
});

test("two releases side by side show where they part, and the other can go on", async () => {
  const { page, complaints } = await open();
  await visit(page, address("published-fix", "#13"));
  await page.locator("select.compare").selectOption({ label: "corrected-fix" });
  const other = page.locator(".comparison");
  expect(await other.locator(".parting").innerText()).toContain("They part at step 8");
  expect(await page.locator("[data-step='8'] .badge").allInnerTexts()).toContain("they part");
  await other.locator("[data-action='retryFireOverLimit.c1.o0']").click();
  await other.locator("[data-action='flushOk.c1.o0']").click();
  expect(await other.locator(".chip.free").count()).toBe(1);
  await page.locator("select.compare").selectOption({ label: "evict-idle" });
  expect(await other.locator(".parting").innerText()).toContain(
    "does not allow retryFireOverLimit · chunk 0 → output 0 at step 6",
  );
  expect(complaints).toEqual([]);
});

test("a search leaves the steps that match", async () => {
  const { page } = await open();
  await visit(page, address("published-fix"));
  await page.keyboard.press("/");
  await page.keyboard.type("output goes offline");
  expect(await page.locator(".steps [data-step]").allInnerTexts()).toHaveLength(2);
  await page.keyboard.type(" nowhere");
  expect(await page.locator(".steps").innerText()).toContain("No step matches.");
});

test("a page of all releases shows each at each scope", async () => {
  const { page, complaints } = await open();
  await visit(page, address("every-release"));
  const releases = page.getByLabel("Release");
  const shown = (await loadReleases()).length * pinnedScopes.length;
  expect(await releases.locator("option").count()).toBe(shown);
  await releases.selectOption({ label: "corrected-fix · two outputs" });
  expect(await page.locator("header").innerText()).toContain("isolation, 5 steps");
  await page.getByRole("button", { name: "isolation, 5 steps" }).click();
  await page.keyboard.press("End");
  expect(await page.locator(".conclusion").innerText()).toContain("cuts off another one");
  expect(complaints).toEqual([]);
});

test.each([1280, 390])("nothing is wider than a page of %d pixels", async (width) => {
  for (const name of ["v3.0.4", "two-outputs"]) {
    const { page } = await open(width);
    await visit(page, address(name));
    await page.keyboard.press("End");
    expect(await overflowOf(page), name).toBe(0);
  }
});

test("all that can be done with the mouse can be done with the keyboard", async () => {
  const { page } = await open();
  await visit(page, address("v3.0.4", "#4"));
  await page.locator("[data-action='outputUp.o0']").focus();
  await page.keyboard.press("Enter");
  expect(await step(page)).toBe("5");
  await page.getByLabel("Step", { exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  expect(await step(page)).toBe("4");
});
