import { createWebSocketInspector } from "@statelyai/inspect";
import type { Locator } from "playwright-core";
import WebSocket from "ws";
import { afterEach, expect, test } from "vitest";
import { createActor, setup } from "xstate";
import { inspectScope, type InspectArguments } from "../../src/cli/explore/inspect-scope.ts";
import type { Inspector } from "../../src/inspect/serve/inspect-server.ts";
import { textField } from "../../src/inspect/page/fields.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { useBrowser, visit } from "./browser.ts";

const open = useBrowser();
const running: Inspector[] = [];

async function start(
  changes: Partial<InspectArguments>,
  terminal = recordingTerminal(),
): Promise<Inspector> {
  const defaults = { release: "v3.0.4", set: [], pace: 1, port: 0, allowOrigin: [] };
  const inspector = await inspectScope({ ...defaults, ...changes }, terminal);
  running.push(inspector);
  return inspector;
}
afterEach(async () => {
  for (const inspector of running.splice(0)) await inspector.close();
});

test("a page that comes after 500 events sees every chart, the board and the messages", async () => {
  const inspector = await start({ random: 7, set: ["chunks=3"] });
  for (let event = 0; event < 500; event++) expect(inspector.run.step()).toBe(true);
  const { page, complaints, strangers } = await open();
  await visit(page, inspector.url);
  await page.locator("[data-step='500'][aria-current=step]").waitFor();
  expect(await page.locator(".chart").count()).toBe(4);
  expect(await page.locator(".lane").count()).toBe(3);
  await page.locator(".sequence .head").first().waitFor();
  expect(await page.locator(".sequence .quiet", { hasText: "→" }).count()).toBeGreaterThan(10);
  inspector.run.step();
  await page.locator("[data-step='501'][aria-current=step]").waitFor();
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});

test("a counterexample is played on the page, and then the page chooses by hand", async () => {
  const inspector = await start({
    ...{ release: "published-fix", counterexample: "neverStuck" },
    rounds: 2,
  });
  const { page, complaints } = await open();
  await visit(page, inspector.url);
  await page.getByText("connected", { exact: false }).waitFor();
  await page.getByRole("button", { name: "play" }).click();
  await page.locator("[data-step='13'] .badge", { hasText: "neverStuck" }).waitFor();
  await page.locator(".connection", { hasText: "choose by hand" }).waitFor();
  await page.locator("[data-step='15'][aria-current=step]").waitFor();
  expect(await page.locator(".loop-head").allInnerTexts()).toEqual([
    "↻ then for ever, round 1",
    "↻ round 2",
  ]);
  await page.locator("[data-action='outputDown.o0']").click();
  await page.locator("[data-step='16'][aria-current=step]").waitFor();
  expect(complaints).toEqual([]);
});

test("a page that comes late sees the rounds of an endless run, who waits, and each new round", async () => {
  const inspector = await start({ counterexample: "noStarvation" });
  for (let step = 0; step < 7; step++) inspector.run.step();
  const { page, complaints } = await open();
  await visit(page, inspector.url);
  await page.locator("[data-step='7'][aria-current=step]").waitFor();
  const headOf = (step: number): Locator =>
    page.locator(".steps li", { has: page.locator(`[data-step='${step}']`) }).locator(".loop-head");
  expect(await headOf(3).innerText()).toBe("↻ then for ever, round 1");
  expect(await headOf(6).innerText()).toBe("↻ round 2");
  expect(await page.locator(".loop-head").count()).toBe(2);
  expect(await page.locator(".loop-words").innerText()).toContain("chunk 1 waits for ever");
  for (let step = 0; step < 2; step++) inspector.run.step();
  await page.locator("[data-step='9'][aria-current=step]").waitFor();
  expect(await headOf(9).innerText()).toBe("↻ round 3");
  expect(complaints).toEqual([]);
});

