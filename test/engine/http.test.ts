import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";

import { encodeLogEvent } from "../../src/engine/core/log-event.ts";
import { httpOutput } from "../../src/engine/outputs/http.ts";
import type { FlushResult } from "../../src/engine/core/structures.ts";
import { createLog } from "../../src/engine/platform/log.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function listen(listener: RequestListener): Promise<number> {
  const created = createServer(listener);
  server = created;
  await new Promise<void>((resolve) => created.listen(0, "127.0.0.1", resolve));
  const address = created.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function post(port: number, content?: Uint8Array) {
  const lines: string[] = [];
  const clock = new VirtualClock(0);
  const log = createLog({
    clock,
    level: "info",
    timeStamp: "seconds",
    write: (line) => lines.push(line.slice(22).replace(String(port), "PORT")),
  });
  const output = httpOutput(
    { host: "127.0.0.1", port, name: "out_a", dateKey: false, responseTimeout: 200 },
    log,
  );
  const event = encodeLogEvent({ time: 1, body: { id: 1 } });
  const request = {
    tag: "a b",
    chunkName: "c",
    content: content ?? event,
    records: 1,
    reject: () => true,
  };
  const result = await new Promise<FlushResult>((resolve) => {
    output.flush(request, resolve);
  });
  output.exit();
  return { result, lines };
}

describe("the HTTP output", () => {
  it("posts JSON lines", async () => {
    const bodies: string[] = [];
    const port = await listen((request, response) => {
      request.on("data", (data: Buffer) => bodies.push(data.toString()));
      request.on("end", () => response.writeHead(201).end());
    });
    const { result, lines } = await post(port);
    expect(result).toBe("ok");
    expect(bodies).toEqual(['{"id":1}\n']);
    expect(lines).toEqual(["[ info] [output:http:out_a] 127.0.0.1:PORT, HTTP status=201"]);
  });

  it.each([
    [
      "503",
      (response: Parameters<RequestListener>[1]) => response.writeHead(503).end(),
      "HTTP status=503",
    ],
    [
      "404",
      (response: Parameters<RequestListener>[1]) => response.writeHead(404).end(),
      "HTTP status=404",
    ],
    [
      "a reset",
      (response: Parameters<RequestListener>[1]) => response.destroy(),
      "could not flush records",
    ],
    ["no answer in time", () => undefined, "could not flush records"],
  ])("asks for a retry after %s", async (_name, answer, told) => {
    const port = await listen((_request, response) => {
      answer(response);
    });
    const { result, lines } = await post(port);
    expect(result).toBe("retry");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(told);
  });

  it("asks for a retry when nobody listens", async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const { result, lines } = await post(port);
    expect(result).toBe("retry");
    expect(lines).toEqual([
      "[error] [output:http:out_a] no upstream connections available to 127.0.0.1:PORT",
    ]);
  });

  it("answers an error for content that is not log events", async () => {
    const { result } = await post(1, new Uint8Array([1, 2, 3]));
    expect(result).toBe("error");
  });
});
