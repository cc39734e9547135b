import { connect } from "node:net";
import WebSocket from "ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveMetrics, type MetricsServer } from "../../src/cli/run/metrics-server.ts";
import { exploreScope } from "../../src/cli/explore/explore-scope.ts";
import { inspectScope } from "../../src/cli/explore/inspect-scope.ts";
import { engineCreate } from "../../src/engine/core/create-engine.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom, type Random } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import type { Inspector } from "../../src/inspect/serve/inspect-server.ts";
import type { LocalServer } from "../../src/inspect/serve/local-server.ts";
import { attacked } from "../attack/attacked.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { seed } from "../explore/seed.ts";

let explorer: LocalServer;
let inspector: Inspector;
let metrics: MetricsServer;

function someEngine() {
  const release = findRelease("v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const { engine } = engineCreate({
    release,
    clock: new VirtualClock(0),
    random: seededRandom(1),
    log: silentLog,
    storage: { fileSystem: new MemoryFileSystem(), rootPath: "/s", maxChunksUp: 8 },
    inputs: [{ plugin: "stdin" }],
    outputs: [],
    pid: 1,
  });
  return engine;
}

beforeAll(async () => {
  const asked = { release: "v3.0.4", set: [], port: 0 };
  explorer = await exploreScope(asked, recordingTerminal());
  inspector = await inspectScope({ ...asked, pace: 1000, allowOrigin: [] }, recordingTerminal());
  metrics = await serveMetrics(0);
  metrics.show(someEngine());
});
afterAll(async () => {
  await explorer.close();
  await inspector.close();
  metrics.close();
});

/** Writes bytes to a port, ends, and returns all that comes back; a connection that breaks is no answer. */
function exchange(port: number, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    socket.on("data", (part) => {
      heard += part.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(heard.replace("HTTP/1.1 100 Continue\r\n\r\n", ""));
    });
  });
}

function asking(port: number, target: string, method = "GET", more = ""): Promise<string> {
  const head = `${method} ${target} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n`;
  return exchange(port, `${head}${more}\r\n`);
}

const portOf = {
  explore: (): number => explorer.port,
  inspect: (): number => inspector.port,
  "run --metrics-port": (): number => metrics.port,
};
const goodPath = {
  explore: "/",
  inspect: "/",
  "run --metrics-port": "/api/v1/storage",
};
const servers = ["explore", "inspect", "run --metrics-port"] as const;

function oneOf<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random.next() * items.length)] ?? items[0];
}

function noise(random: Random, most: number): string {
  const letters = Array.from({ length: Math.floor(random.next() * most) }, () =>
    String.fromCharCode(Math.floor(random.next() * 256)),
  );
  return letters.join("");
}

const json = `{"places":[0,0],"shared":[0,0],"amounts":[0,0,0,0,0,0,0]}`;

/** Mostly what is right, and now and then something else. */
function mostly<Item>(random: Random, right: Item, others: readonly [Item, ...Item[]]): Item {
  return random.next() < 0.7 ? right : oneOf(random, others);
}

/** A request with something wrong with it, or several things, or nothing. */
function oddRequest(random: Random, port: number, path: string): Buffer {
  const method = mostly(random, "GET", ["POST", "POST", "HEAD", "PUT", "CONNECT", "OPTIONS", "X"]);
  const target = mostly(random, path, [
    ...(["//", "/\\", "///", "*", "", "http://", "http://[", "http://x:99999/"] as const),
    ...["//%", "/%zz", "/facts", "/facts", "/page", "/stately", "/..", "?", "#", "/\u0000", "\\\\"],
    `http://127.0.0.1:${port}/`,
    `/${noise(random, 30)}`,
    noise(random, 12),
  ]);
  const host = mostly(random, `127.0.0.1:${port}`, [
    ...([`localhost:${port}`, "example.com", "", "127.0.0.1"] as const),
    noise(random, 9),
  ]);
  const body = oneOf(random, ["", json, json.slice(0, 20), "[".repeat(9999), noise(random, 60)]);
  const length = mostly(random, body.length, [body.length + 5, 0, -1, 1e99]);
  const more = mostly(random, "", [
    ...(["origin: null\r\n", "expect: 100-continue\r\n", "expect: x\r\n"] as const),
    "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: x\r\n",
    "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
    "transfer-encoding: chunked\r\n",
    `${noise(random, 20)}\r\n`,
    `x: ${"y".repeat(20_000)}\r\n`,
  ]);
  const version = mostly(random, "HTTP/1.1", ["HTTP/1.0", "HTTP/9.9", ""]);
  const head = `${method} ${target} ${version}\r\nhost: ${host}\r\n${more}`;
  return Buffer.from(`${head}content-length: ${length}\r\n\r\n${body}`, "latin1");
}

const known = /^HTTP\/1\.1 (101|200|400|403|404|405|413|417|426|431|501|505) /;