test("the page of a counterexample waits on its first step, with the verdict and who waits for whom", async () => {
  const inspector = await start({ counterexample: "neverStuck" });
  const { page, complaints } = await open();
  await visit(page, inspector.url);
  await page.locator(".connection", { hasText: "connected" }).waitFor();
  expect(await page.locator("[aria-current=step]").getAttribute("data-step")).toBe("0");
  expect(await page.locator(".story h2").innerText()).toBe(
    "Fluent Bit 3.0.4 can deadlock after one outage.",
  );
  expect(await page.locator(".story .picture.waits").count()).toBe(1);
  expect(inspector.run.soFar).toMatchObject({ playing: false, keys: [] });
  await page.keyboard.press("Space");
  await page.locator(".steps [data-step='6']").waitFor();
  expect(complaints).toEqual([]);
});

test("the rounds of an endless run are folded between the first and the last two", async () => {
  const inspector = await start({ counterexample: "noStarvation" });
  for (let step = 0; step < 2 + 3 * 40; step++) inspector.run.step();
  const { page } = await open();
  await visit(page, inspector.url);
  await page.locator("[data-step='122'][aria-current=step]").waitFor();
  expect(await page.locator(".loop-head").allInnerTexts()).toEqual([
    "↻ then for ever, round 1",
    "↻ rounds 2 to 38 are folded: the same 3 steps each",
    "↻ round 39",
    "↻ round 40",
  ]);
  expect(await page.locator(".steps [data-step]").count()).toBe(12);
});

function handshake(url: string, headers: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on("open", () => {
      socket.close();
      resolve("open");
    });
    socket.on("error", ({ message }) => {
      resolve(message);
    });
  });
}

test("a foreign Origin and a foreign Host are refused, an allowed Origin is not", async () => {
  const inspector = await start({ allowOrigin: ["http://localhost:5173"] });
  const url = `ws://127.0.0.1:${inspector.port}/`;
  expect(await handshake(url, {})).toBe("open");
  expect(await handshake(url, { origin: "http://localhost:5173" })).toBe("open");
  expect(await handshake(url, { origin: "https://example.com" })).toContain("403");
  expect(await handshake(url, { host: "example.com" })).toContain("403");
  expect(inspector.server.address()).toMatchObject({ address: "127.0.0.1" });
});

test("the official client connects, and a machine of the user's own shows up on the page", async () => {
  const inspector = await start({});
  const { page, complaints } = await open();
  await visit(page, inspector.url);
  const client = createWebSocketInspector({ url: `ws://127.0.0.1:${inspector.port}` });
  const light = setup({}).createMachine({
    id: "light",
    initial: "green",
    states: {
      green: { on: { next: "yellow" } },
      yellow: { on: { next: "red" } },
      red: {
        initial: "stop",
        states: { stop: { on: { wait: "go" } }, go: {} },
        on: { next: "green" },
      },
    },
  });
  const actor = createActor(light, { inspect: client.inspect }).start();
  const chart = page.locator("[data-actor=light]");
  await chart.locator("[data-state=green].active").waitFor();
  actor.send({ type: "next" });
  actor.send({ type: "next" });
  await chart.locator("[data-state='red.stop'].active").waitFor();
  expect(await chart.locator(".state").count()).toBe(4);
  client.stop();
  actor.stop();
  expect(complaints).toEqual([]);
});

test("a program whose sessions have the names of our own is another program all the same", async () => {
  const inspector = await start({});
  const { page, complaints } = await open();
  await visit(page, inspector.url);
  const socket = new WebSocket(`ws://127.0.0.1:${inspector.port}/`);
  const own = new Promise<string>((resolve) => {
    socket.once("message", (raw) => {
      const message: unknown = JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : "null");
      resolve(textField(message, "sessionId"));
    });
  });
  const sessionId = await own;
  const definition = { id: "light", initial: "green", states: { green: {}, red: {} } };
  const about = { sessionId, rootId: sessionId, name: "light", parentId: undefined };
  const actor = { ...about, type: "@xstate.actor", definition: JSON.stringify(definition) };
  socket.send(JSON.stringify({ ...actor, snapshot: { value: "green" } }));
  const snapshot = { value: "red" };
  socket.send(JSON.stringify({ ...about, type: "@xstate.snapshot", event: {}, snapshot }));
  socket.send(JSON.stringify({ ...actor, name: "odd", sessionId: "y:0", definition: "[[" }));
  await page.locator("[data-actor=light] [data-state=red].active").waitFor();
  await page.locator("[data-actor=odd]").waitFor();
  inspector.run.step();
  expect(await page.locator("[data-actor]").count()).toBe(2);
  socket.close();
  expect(complaints).toEqual([]);
});

