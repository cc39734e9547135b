import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exploreScope } from "../../src/cli/explore-scope.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { useBrowser, visit } from "./browser.ts";

const open = useBrowser();
let server: LocalServer;

beforeAll(async () => {
  server = await exploreScope({ release: "v3.0.4", set: [], port: 0 });
});
afterAll(() => server.close());

test("one can walk the state space and see what lies behind each action", async () => {
  const { page, complaints, strangers } = await open();
  await visit(page, server.url);
  const facts = page.locator("section.facts");
  await facts.getByText("18 of 18 states can still be reached; recovery is possible").waitFor();
  await facts.getByText("stalled, 6 steps away").waitFor();
  for (const key of ["ingest.c0.m0", "dispatch.c0", "outputDown.o0", "flushRetry.c0.o0"]) {
    await page.locator(`[data-action='${key}']`).click();
  }
  const ingest = page.locator("li", { has: page.locator("[data-action='ingest.c1.m0']") });
  await ingest.getByText("recovery is impossible").waitFor();
  const back = page.locator("li", { has: page.locator("[data-action='outputUp.o0']") });
  await back.getByText("recovery is possible").waitFor();
  await facts.locator(".go").click();
  await facts.getByText("This state violates stalled").waitFor();
  expect(await page.locator(".steps [aria-current=step]").getAttribute("data-step")).toBe("6");
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
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

test("a state that no run leads to is answered with a sentence", async () => {
  const post = async (body: string): Promise<readonly [number, string]> => {
    const response = await fetch(`${server.url}facts`, { method: "POST", body });
    return [response.status, await response.text()];
  };
  expect(await post("{}")).toEqual([400, "that is no state"]);
  const nowhere = JSON.stringify({
    places: [5, 5],
    shared: [0, 0],
    amounts: [0, 0, 0, 0, 0, 0, 0],
  });
  const [status, why] = await post(nowhere);
  expect(status).toBe(400);
  expect(why).toBe("no run leads to that state");
});
