import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { watch, type WatchClock, type Watching } from "../../src/cli/diagnose/watch.ts";
import { watchedAddress } from "../../src/cli/diagnose/watched-address.ts";
import { GrowingLog } from "../../src/diagnose/live/growing-log.ts";
import { askHttp } from "../../src/diagnose/live/http-question.ts";
import { logTime, readRecording } from "../diagnose/judged-recording.ts";
import { recordedLimits } from "../diagnose/live/watched-recording.ts";
import { listening, recordedEngine, type TestServer } from "./recorded-engine.ts";
import { recordingTerminal, run, type Recorded } from "./recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-watch-"));
const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Replay {
  readonly withLog?: boolean;
  readonly json?: boolean;
  readonly untilStuck?: boolean;
  /** Seconds of the recording after which the watch is told to stop. */
  readonly seconds?: number;
}

/** Watches a recording over HTTP, on the clock of the recording. */
async function replayed(name: string, replay: Replay = {}): Promise<Recorded> {
  const recording = readRecording("test/fixtures/diagnose", name);
  const begin = recording.metrics[0]?.time ?? 0;
  const end = Math.min(
    recording.metrics.at(-1)?.time ?? 0,
    begin + (replay.seconds ?? Number.POSITIVE_INFINITY),
  );
  let now = begin;
  let written = 0;
  const path = join(folder, `${name}.log`);
  const write = (): void => {
    const before = written;
    while ((logTime(recording.lines[written] ?? "") ?? 0) <= now) {
      if (++written >= recording.lines.length) break;
    }
    appendFileSync(
      path,
      recording.lines
        .slice(before, written)
        .map((line) => `${line}\n`)
        .join(""),
    );
  };
  writeFileSync(path, "");
  write();
  utimesSync(path, now, now);
  const server = await recordedEngine(recording, () => now);
  servers.push(server);
  const stop = new AbortController();
  const clock: WatchClock = {
    now: () => now * 1000,
    sleep: (milliseconds) => {
      now += milliseconds / 1000;
      write();
      if (now >= end) stop.abort();
      return Promise.resolve();
    },
  };
  const { page } = watchedAddress(server.url);
  const log = replay.withLog === true ? { path: "fb.log", file: new GrowingLog(path) } : null;
  const watching: Watching = {
    address: "http://engine:2020",
    ask: (asked) => askHttp(page(asked), { milliseconds: 20_000, bytes: 1_000_000 }),
    limitsOf: recordedLimits(recording),
    interval: 2000,
    json: replay.json === true,
    log,
  };
  const terminal = recordingTerminal();
  const code = await watch(watching, clock, stop.signal, replay.untilStuck === true, terminal);
  log?.file.close();
  return { code, ...terminal.written };
}

function verdictsIn(out: string): readonly string[] {
  return [...out.matchAll(/^\d\d:\d\d:\d\d {2}([A-Z]+):/gm)].map(([, verdict = ""]) => verdict);
}

/** A server that answers so to every question. */
async function answering(listener: RequestListener): Promise<string> {
  const server = await listening(createServer(listener));
  servers.push(server);
  return server.url;
}

describe("unstuck watch, of recorded engines", () => {
  it("shows each change, and ends when the engine is stuck", async () => {
    const { code, out, err } = await replayed("v304_deadlock_map8_up8", { untilStuck: true });
    expect(err).toBe("");
    expect(code).toBe(1);
    expect(verdictsIn(out)).toEqual(["UNDECIDED", "UNDECIDED", "HEALTHY", "DRAINING", "STUCK"]);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /STUCK: all 8 tasks wait for memory, which 8 chunks without a task fill since \d{4}\/\d\d\/\d\d [\d:]{8}\. .* - Restart Fluent Bit once the output is back: 20 chunks on disk/,
    );
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("goes on until it is told to stop, and ends as diagnose does", async () => {
    const stuck = await replayed("v304_deadlock_map8_up8");
    expect(stuck.code).toBe(1);
    expect(verdictsIn(stuck.out)).toHaveLength(5);
    const healthy = await replayed("v304_healthy_map8_up8", { untilStuck: true });
    expect(healthy.code).toBe(0);
    expect(verdictsIn(healthy.out)).toEqual(["UNDECIDED", "UNDECIDED", "HEALTHY"]);
    const early = await replayed("v304_healthy_map8_up8", { seconds: 1 });
    expect(early.code).toBe(3);
  });

  it("reads the log while it grows", async () => {
    const { out, code } = await replayed("v304_pause_oneinput_map8_up8", { withLog: true });
    expect(code).toBe(1);
    expect(verdictsIn(out).at(-1)).toBe("STUCK");
    expect(out).toContain("PAUSED: forward.0 is paused since");
    expect(out).toMatch(/\(line \d+\)/);
  });

  it("prints JSON, a line for each change", async () => {
    const { out } = await replayed("v304_deadlock_map8_up8", { json: true, untilStuck: true });
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(5);
    expect(out).toMatch(/^\{"at":"\d{4}-\d\d-\d\dT[\d:.]+Z","verdict":"undecided"/);
    expect(lines.at(-1)).toMatchObject({
      verdict: "stuck",
      unanswered: null,
      runs: [
        {
          engine: "http://engine:2020",
          version: "3.0.4",
          verdict: "stuck",
          findings: [{ kind: "snapshot-waits", since: { line: 0 } }],
        },
      ],
    });
  });

  it("is one answer as a probe", async () => {
    const recording = readRecording("test/fixtures/diagnose", "v304_deadlock_map8_up8");
    const begin = recording.metrics[0]?.time ?? 0;
    let now = begin + 60;
    const server = await recordedEngine(recording, () => now);
    servers.push(server);
    const words = ["watch", server.url, "--probe", "--task-map", "8", "--max-chunks-up", "8"];
    const stuck = await run(words);
    expect(stuck.code).toBe(1);
    expect(verdictsIn(stuck.out)).toEqual(["STUCK"]);
    // What is not known to be stuck is not restarted, and not called well either.
    const unknown = await run(["watch", server.url, "--probe"]);
    expect(unknown.code).toBe(0);
    expect(verdictsIn(unknown.out)).toEqual(["UNDECIDED"]);
    now = begin + 3;
    const early = await run([...words, "--json"]);
    expect(early.code).toBe(0);
    expect(JSON.parse(early.out)).toMatchObject({ verdict: "undecided" });
  });

  it("asks a second time as a probe", async () => {
    const recording = readRecording("test/fixtures/diagnose", "v304_deadlock_map8_up8");
    const server = await recordedEngine(recording, () => Number.POSITIVE_INFINITY);
    servers.push(server);
    let asked = 0;
    const flaky = await answering((request, response) => {
      if (++asked <= 3) {
        response.destroy();
        return;
      }
      void fetch(new URL(request.url ?? "/", server.url)).then(async (answer) => {
        response.writeHead(answer.status).end(await answer.text());
      });
    });
    const words = ["watch", flaky, "--probe", "--task-map", "8", "--max-chunks-up", "8"];
    const { code, err } = await run(words);
    expect(err).toBe("");
    expect(code).toBe(1);
  });
});

const html: RequestListener = (_, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<html>It works!</html>");
};
const endless: RequestListener = (_, response) => {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write("{".repeat(1 << 16)));
  };
  response.on("drain", more).on("error", () => undefined);
  more();
};

