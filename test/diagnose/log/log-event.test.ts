import { describe, expect, it } from "vitest";
import { bareEventOf, logEventOf } from "../../../src/diagnose/log/log-event.ts";

const C = "18465-1795400506.84113931.flb";

describe("what a line says", () => {
  it.each([
    ["Configuration:", { kind: "configured" }],
    [
      "[fluent bit] version=3.0.4, commit=7de2c45227, pid=16326",
      { kind: "started", version: "3.0.4" },
    ],
    ["[engine] started (pid=1)", { kind: "started", version: null }],
    [
      "[storage] ver=1.5.2, type=memory+filesystem, sync=normal, checksum=off, max_chunks_up=8",
      { kind: "storage", maxChunksUp: 8 },
    ],
    [
      "[storage] normal synchronization mode, checksum disabled, max_chunks_up=128",
      { kind: "storage", maxChunksUp: 128 },
    ],
    [
      `[engine] failed to flush chunk '${C}', retry in 3 seconds: task_id=130, input=forward.0 > output=out_a (out_id=0)`,
      { kind: "failed", chunk: C, seconds: 3, task: 130, output: "out_a" },
    ],
    [
      `[engine] flush chunk '${C}' succeeded at retry 2: task_id=7, input=forward.0 > output=out_a (out_id=0)`,
      { kind: "delivered", task: 7, output: "out_a" },
    ],
    [
      `[engine] flush backlog chunk '${C}' succeeded: task_id=4, input=storage_backlog.1 > output=out_a (out_id=0)`,
      { kind: "delivered", task: 4, output: "out_a" },
    ],
    [
      "[output:http:out_a] 127.0.0.1:24200, HTTP status=200",
      { kind: "delivered", task: null, output: "out_a" },
    ],
    ["[output:td:td.0] HTTP status 200 OK", { kind: "delivered", task: null, output: "td.0" }],
    [
      "[output:azure_logs_ingestion:az] http_status=204, dcr_id=x, table=y",
      { kind: "delivered", task: null, output: "az" },
    ],
    [
      "[output:s3:s3.0] Successfully uploaded object /logs/1",
      { kind: "delivered", task: null, output: "s3.0" },
    ],
    [
      "[task] re-schedule retry=0x7fcddc277b80 1172 in the next 3 seconds",
      { kind: "rescheduled", task: 1172, seconds: 3 },
    ],
    [
      "[task] retry for task 12 could not be re-scheduled",
      { kind: "lost", task: 12, output: null },
    ],
    [
      `[engine] retry for chunk '${C}' could not be scheduled: input=tail.0 > output=loki.0`,
      { kind: "lost", task: null, output: "loki.0" },
    ],
    [
      `[engine] chunk '${C}' cannot be retried: task_id=3, input=tail.0 > output=es.0`,
      { kind: "dropped", task: 3, output: "es.0" },
    ],
    [
      `[engine] chunk '${C}' is not retried (no retry config): task_id=5, input=tail.0 > output=es.0 (out_id=0)`,
      { kind: "dropped", task: 5, output: "es.0" },
    ],
    ["[task] created task=0x7f51 id=3 OK", { kind: "created", task: 3 }],
    ["[task] destroy task=0x7f51 (task_id=3)", { kind: "destroyed", task: 3 }],
    ["[input chunk] no available chunk", { kind: "refused" }],
    [
      `[input chunk] chunk ${C} would exceed total limit size in plugin http.0`,
      { kind: "overTotalLimit", output: "http.0" },
    ],
    [
      `[input chunk] chunk '${C}' evicted from output queue to make room under storage.total_limit_size: task_id=2, input=in_B > output=out_a (out_id=0), bytes=4, limit=8`,
      { kind: "evicted", task: 2, output: "out_a" },
    ],
    [
      "[task] drop task_id 7 with no active route from input plugin in_A",
      { kind: "evicted", task: 7, output: null },
    ],
    [
      "[input chunk] fail to drop enough chunks in order to place new data",
      { kind: "cannotEvict", exits: true },
    ],
    [
      "[input chunk] fail to drop enough chunks in order to place new data coming from input plugin in_B",
      { kind: "cannotEvict", exits: false },
    ],
    [
      "[engine_dispatch] could not retrieve chunk content, removing retry",
      { kind: "unreadable", task: null },
    ],
    [
      "[engine_dispatch] could not retrieve chunk content, re-scheduling task_id=4 attempts=2",
      { kind: "unreadable", task: 4 },
    ],
    [
      "[input] tail.0 paused (mem buf overlimit)",
      { kind: "paused", input: "tail.0", limit: "mem buf overlimit" },
    ],
    [
      "[input] in_A paused (mem buf overlimit - event of size 9B exceeded limit 5 to 14B)",
      {
        kind: "paused",
        input: "in_A",
        limit: "mem buf overlimit - event of size 9B exceeded limit 5 to 14B",
      },
    ],
    ["[input] in_A resume (storage buf overlimit 3/8)", { kind: "resumed", input: "in_A" }],
    [
      "[input chunk] forward.0 is paused, cannot append records",
      { kind: "pausedRefusal", input: "forward.0" },
    ],
    [
      "[sched] a 'retry request' could not be scheduled. the system might be running out of memory or file descriptors.",
      { kind: "noDescriptors" },
    ],
    [
      "timerfd: Too many open files, errno=24 at lib/monkey/mk_core/mk_event_epoll.c:221",
      { kind: "noDescriptors" },
    ],
    ["[storage] quarantined rejected chunk into DLQ stream (bytes=9)", { kind: "quarantined" }],
    [
      "[engine] pending chunk count: memory=1, filesystem=58; grace_timer=25",
      { kind: "pending", memory: 1, filesystem: 58 },
    ],
    ["[engine] caught signal (SIGTERM)", { kind: "ending" }],
    ["[engine] caught signal (SIGCONT)", { kind: "dump" }],
    ["[engine] caught signal (SIGHUP)", { kind: "reloading" }],
    ["[engine] caught signal (SIGSEGV)", { kind: "crashed", signal: "SIGSEGV" }],
    ["[engine] service will shutdown in max 2 seconds", { kind: "ending" }],
    ["[engine] service has stopped (2048 pending tasks)", { kind: "ended", tasks: 2048 }],
  ])("%s", (text, event) => {
    expect(logEventOf(text, "info")).toEqual(event);
  });

  it.each([
    ["[output:kafka:kafka.0] internal queue is full, retrying in one second", "warn"],
    ["[output:http:kafka.0] 127.0.0.1:24200, HTTP status=503", "error"],
  ])("is a complaint of an output: %s", (text, level) => {
    expect(logEventOf(text, level)).toMatchObject({ kind: "complained", output: "kafka.0" });
  });

  it.each([
    "[output:http:out_a] 127.0.0.1:24200, HTTP status=503",
    "[input] pausing forward.0",
    "[retry] new retry created for task_id=3 attempts=1",
    "[input:tail:tail.0] inotify_fs_add(): inode=4 watch_fd=1",
  ])("is nothing of chunks and tasks: %s", (text) => {
    expect(logEventOf(text, "info")).toBeNull();
  });

  it.each([
    ["Fluent Bit v1.8.15", { kind: "banner", version: "1.8.15" }],
    ["* Fluent Bit v5.1.1", { kind: "banner", version: "5.1.1" }],
    ["[engine] caught signal (SIGCONT)", { kind: "dump" }],
    [
      "[lib/chunkio/src/cio_file_unix.c:528 errno=24] Too many open files",
      { kind: "noDescriptors" },
    ],
    ["tail.0 (tail)", null],
  ])("without a time: %s", (text, event) => {
    expect(bareEventOf(text)).toEqual(event);
  });
});
