import { describe, expect, it } from "vitest";
import { LineUnwrapper } from "../../../src/diagnose/log/unwrap-line.ts";

const escape = String.fromCharCode(27);
const line = "[2026/11/23 02:19:33] [ info] [task] x";
const stamped = {
  at: "2026/11/23 02:19:33",
  time: Date.UTC(2026, 10, 23, 2, 19, 33),
  level: "info",
  text: "[task] x",
};

function unwrapped(...lines: readonly string[]): ReturnType<LineUnwrapper["unwrap"]> {
  const unwrapper = new LineUnwrapper();
  return lines.flatMap((one) => unwrapper.unwrap(one));
}

const colours = `${escape}[1m[${escape}[0m2026/11/23 02:19:33${escape}[1m]${escape}[0m [${escape}[92m info${escape}[0m] [task] x\r`;

describe("a line of a log", () => {
  it.each([
    ["as it is", line, ""],
    ["with colours", colours, ""],
    ["with colours whose escape is lost", colours.replaceAll(escape, ""), ""],
    ["with colours as less shows them", colours.replaceAll(escape, "^["), ""],
    ["with colours as rsyslog writes them", colours.replaceAll(escape, "#033"), ""],
    ["with colours as a script prints them", colours.replaceAll(escape, "\\x1b"), ""],
    ["in CRI", `2026-11-23T02:19:33.5Z stderr F ${line}`, ""],
    ["of kubectl logs --timestamps", `2026-11-23T02:19:33.5Z ${line}`, ""],
    ["of kubectl logs --prefix", `[pod/fb-1/fluent-bit] ${line}`, "pod/fb-1/fluent-bit"],
    ["of both", `[pod/fb-1/c] 2026-11-23T02:19:33Z ${line}`, "pod/fb-1/c"],
    ["of stern", `fb-aaaaa fluent-bit ${line}`, "fb-aaaaa fluent-bit"],
    ["of docker compose", `fluent-bit-1  | ${line}`, "fluent-bit-1"],
    ["of journalctl", `Nov 23 02:19:33 node7 td-agent-bit[99]: ${line}`, "node7 td-agent-bit"],
    [
      "of journalctl -o short-iso",
      `2026-11-23T02:19:33+0000 node7 fluent-bit[7]: ${line}`,
      "node7 fluent-bit",
    ],
    ["of journalctl -o cat", line, ""],
    [
      "of journalctl -o json",
      JSON.stringify({ MESSAGE: line, _HOSTNAME: "node7", PRIORITY: "6" }),
      "node7",
    ],
    ["of docker", JSON.stringify({ log: `${line}\n`, stream: "stderr" }), ""],
    ["of docker with colours", JSON.stringify({ log: `${colours}\n` }), ""],
    [
      "of a cluster's log store",
      JSON.stringify({ _source: { log: line, kubernetes: { pod_name: "fb-2" } } }),
      "fb-2",
    ],
    ["of Cloud Logging", JSON.stringify({ textPayload: line, insertId: "1" }), ""],
    ["of docker in CRI", `2026-11-23T02:19:33Z stdout F ${JSON.stringify({ log: line })}`, ""],
    ["of logcli", `2026-11-23T02:19:33Z {"pod":"fb"} ${line}`, '{"pod":"fb"}'],
    ["in a table", `"2026-11-23 02:19:33","${line}"`, ""],
  ])("%s", (_, content, source) => {
    const [found, ...others] = unwrapped(content);
    expect(others).toEqual([]);
    expect(found?.source).toBe(source);
    expect(found?.stamped).toMatchObject(
      content.endsWith('"') ? { ...stamped, text: '[task] x"' } : stamped,
    );
  });

  it.each([
    ["[2026/11/23 02:19:33.917] [error] [sched] x", 917, "error"],
    ["[2026/11/23 02:19:33.123456789] [ warn] [sched] x", 123, "warn"],
    ["[2026/11/23 02:19:33] [  Error] [sched] x", 0, "error"],
    ["[2026/11/23 02:19:33] [sched] x", 0, ""],
  ])("has a time and a level: %s", (content, milliseconds, level) => {
    expect(unwrapped(content)[0]?.stamped).toMatchObject({
      time: stamped.time + milliseconds,
      level,
      text: "[sched] x",
    });
  });

  it("is put together where CRI cut it", () => {
    const lines = unwrapped(
      `2026-11-23T02:19:33Z stderr P ${line.slice(0, 30)}`,
      `2026-11-23T02:19:33Z stderr F ${line.slice(30)}`,
    );
    expect(lines.map((one) => one.stamped?.text)).toEqual(["[task] x"]);
  });

  it("leaves what has no time to the engine whose prefix it has", () => {
    const lines = unwrapped(`fb-1 c ${line}`, "fb-1 c ├─ status", "fb-2 c Fluent Bit v3.1.9");
    expect(lines.map(({ content, source }) => [content, source])).toEqual([
      [line, "fb-1 c"],
      ["├─ status", "fb-1 c"],
      ["Fluent Bit v3.1.9", "fb-2 c"],
    ]);
  });

  it.each(["", "Fluent Bit v3.0.4", "[ info] no time", "[2026/13/45 02:19:33] [ info] no day"])(
    "has no time: %s",
    (content) => {
      expect(unwrapped(content).every((one) => one.stamped === null)).toBe(true);
    },
  );
});
