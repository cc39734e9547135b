import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { hardenedFix } from "../../engine/releases/hardened-fix.ts";
import { v304 } from "../../engine/releases/v3-0-4.ts";
import type { Release } from "../../engine/core/engine.ts";
import { scenarioOf } from "../../engine/simulation/default-story.ts";
import { simulate } from "../../engine/simulation/simulate.ts";
import { run } from "../run/run.ts";
import type { Terminal } from "../terminal.ts";

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

/** Days of outage at the real limits: virtual time, steps of the engine, and how long they took. */
function benchOutage(release: Release, hours: number, terminal: Terminal): void {
  let steps = 0;
  const counted: Release = {
    ...release,
    endOfStep: (engine) => {
      release.endOfStep(engine);
      steps += 1;
    },
  };
  const phases = [
    { name: "healthy", seconds: 60, down: [], feeding: true },
    { name: "outage", seconds: hours * 3600, down: [0], feeding: true },
    { name: "healthy", seconds: 600, down: [], feeding: true },
  ];
  const began = performance.now();
  const { accepted, delivered } = simulate(
    scenarioOf(counted, phases, 1, { tags: 4, period: 1000, sampleEvery: 600 }),
  );
  const took = seconds(began);
  terminal.out(
    `${release.name}: ${hours} h of outage at the real limits in ${took.toFixed(1)} s; ` +
      `${steps} engine events, ${Math.round(steps / took)} a second; ` +
      `${accepted} records taken, ${delivered} delivered\n`,
  );
}

/** Records from a file, through chunks on disk, to an endpoint on this machine. */
async function benchRun(records: number, terminal: Terminal): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-bench-"));
  let arrived = 0;
  let all: () => void = () => undefined;
  const server = createServer((request, response) => {
    request.on("data", (bytes: Buffer) => {
      for (const byte of bytes) if (byte === 10) arrived += 1;
    });
    request.on("end", () => {
      response.end();
      if (arrived >= records) all();
    });
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const path = join(folder, "app.log");
    const line = `${"a line of a log, about as long as they are, with 100 bytes ".padEnd(99, "x")}\n`;
    writeFileSync(path, line.repeat(records));
    const began = performance.now();
    let took = 0;
    await run(
      {
        storage: join(folder, "storage"),
        tail: [path],
        tag: "bench",
        http: `http://127.0.0.1:${port}/`,
        release: "hardened-fix",
        flush: "0.2",
        grace: "5",
        retryLimit: "no_limits",
        maxChunksUp: 128,
        schedulerBase: 5,
        schedulerCap: 2000,
        logLevel: "error",
      },
      {
        stdin: new PassThrough(),
        stdout: new PassThrough(),
        pid: process.pid,
        onStop: (stop) => {
          all = () => {
            took = seconds(began);
            stop();
          };
        },
      },
      terminal,
    );
    terminal.out(
      `run: ${records} records of ${line.length} bytes, file to chunks on disk to local HTTP, in ` +
        `${took.toFixed(1)} s; ${Math.round(records / took)} a second\n`,
    );
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

/** `unstuck bench`: measures on this machine, and says which one it is. */
export async function bench(
  { hours, records }: { readonly hours: number; readonly records: number },
  terminal: Terminal,
): Promise<void> {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown";
  terminal.out(`${processors.length} × ${model}, Node ${process.version}\n`);
  benchOutage(v304, hours, terminal);
  benchOutage(hardenedFix, hours, terminal);
  await benchRun(records, terminal);
}
