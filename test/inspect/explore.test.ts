import { request } from "node:http";
import type { Locator, Page, Route } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exploreScope } from "../../src/cli/explore/explore-scope.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { field } from "../../src/inspect/page/fields.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { overflowOf, useBrowser, visit } from "./browser.ts";

const open = useBrowser();
let server: LocalServer;

beforeAll(async () => {
  server = await exploreScope({ release: "v3.0.4", set: [], port: 0 }, recordingTerminal());
});
afterAll(() => server.close());

test("one can walk the state space and see what lies behind each action", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, server.url);
  const facts = page.locator("section.facts");
  await facts.getByText("18 of 18 states can still be reached; recovery is possible").waitFor();
  await facts.getByText("neverStuck, 6 steps away").waitFor();
  for (const key of ["ingest.c0.m0", "dispatch.c0", "outputDown.o0", "flushRetry.c0.o0"]) {
    await page.locator(`[data-action='${key}']`).click();
  }
  const ingest = page.locator("li", { has: page.locator("[data-action='ingest.c1.m0']") });
  await ingest.getByText("recovery is impossible").waitFor();
  const back = page.locator("li", { has: page.locator("[data-action='outputUp.o0']") });
  await back.getByText("recovery is possible").waitFor();
  await facts.getByRole("button", { name: "go there: neverStuck" }).click();
  await facts.getByText("This state violates neverStuck").waitFor();
  expect(await page.locator(".steps [aria-current=step]").getAttribute("data-step")).toBe("6");
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

const loopOf = (page: Page, property: string): Locator =>
  page.locator(".loops tr", { has: page.locator("th", { hasText: property }) });

test("the loop of a violation is shown after its path, and marked wherever one walks", async () => {
  const { page, complaints } = await open();
  await visit(page, server.url);
  const noStarvation = loopOf(page, "noStarvation");
  await noStarvation.getByText("2 steps away").waitFor();
  await page.getByRole("button", { name: "noStarvation, a loop of 3" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await noStarvation.getByText("on the loop").waitFor();
  expect(await page.locator(".loop-head").innerText()).toBe("↻ then for ever");
  expect(await page.locator(".steps li.looping").count()).toBe(3);
  expect(await page.locator(".legend").innerText()).toContain("on the loop");
  const along = page.locator("li", { has: page.locator(".along-loop") });
  for (const [next, step] of [
    ["dispatch.c0", 3],
    ["flushOk.c0.o0", 4],
    ["ingest.c0.m0", 5],
    ["dispatch.c0", 3],
  ] as const) {
    await along.locator(`[data-action='${next}']`).waitFor();
    expect(await along.count()).toBe(1);
    await page.keyboard.press("ArrowRight");
    await page.locator(`[data-step='${step}'][aria-current=step]`).waitFor();
  }
  expect(await page.locator(".loop-words").innerText()).toContain("round 2");
  await page.getByRole("button", { name: "by hand" }).click();
  expect(await page.locator(".steps [data-step]").count()).toBe(1);
  expect(await page.locator(".loop-head").count()).toBe(0);
  expect(complaints).toEqual([]);
});

test("a loop is known by whichever chunks go round it, and one gets there with the keyboard", async () => {
  const { page, complaints } = await open();
  await visit(page, `${server.url}#v3.0.4/one-output/by-hand/2/0:ingest.c1.m0,ingest.c0.m0`);
  const noStarvation = loopOf(page, "noStarvation");
  await noStarvation.getByText("dispatch.c1 flushOk.c1.o0 ingest.c1.m0").waitFor();
  expect(await noStarvation.innerText()).toContain("on the loop");
  await page.getByRole("button", { name: "go round: the loop of noStarvation" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-step='5'][aria-current=step]").waitFor();
  await noStarvation.getByText("dispatch.c1 flushOk.c1.o0 ingest.c1.m0").waitFor();
  await page.getByRole("button", { name: "go there: the loop of recovery" }).focus();
  await page.keyboard.press("Enter");
  await loopOf(page, "recovery").getByText("on the loop").waitFor();
  expect(await noStarvation.innerText()).toContain("cannot be reached from here");
  expect(await noStarvation.locator(".go").count()).toBe(0);
  await page.locator(".along-loop", { hasText: "neverStuck, recovery" }).waitFor();
  expect(complaints).toEqual([]);
});

test("nothing of it is wider than a page of 390 pixels", async () => {
  const { page } = await open(390);
  await visit(page, `${server.url}#v3.0.4/one-output/noStarvation/4`);
  await loopOf(page, "noStarvation").getByText("on the loop").waitFor();
  expect(await overflowOf(page)).toBe(0);
});

test("a scope with too many states is refused in a sentence", async () => {
  const set = ["chunks=7", "outputs=2", "routing=any", "taskMapSize=3", "maxChunksUp=3"];
  const asked = { release: "v3.0.4", set: [...set, "retryLimit=2"], port: 0 };
  await expect(exploreScope(asked, recordingTerminal())).rejects.toThrow(
    "the scope has more than 300000 states; choose a smaller one",
  );
});

function statusFor(headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(server.url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end();
  });
}

test("other hosts and pages of other origins are refused", async () => {
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ origin: "https://example.com" })).toBe(403);
  expect(await statusFor({ host: "example.com" })).toBe(403);
  expect(await statusFor({ host: `127.0.0.1.example.com:${server.port}` })).toBe(403);
});

