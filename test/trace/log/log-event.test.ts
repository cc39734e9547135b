import { describe, expect, it } from "vitest";
import { logEventOf } from "../../../src/trace/log/log-event.ts";
import { parseLogLine } from "../../../src/trace/log/log-line.ts";

const escape = String.fromCharCode(27);

describe("a line of a log", () => {
  it.each([
    ["[2026/11/23 02:19:33] [ info] [task] x", "2026/11/23 02:19:33", "[task] x", 0],
    ["[2026/11/23 02:19:33.917] [error] [sched] x", "2026/11/23 02:19:33.917", "[sched] x", 917],
    [
      "[2026/11/23 02:19:33] [engine] caught signal",
      "2026/11/23 02:19:33",
      "[engine] caught signal",
      0,
    ],
    [
      `${escape}[1m[${escape}[0m2026/11/23 02:19:33${escape}[1m]${escape}[0m [${escape}[92m info${escape}[0m] [task] x\r`,
      "2026/11/23 02:19:33",
      "[task] x",
      0,
    ],
    [
      "2026-11-23T02:19:33.5Z stderr F [2026/11/23 02:19:33] [ warn] [task] x",
      "2026/11/23 02:19:33",
      "[task] x",
      0,
    ],
  ])("has a time and a text: %s", (line, at, text, milliseconds) => {
    const time = Date.UTC(2026, 10, 23, 2, 19, 33) + milliseconds;
    expect(parseLogLine(3, line)).toEqual({ number: 3, at, time, text });
  });

  it.each([
    "",
    "Fluent Bit v3.0.4",
    "[ info] no time",
    "[2026/13/45 02:19:33] [ info] no day",
    "# ... 26 lines cut ...",
  ])("is none of Fluent Bit's: %s", (line) => {
    expect(parseLogLine(1, line)).toBeNull();
  });
});

describe("what a line says", () => {
  it.each([
    ["Configuration:", { kind: "configured" }],
    [
      "[fluent bit] version=3.0.4, commit=7de2c45227, pid=16326",
      { kind: "started", version: "3.0.4" },
    ],
    [
      "[storage] ver=1.5.2, type=memory+filesystem, sync=normal, checksum=off, max_chunks_up=8",
      { kind: "storage", maxChunksUp: 8 },
    ],
    [
      "[engine] failed to flush chunk '18465-1795400506.84113931.flb', retry in 3 seconds: task_id=130, input=forward.0 > output=out_a (out_id=0)",
      { kind: "failed", task: 130 },
    ],
    [
      "[engine] flush chunk '1-2.3.flb' succeeded at retry 2: task_id=7, input=forward.0 > output=out_a (out_id=0)",
      { kind: "delivered", task: 7 },
    ],
    [
      "[engine] flush backlog chunk '1-2.3.flb' succeeded: task_id=4, input=storage_backlog.1 > output=out_a (out_id=0)",
      { kind: "delivered", task: 4 },
    ],
    ["[output:http:out_a] 127.0.0.1:24200, HTTP status=200", { kind: "delivered", task: null }],
    [
      "[task] re-schedule retry=0x7fcddc277b80 1172 in the next 3 seconds",
      { kind: "rescheduled", task: 1172 },
    ],
    ["[task] retry for task 12 could not be re-scheduled", { kind: "lost", task: 12 }],
    [
      "[engine] chunk '1-2.3.flb' cannot be retried: task_id=3, input=tail.0 > output=es.0",
      { kind: "dropped", task: 3 },
    ],
    [
      "[engine] chunk '1-2.3.flb' is not retried (no retry config): task_id=5, input=tail.0 > output=es.0 (out_id=0)",
      { kind: "dropped", task: 5 },
    ],
    ["[task] created task=0x7f51 id=3 OK", { kind: "created", task: 3 }],
    ["[task] destroy task=0x7f51 (task_id=3)", { kind: "destroyed", task: 3 }],
    ["[input chunk] no available chunk", { kind: "refused" }],
    ["[engine] caught signal (SIGTERM)", { kind: "ending" }],
    ["[engine] service will shutdown in max 2 seconds", { kind: "ending" }],
    ["[engine] service has stopped (2048 pending tasks)", { kind: "ended", tasks: 2048 }],
  ])("%s", (text, event) => {
    expect(logEventOf(text)).toEqual(event);
  });

  it.each([
    "[output:http:out_a] 127.0.0.1:24200, HTTP status=503",
    "[error] [output:http:out_a] no upstream connections available",
    "[input] pausing forward.0",
    "[retry] new retry created for task_id=3 attempts=1",
  ])("is nothing of chunks and tasks: %s", (text) => {
    expect(logEventOf(text)).toBeNull();
  });
});