describe("unstuck watch, of what is no engine", () => {
  it.each<[string, RequestListener, RegExp]>([
    ["a web server", html, /answers, but not as Fluent Bit does: \/api\/v1\/storage has other/],
    ["one without these pages", (_, response) => response.writeHead(404).end(), /answers with 404/],
    ["a redirection", (_, r) => r.writeHead(302, { location: "/" }).end(), /answers with 302/],
    ["JSON of somebody else", (_, r) => r.end('{"output":[1],"storage":{}}'), /has other content/],
    ["broken JSON", (_, r) => r.end('{"storage_layer":{"chunks":'), /has other content/],
    ["nothing", (_, r) => r.end(), /has other content/],
    ["bytes", (_, r) => r.end(Buffer.alloc(5000, 0xff)), /has other content/],
    ["a list", (_, r) => r.end("[]"), /has other content/],
    ["an answer without end", endless, /answers with more than 8388608 bytes/],
    ["a broken connection", (_, r) => r.destroy(), /breaks the connection/],
    ["one that never answers", () => undefined, /gives no answer within 400 ms/],
  ])("%s", async (what, listener, sentence) => {
    const url = await answering(listener);
    const isSlow = what === "one that never answers";
    const { code, out, err } = await run(["watch", url, ...(isSlow ? ["--probe"] : [])]);
    expect(err).toMatch(new RegExp(`^unstuck: ${url} [^\n]*\n$`));
    expect(err).toMatch(sentence);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  it("one that speaks something else", async () => {
    const server = createSocketServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("220 mail.example.org ESMTP\r\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { code, err } = await run(["watch", `127.0.0.1:${port}`]);
    server.close();
    expect(err).toBe(`unstuck: http://127.0.0.1:${port} does not speak HTTP\n`);
    expect(code).toBe(2);
  });

  it("nobody", async () => {
    const url = await answering(html);
    await servers.pop()?.close();
    for (const more of [[], ["--probe"]]) {
      const { code, err } = await run(["watch", url, ...more]);
      expect(err).toBe(`unstuck: ${url} refuses the connection\n`);
      expect(code).toBe(2);
    }
  });

  it.each([
    [["ftp://host:2020"], '"ftp://host:2020": an address begins with http:// or https://'],
    [["http://"], '"http://" is no address such as http://127.0.0.1:2020'],
    [["http://a b"], '"http://a b" is no address such as http://127.0.0.1:2020'],
    [["127.0.0.1:1", "--interval", "0"], "a whole number from 1 to 2147483 is needed"],
    [["127.0.0.1:1", "--log", "/no/such.log"], "cannot read --log /no/such.log: "],
    [["127.0.0.1:1", "--log", "/tmp"], "cannot read --log /tmp: /tmp is not a regular file"],
    [["127.0.0.1:1", "--log", "/dev/null"], "/dev/null is not a regular file"],
    [["127.0.0.1:1", "--config", "/no/such.conf"], "/no/such.conf"],
  ])("%s", async (words, sentence) => {
    const { code, err, out } = await run(["watch", ...words]);
    expect(err).toContain(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(out).toBe("");
    expect(code).toBe(2);
  });

  it("does not show a password", async () => {
    const url = (await answering(html)).replace("http://", "http://user:secret@");
    const { err } = await run(["watch", url]);
    expect(err).toMatch(/^unstuck: http:\/\/127\.0\.0\.1:\d+ answers, but/);
    expect(err).not.toContain("secret");
  });
});

describe("an engine that has just started", () => {
  it("tells nothing yet, and is neither well nor stuck", async () => {
    const url = await answering((request, response) => {
      if (request.url === "/") response.end('{"fluent-bit":{"version":"3.0.4","flags":[]}}');
      else response.writeHead(404).end();
    });
    const { code, out, err } = await run(["watch", url, "--probe", "--json"]);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: "undecided", runs: [{ version: "3.0.4" }] });
  });
});
