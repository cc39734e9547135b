import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../cli/recording-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-wrappings-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function linesOf(name: string): readonly string[] {
  const text = readFileSync(`test/fixtures/operators/${name}/fluent-bit.log`, "utf8");
  return text.trimEnd().split("\n");
}

// With a dump in its middle, so that lines without a time count too.
const stuck = linesOf("diagnose-sigcont-is-no-end");
const dump = linesOf("diagnose-dump-is-evidence");
const mixed = linesOf("diagnose-two-pods-interleaved");

type Wrap = (line: string, index: number) => string;

const wraps: readonly (readonly [string, Wrap])[] = [
  ["stern", (line) => `fluent-bit-x7k2p fluent-bit ${line}`],
  ["docker compose", (line) => `fluent-bit-1  | ${line}`],
  ["docker swarm", (line) => `log_fb.1.ab12@node1    | ${line}`],
  ["journald in JSON", (line) => JSON.stringify({ MESSAGE: line, _HOSTNAME: "n", _PID: "9" })],
  ["syslog, RFC 5424", (line) => `<30>1 2025-03-04T10:00:00.000Z host fluent-bit 99 - - ${line}`],
  ["syslog, RFC 3164", (line) => `<30>Mar  4 10:00:00 host fluent-bit[99]: ${line}`],
  ["grep -n", (line, index) => `fluent-bit.log:${index + 1}:${line}`],
  ["cat -n", (line, index) => `${String(index + 1).padStart(6)}\t${line}`],
  ["a mail", (line) => `> ${line}`],
  ["CRI", (line) => `2025-03-04T10:00:00Z stderr F ${line}`],
  [
    "CRI, cut",
    (line) =>
      `2025-03-04T10:00:00Z stderr P ${line.slice(0, 30)}\n2025-03-04T10:00:00Z stderr F ${line.slice(30)}`,
  ],
  ["CRLF", (line) => `${line}\r`],
  [
    "Kubernetes' own fields",
    (line) => JSON.stringify({ log: line, kubernetes: { pod_name: "fb-1" } }),
  ],
  ["a web page", (line) => line.replaceAll(">", "&gt;")],
];

async function diagnosed(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { out } = await run(["diagnose", file, "--task-map", "8"]);
  return out.replaceAll(/\s+/g, " ");
}

describe("what stands around lines", () => {
  it.each(wraps)("%s", async (_, wrap) => {
    expect(await diagnosed("stuck.log", stuck.map(wrap).join("\n"))).toMatch(
      /^STUCK: all 8 tasks wait .*10:00:12 .*: 24 retries found no memory since/,
    );
    expect(await diagnosed("dump.log", dump.map(wrap).join("\n"))).toMatch(
      /^UNDECIDED: it looks stuck: 8 tasks, 8 chunks in memory and 8 not/,
    );
  });

  it.each<[string, Uint8Array]>([
    ["UTF-16, little end first, without a mark", Buffer.from(stuck.join("\n"), "utf16le")],
    ["UTF-16, with a mark", Buffer.from(`\ufeff${stuck.join("\n")}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(stuck.join("\n"), "utf16le").swap16()],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${stuck.join("\n")}`)],
    ["packed, whatever its name", gzipSync(stuck.join("\n"))],
    ["packed UTF-16", gzipSync(Buffer.from(stuck.join("\r\n"), "utf16le"))],
    ["a list in JSON", Buffer.from(JSON.stringify(stuck.map((log) => ({ log }))))],
    [
      "a list on many lines",
      Buffer.from(
        JSON.stringify(
          stuck.map((log) => ({ log })),
          null,
          2,
        ),
      ),
    ],
  ])("%s", async (_, bytes) => {
    expect(await diagnosed("bytes", bytes)).toMatch(/^STUCK: all 8 tasks wait .*: 24 retries/);
  });

  it.each<[string, (pod: string, line: string) => string]>([
    ["stern", (pod, line) => `${pod} fluent-bit ${line}`],
    ["docker compose", (pod, line) => `${pod}  | ${line}`],
    ["journals of several hosts", (pod, line) => `Mar 04 10:00:00 ${pod} fluent-bit[9]: ${line}`],
    [
      "a cluster's log store",
      (pod, line) => JSON.stringify({ log: line, kubernetes: { pod_name: pod } }),
    ],
  ])("engines are told apart in those of %s", async (_, wrap) => {
    const lines = mixed.map((line) => {
      const [, pod = "", rest = ""] = /^\[pod\/([\w-]+)\/[\w-]+\] (.*)$/.exec(line) ?? [];
      return wrap(pod, rest);
    });
    expect(await diagnosed("mixed.log", lines.join("\n"))).toMatch(
      /^STUCK: [^[]*\[fluent-bit-aaaaa[^\]]*\] HEALTHY: [^[]*\[fluent-bit-bbbbb/,
    );
  });

  it("engines that nothing tells apart are not called well", async () => {
    const lines = mixed.map((line) => line.replace(/^\[pod\S+\] /, ""));
    const said = await diagnosed("one.log", lines.join("\n"));
    expect(said).toMatch(/^UNDECIDED: no run of one engine explains \d+ lines/);
  });
});
