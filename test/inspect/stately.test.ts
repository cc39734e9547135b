import { afterEach, expect, test } from "vitest";
import { inspectScope } from "../../src/cli/explore/inspect-scope.ts";
import type { Inspector } from "../../src/inspect/serve/inspect-server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { useBrowser } from "./browser.ts";

const open = useBrowser();
const running: Inspector[] = [];
afterEach(async () => {
  for (const inspector of running.splice(0)) await inspector.close();
});

/** Stands for stately.ai/inspect, which no test may depend on: it says that it is there, and counts what comes. */
const standIn = `<!doctype html><title>stand-in</title><output></output><script>
const counts = {};
addEventListener("message", ({ data, origin }) => {
  const key = origin.replace(/:\\d+$/, "") + " " + data.type;
  counts[key] = (counts[key] ?? 0) + 1;
  document.querySelector("output").textContent = JSON.stringify(counts);
});
parent.postMessage({ type: "@statelyai.connected" }, "*");
</script>`;

test("/stately passes the stream on to stately.ai, from its first actor on, and nothing else leaves the machine", async () => {
  const asked = { release: "v3.0.4", set: [], pace: 1, port: 0, allowOrigin: [] };
  const inspector = await inspectScope({ ...asked, random: 7 }, recordingTerminal());
  running.push(inspector);
  for (let event = 0; event < 100; event++) inspector.run.step();
  const { page, complaints, strangers } = await open();
  await page.route("https://stately.ai/**", (route) =>
    route.fulfill({ contentType: "text/html", body: standIn }),
  );
  await page.goto(`${inspector.url}stately`);
  const seen = page.frameLocator("#inspector").locator("output");
  await seen.getByText("@xstate.event").waitFor();
  inspector.run.step();
  const counts: unknown = JSON.parse(await seen.innerText());
  expect(counts).toMatchObject({ "http://127.0.0.1 @xstate.actor": 9 });
  expect(counts).not.toHaveProperty("http://127.0.0.1 @xstate.microstep");
  expect(strangers).toEqual(["https://stately.ai/inspect"]);
  expect(complaints).toEqual([]);
});