test("a state that no run leads to is answered with a sentence, and so is a page of another scope", async () => {
  const post = async (body: string): Promise<readonly [number, string]> => {
    const response = await fetch(`${server.url}facts`, { method: "POST", body });
    return [response.status, await response.text()];
  };
  expect(await post("{}")).toEqual([400, "that is no state"]);
  expect(await post("{")).toEqual([400, expect.stringContaining("JSON")]);
  const { page } = await open();
  await visit(page, server.url);
  const asked = page.waitForRequest("**/facts");
  await page.locator("[data-action='ingest.c0.m0']").click();
  const question: unknown = JSON.parse((await asked).postData() ?? "");
  const served = field(question, "served");
  const nowhere = { places: [5, 5], shared: [0, 0], amounts: [0, 0, 0, 0, 0, 0, 0] };
  const lost = await post(JSON.stringify({ served, state: nowhere }));
  expect(lost).toEqual([400, "no run leads to that state"]);
  const state = field(question, "state");
  const other = await post(JSON.stringify({ served: "another", state }));
  expect(other).toEqual([409, "another scope is served here now; reload the page"]);
});

/** Holds the answers about states back until they are let go. */
async function holdFacts(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  let isHolding = true;
  await page.route("**/facts", async (route) => {
    if (isHolding) held.push(route);
    else await route.continue();
  });
  return async () => {
    isHolding = false;
    await Promise.all(held.map((route) => route.continue()));
  };
}

test.each([1280, 390])(
  "while a state is judged the page says so, shows nothing of another, and moves nothing: %d pixels",
  async (width) => {
    const { page, complaints } = await open(width);
    await visit(page, `${server.url}#v3.0.4/one-output/neverStuck/0`);
    const facts = page.locator("section.facts");
    await facts.getByText("recovery is possible").waitFor();
    const before = await facts.boundingBox();
    const letGo = await holdFacts(page);
    for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowRight");
    await page.locator(".conclusion", { hasText: "The engine is stuck" }).waitFor();
    expect(await facts.getAttribute("aria-busy")).toBe("true");
    expect(await facts.locator(".reach").innerText()).toBe("judging 18 states…");
    expect(await facts.innerText()).not.toMatch(/recovery is|away|violates \w/);
    expect(await page.locator(".facts .go:not([disabled])").count()).toBe(0);
    const behind = await page.locator(".behind").allInnerTexts();
    expect(behind.length).toBeGreaterThan(0);
    expect(new Set(behind)).toEqual(new Set(["judging…"]));
    expect((await facts.boundingBox())?.height).toBe(before?.height);
    await letGo();
    await facts.getByText("This state violates neverStuck").waitFor();
    await facts.getByText("recovery is impossible").waitFor();
    expect(await facts.getAttribute("aria-busy")).toBe("false");
    expect((await facts.boundingBox())?.height).toBe(before?.height);
    // What is known already is there at once.
    await page.keyboard.press("Home");
    await facts.getByText("18 of 18 states can still be reached; recovery is possible").waitFor();
    expect(complaints).toEqual([]);
  },
);

test("questions that were passed over are dropped, and one that fails is said to have failed", async () => {
  const { page } = await open();
  await visit(page, `${server.url}#v3.0.4/one-output/neverStuck/0`);
  const facts = page.locator("section.facts");
  await facts.getByText("recovery is possible").waitFor();
  const letGo = await holdFacts(page);
  const failed: string[] = [];
  page.on("requestfailed", (lost) => failed.push(lost.failure()?.errorText ?? ""));
  for (let step = 0; step < 6; step++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => failed.length).toBe(5);
  expect(new Set(failed)).toEqual(new Set(["net::ERR_ABORTED"]));
  await letGo();
  await facts.getByText("This state violates neverStuck").waitFor();
  await page.unroute("**/facts");
  await page.route("**/facts", (route) => route.fulfill({ status: 409, body: "nobody is here" }));
  await page.locator("[data-action='outputDown.o0']").click();
  await facts.getByText("Nothing is known of this state: nobody is here.").waitFor();
  expect(await page.locator(".facts .go:not([disabled])").count()).toBe(0);
  await page.unroute("**/facts");
  await facts.getByRole("button", { name: "ask again" }).click();
  await facts.getByText("states can still be reached").waitFor();
});

test("the heading of the page and its facts count the same states", async () => {
  const { page } = await open();
  await visit(page, server.url);
  expect(await page.locator(".scope-words").innerText()).toContain(
    "34 states (18 if it does not matter which chunk is which)",
  );
});