test("what was said of a loop is not said of a run that was led away from it by hand", async () => {
  const inspector = await start({ counterexample: "noStarvation" });
  for (let step = 0; step < 3; step++) inspector.run.step();
  const { page } = await open();
  await visit(page, inspector.url);
  const words = page.locator(".loop-words");
  await words.getByText("chunk 1 waits for ever").waitFor();
  expect(await words.innerText()).not.toContain("by hand");
  await page.locator("[data-action='outputDown.o0']").click();
  await page.locator("[data-step='4'][aria-current=step]").waitFor();
  expect(await words.innerText()).toContain(
    "That was said after step 2. Since then 1 step was chosen by hand",
  );
  expect(await page.locator("[data-step='4'] .badge").allInnerTexts()).toContain("by hand");
  await page.locator("[data-step='1']").click();
  expect(await words.count()).toBe(0);
});

test("a page that lost its server says so, and begins anew with what answers then", async () => {
  const first = await start({});
  const { page } = await open();
  await visit(page, first.url);
  await page.locator(".connection", { hasText: "connected" }).waitFor();
  await first.close();
  await page.locator(".connection", { hasText: "not connected: this is what was" }).waitFor();
  expect(await page.getByRole("button", { name: "one step" }).isDisabled()).toBe(true);
  await start({ release: "park", port: first.port });
  await page.locator("h1", { hasText: "park" }).waitFor();
});

test("a late client of the protocol gets every actor, its snapshot, and microsteps", async () => {
  const inspector = await start({ random: 3 });
  for (let event = 0; event < 300; event++) inspector.run.step();
  const socket = new WebSocket(`ws://127.0.0.1:${inspector.port}/`);
  const seen: { type: string; name: string; version: string }[] = [];
  await new Promise<void>((resolve) => {
    socket.on("message", (raw) => {
      const message: unknown = JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : "null");
      const field = (name: string): string =>
        typeof message === "object" && message !== null ? String(Reflect.get(message, name)) : "";
      seen.push({ type: field("type"), name: field("name"), version: field("_version") });
      if (field("type") === "@xstate.microstep") resolve();
    });
  });
  socket.close();
  const actors = seen.filter(({ type }) => type === "@xstate.actor").map(({ name }) => name);
  expect(actors).toEqual([
    "fluent-bit",
    "engine",
    "output 0",
    "chunk 0",
    "task 0",
    "delivery 0 → 0",
    "chunk 1",
    "task 1",
    "delivery 1 → 0",
  ]);
  expect(seen.filter(({ type }) => type === "@xstate.snapshot")).toHaveLength(actors.length);
  expect(new Set(seen.map(({ version }) => version))).toEqual(new Set(["0.7.2"]));
});

test("only a page of the server itself can drive the run", async () => {
  const inspector = await start({});
  const socket = new WebSocket(`ws://127.0.0.1:${inspector.port}/page`);
  await new Promise((resolve) => socket.on("open", resolve));
  socket.send(JSON.stringify({ type: "unstuck.take", key: "ingest.c0.m0" }));
  socket.ping();
  await new Promise((resolve) => socket.on("pong", resolve));
  socket.close();
  expect(inspector.run.soFar).toMatchObject({ keys: [] });
});

test("what cannot be played is said in a sentence", async () => {
  await expect(start({ counterexample: "noLoss" })).rejects.toThrow(
    "v3.0.4 does not violate noLoss at this scope",
  );
  await expect(start({ counterexample: "stuck" })).rejects.toThrow('there is no property "stuck"');
  await expect(start({ scenario: "nowhere.txt" })).rejects.toThrow("cannot read nowhere.txt");
  await expect(start({ scenario: "x", random: 1 })).rejects.toThrow("exclude each other");
});