describe.each(servers)("%s", (name) => {
  const good = async (): Promise<string> => {
    const answer = await asking(portOf[name](), goodPath[name]);
    return answer.slice(0, answer.indexOf("\r"));
  };

  test.each(["//", "/\\", "//x", "http://", "http://example.com/", "http://[", "///"])(
    "a request for %s is answered, and the next one, too",
    async (target) => {
      expect(await asking(portOf[name](), target)).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(await good()).toBe("HTTP/1.1 200 OK");
    },
  );

  test("what cannot be read as a path of this server is answered with 400 and a sentence", async () => {
    const port = portOf[name]();
    for (const target of ["//", "/\\"]) {
      const answer = await asking(port, target);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain("the request names no path of this server");
    }
    expect(await asking(port, "//example.com/")).toContain("a path of another server");
  });

  test("other hosts, origins and methods are refused", async () => {
    const port = portOf[name]();
    const foreign = `GET ${goodPath[name]} HTTP/1.1\r\nhost: evil.com:${port}\r\n\r\n`;
    expect(await exchange(port, foreign)).toMatch(/^HTTP\/1\.1 403 /);
    const origin = "origin: http://evil.com\r\n";
    expect(await asking(port, goodPath[name], "GET", origin)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await asking(port, goodPath[name], "DELETE")).toMatch(/^HTTP\/1\.1 405 /);
    const long = `POST ${goodPath[name]} HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-length: 1500000\r\n\r\n`;
    expect(await exchange(port, `${long}${"x".repeat(1_500_000)}`)).toMatch(/^(HTTP\/1\.1 413 |$)/);
    expect(await good()).toBe("HTTP/1.1 200 OK");
  });

  test("1,200 odd requests are answered or closed, and then a good one is answered", async () => {
    const random = seededRandom(seed);
    const statuses = new Map<string, number>();
    for (let batch = 0; batch < 24; batch++) {
      const requests = Array.from({ length: 50 }, () =>
        oddRequest(random, portOf[name](), goodPath[name]),
      );
      const answers = await Promise.all(
        requests.map((request) => exchange(portOf[name](), request)),
      );
      answers.forEach((answer, index) => {
        const told = `seed ${seed}, batch ${batch}, request ${index}`;
        if (answer !== "") expect(answer, told).toMatch(known);
        const status = answer.slice(9, 12);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      });
    }
    attacked("malformed requests to the three servers", 24 * 50);
    for (const status of ["200", "400", "403", "404", "405"]) {
      expect(statuses.get(status), `requests that are answered ${status}`).toBeGreaterThan(3);
    }
    expect(await good()).toBe("HTTP/1.1 200 OK");
  });
});

function opened(path: string): Promise<WebSocket> {
  const origin = `http://127.0.0.1:${inspector.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${inspector.port}${path}`, { origin });
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      resolve(socket);
    });
    socket.on("error", reject);
  });
}

/** Waits until the server has read everything that was sent. */
function heard(socket: WebSocket): Promise<unknown> {
  socket.ping();
  return new Promise((resolve) => socket.once("pong", resolve));
}

/** A message that a page or another client might send, with something wrong with it. */
function oddMessage(random: Random): string {
  const type = oneOf(random, [
    ...(["unstuck.take", "unstuck.pause", "unstuck.run", "unstuck.nonsense", ""] as const),
    ...["@xstate.actor", "@xstate.snapshot", "@xstate.event", "@xstate.microstep", "@xstate."],
  ]);
  const value = oneOf<unknown>(random, [
    ...([null, 1, "", "x:0", [], {}, "ingest.c0.m0", "ingest.c99.m9", "__proto__"] as const),
    { type: { type } },
    noise(random, 10),
  ]);
  const other = oneOf<unknown>(random, [null, 7, "{", "x:1", { value: [[]] }, [[], {}]]);
  const message = JSON.stringify({
    type: oneOf<unknown>(random, [type, type, type, value]),
    sessionId: value,
    rootId: other,
    key: value,
    name: other,
    definition: other,
    snapshot: other,
    transitions: other,
  });
  return oneOf(random, [
    message,
    message,
    message.slice(0, 30),
    "[".repeat(5000),
    noise(random, 9),
  ]);
}

test("2,000 odd messages from a page and from a client are read or dropped, and the run goes on", async () => {
  const random = seededRandom(seed);
  const [page, client] = await Promise.all([opened("/page"), opened("/")]);
  for (let message = 0; message < 1000; message++) {
    page.send(oddMessage(random));
    client.send(random.next() < 0.3 ? Buffer.from(oddMessage(random)) : oddMessage(random));
  }
  await Promise.all([heard(page), heard(client)]);
  page.send(JSON.stringify({ type: "unstuck.take", key: "outputDown.o0" }));
  await heard(page);
  attacked("malformed messages to the live inspector", 2000);
  const { run } = inspector;
  const keys = run.soFar.type === "unstuck.run" ? run.soFar.keys : [];
  expect(keys, `seed ${seed}`).toContain("outputDown.o0");
  page.close();
  client.close();
});

test("500 connections that send odd frames, or break while they are upgraded, end by themselves", async () => {
  const random = seededRandom(seed);
  const host = `host: 127.0.0.1:${inspector.port}\r\n`;
  const upgrade =
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  for (let batch = 0; batch < 10; batch++) {
    const connections = Array.from({ length: 50 }, () => {
      const path = oneOf(random, ["/", "/page", "//", "/%"]);
      const head = `GET ${path} HTTP/1.1\r\n${random.next() < 0.8 ? host : "host: evil.com\r\n"}${upgrade}`;
      const frames = Buffer.from(noise(random, 200), "latin1");
      return exchange(inspector.port, Buffer.concat([Buffer.from(head), frames]));
    });
    await Promise.all(connections);
  }
  attacked("connections with malformed frames", 500);
  expect(await asking(inspector.port, "/")).toMatch(/^HTTP\/1\.1 200 /);
});
