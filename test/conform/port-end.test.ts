import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "../cli/until.ts";
import { runCommand } from "./run-command.ts";

const hello =
  '{"type":"hello","protocol":1,"name":"a test","actions":["ingest","dispatch","flushOk","flushRetry","flushDrop","retryFire","retryFireOverLimit","reschedule","outputDown","outputUp"],"releases":["v3.0.4"]}';

/** Ports hold a connection as long as they live: its end is seen without knowing who is whose child. */
let server: Server;
const living = new Set<Socket>();
let started = 0;

beforeEach(async () => {
  started = 0;
  server = createServer((socket) => {
    started++;
    living.add(socket);
    socket.on("error", () => undefined).on("close", () => living.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  for (const socket of living) socket.end("die");
  server.close();
});

/** A port that says hello, answers bye, and then never ends; behind a shell, as scripts that start ports are. */
function stubborn(): readonly string[] {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const program = `
require("node:net").connect(${port}, "127.0.0.1").on("data", () => process.exit()).on("error", () => undefined);
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { type } = JSON.parse(line);
  if (type === "hello") console.log(process.argv[1]);
  if (type === "bye") console.log(line);
});
setInterval(() => undefined, 1000);`;
  return ["sh", "-c", '"$@"; exit $?', "sh", process.execPath, "-e", program, hello];
}

/** A program that asks the port in its arguments, as the kit does, and waits long for its answer. */
async function asking(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { LineChannel } from "./src/conform/port/line-channel.ts";
await new LineChannel(process.argv.slice(1), 100_000).ask("{}", "nothing");`,
      resolveDir: fileURLToPath(new URL("../../", import.meta.url)),
    },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
}

describe("nothing of a port is left behind", () => {
  it("where it hangs behind a shell", async () => {
    const { code, out, err } = await runCommand("conform", "--timeout", "3", "--", ...stubborn());
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("the port did not answer reset within 3 s");
    expect(started).toBe(1);
    await until("the port is gone", () => living.size === 0);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "where the kit is ended by %s",
    async (signal) => {
      const words = ["--input-type=module", "-e", await asking(), ...stubborn()];
      const kit = spawn(process.execPath, words);
      const ended = once(kit, "close");
      await until("the port has started", () => started === 1);
      kit.kill(signal);
      expect(await ended).toEqual([null, signal]);
      await until("the port is gone", () => living.size === 0);
      expect(started).toBe(1);
    },
  );
});
