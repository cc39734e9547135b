import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { serveMetrics } from "../../src/cli/run/metrics-server.ts";
import { watch, type Watching } from "../../src/cli/diagnose/watch.ts";
import { watchedAddress } from "../../src/cli/diagnose/watched-address.ts";
import { GrowingLog } from "../../src/diagnose/live/growing-log.ts";
import { askHttp } from "../../src/diagnose/live/http-question.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { outageEngine } from "../engine/outage-engine.ts";
import { recordingTerminal } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-watch-own-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Half a minute that is healthy, a minute without the output, and a minute with it again. */
const story = { outage: 30, others: 40, back: 90, end: 150 };

/** Watches it over HTTP, second by second of its own clock. */
async function watched(tags: number, withLog: boolean) {
  const start = 1_700_000_000_000;
  const clock = new VirtualClock(start);
  const path = join(folder, `${tags}-${withLog}.log`);
  writeFileSync(path, "");
  const { engine, loop, output, inputs } = outageEngine(clock, {
    tags: [4, tags],
    taskMapSize: 8,
    maxChunksUp: 8,
    flush: 0.5,
    log: (line) => {
      appendFileSync(path, `${line}\n`);
    },
  });
  const others = inputs[1];
  const metrics = await serveMetrics(0);
  metrics.show(engine);
  const stop = new AbortController();
  const log = withLog ? { path, file: new GrowingLog(path) } : null;
  const { page } = watchedAddress(`127.0.0.1:${metrics.port}`);
  const watching: Watching = {
    address: "http://engine",
    ask: (asked) => askHttp(page(asked), { milliseconds: 20_000, bytes: 1_000_000 }),
    limitsOf: () => ({ taskMapSize: 8, taskMapIsKnown: true, maxChunksUp: 8 }),
    interval: 1000,
    json: true,
    log,
  };
  if (others !== undefined) others.feeding = false;
  const terminal = recordingTerminal();
  const time = {
    now: () => clock.now(),
    sleep: (milliseconds: number) => {
      clock.runUntil(clock.now() + milliseconds);
      const seconds = (clock.now() - start) / 1000;
      if (others !== undefined) others.feeding = seconds >= story.others;
      output.online = seconds < story.outage || seconds >= story.back;
      if (seconds >= story.end) stop.abort();
      return Promise.resolve();
    },
  };
  const code = await watch(watching, time, stop.signal, false, terminal);
  loop.kill();
  metrics.close();
  log?.file.close();
  const said = terminal.written.out
    .trimEnd()
    .split("\n")
    .map((line) => /^\{"at":"([^"]+)","verdict":"([^"]+)"/.exec(line) ?? [])
    .map(([, at = "", verdict = ""]) => ({ seconds: (Date.parse(at) - start) / 1000, verdict }));
  return { code, said };
}

describe("unstuck watch, of our own engine", () => {
  it.each([false, true])("sees it get stuck (with its log: %s)", async (withLog) => {
    const { code, said } = await watched(16, withLog);

    expect(code).toBe(1);
    const before = said.filter(({ seconds }) => seconds < story.outage);
    expect(before.at(-1)?.verdict).toBe("healthy");
    const stuck = said.find(({ verdict }) => verdict === "stuck");
    expect(stuck?.seconds).toBeGreaterThan(story.outage);
    expect(stuck?.seconds).toBeLessThan(story.back);
    expect(said.at(-1)?.verdict).toBe("stuck");
  });

  it.each([false, true])("sees it fail and recover (with its log: %s)", async (withLog) => {
    const { code, said } = await watched(0, withLog);
    expect(code).toBe(0);
    expect(said.map(({ verdict }) => verdict)).not.toContain("stuck");
    const outage = said.filter(({ seconds }) => seconds > story.outage && seconds < story.back);
    expect(outage.map(({ verdict }) => verdict)).toContain("failing");
    expect(["healthy", "draining"]).toContain(said.at(-1)?.verdict);
  });
});
