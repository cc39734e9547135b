import { describe, expect, it } from "vitest";
import { Evidence } from "../../src/diagnose/evidence.ts";
import { diagnoseEngine, type Diagnosis } from "../../src/diagnose/judge/diagnosis.ts";

const started = [
  "[2025/03/04 10:00:00] [ info] [fluent bit] version=3.1.9, commit=0123456789, pid=1",
  "[2025/03/04 10:00:00] [ info] [storage] ver=1.5.2, type=memory+filesystem, max_chunks_up=8",
];

function failed(at: string, task: number, seconds = 9, output = "http.0", chunk = task): string {
  return `[2025/03/04 ${at}] [ warn] [engine] failed to flush chunk '1-2.${chunk}.flb', retry in ${seconds} seconds: task_id=${task}, input=tail.0 > output=${output} (out_id=0)`;
}

function refused(at: string, task: number, seconds = 9): string {
  return `[2025/03/04 ${at}] [ info] [task] re-schedule retry=0x7f1 ${task} in the next ${seconds} seconds`;
}

function delivered(at: string): string {
  return `[2025/03/04 ${at}] [ info] [output:http:http.0] logs.example.org:443, HTTP status=200`;
}

function retried(at: string, task: number): string {
  return `[2025/03/04 ${at}] [ info] [engine] flush chunk '1-2.${task}.flb' succeeded at retry 1: task_id=${task}, input=tail.0 > output=http.0 (out_id=0)`;
}

function other(at: string): string {
  return `[2025/03/04 ${at}] [ info] [input:tail:tail.1] inotify_fs_remove(): inode=1 watch_fd=2`;
}

const eight = [0, 1, 2, 3, 4, 5, 6, 7];

function diagnosed(...lines: readonly string[]): readonly Diagnosis[] {
  const evidence = new Evidence(() => 8);
  [...started, ...lines].forEach((line, index) => {
    evidence.take("log", "log", index + 1, line);
  });
  const [engine] = evidence.engines;
  if (engine === undefined) throw new Error("no engine was found");
  return diagnoseEngine({ ...engine, name: "log" }, [], (_, maxChunksUp) => ({
    taskMapSize: 8,
    taskMapIsKnown: true,
    maxChunksUp,
  }));
}

function kinds(...lines: readonly string[]): readonly string[] {
  return diagnosed(...lines).flatMap(({ findings }) => findings.map(({ kind }) => kind));
}

describe("what is said of a run", () => {
  it("is well while deliveries are recent, and not known when they are old", () => {
    const flows = ["10:00:01", "10:00:02", "10:00:03"].map(delivered);
    expect(kinds(...flows, other("10:00:05"))).toEqual(["healthy"]);
    expect(kinds(...flows, other("10:05:00"))).toEqual(["silent"]);
  });

  it("knows how old a delivery is though the clock went back since", () => {
    const lines = [delivered("10:59:58"), delivered("10:59:59"), other("10:00:00")];
    expect(kinds(...lines, other("10:00:02"))).toEqual(["healthy"]);
    const [diagnosis] = diagnosed(...lines, other("10:05:00"));
    expect(diagnosis?.findings).toMatchObject([{ kind: "silent", seconds: 300 }]);
    expect(diagnosis?.clockWentBack).toBe(true);
  });

  it("is stuck with the last refusal of the last task, and not before", () => {
    const tasks = eight.map((task) => failed("10:00:05", task));
    const refusals = eight.map((task) => refused("10:00:20", task));
    expect(kinds(...tasks, ...refusals.slice(0, 7))).toEqual(["blocked"]);
    expect(kinds(...tasks, ...refusals)).toEqual(["map-waits"]);
  });

  it("counts refusals since anything moved", () => {
    const tasks = eight.map((task) => failed("10:00:05", task));
    const early = [refused("10:00:14", 1), refused("10:00:15", 2), failed("10:00:16", 3)];
    const [diagnosis] = diagnosed(
      ...tasks,
      ...early,
      ...eight.map((task) => refused("10:00:30", task)),
    );
    expect(diagnosis?.findings).toMatchObject([{ kind: "map-waits", refusals: 8 }]);
  });

  it("is not called failing where a whole map waits of which nothing was tried again", () => {
    const tasks = eight.map((task) => failed("10:00:05", task));
    expect(kinds(...tasks)).toEqual(["blocked"]);
    expect(kinds(...tasks.slice(1))).toEqual(["failing"]);
    const [tried] = diagnosed(...tasks, failed("10:00:14", 3));
    expect(tried?.findings).toMatchObject([{ kind: "failing", attempted: true }]);
  });

  it("works only where a retry is seen to be attempted", () => {
    const [once] = diagnosed(failed("10:00:05", 1));
    expect(once?.findings).toMatchObject([{ kind: "failing", attempted: false }]);
    const [twice] = diagnosed(failed("10:00:05", 1), failed("10:00:14", 1));
    expect(twice?.findings).toMatchObject([{ kind: "failing", attempted: true }]);
    // The same number, and another chunk: that is no retry.
    const [another] = diagnosed(failed("10:00:05", 1), failed("10:00:14", 1, 9, "http.0", 77));
    expect(another?.findings).toMatchObject([{ kind: "failing", attempted: false }]);
  });

  it("forgets what waited for a number that another chunk has now", () => {
    const [diagnosis] = diagnosed(
      failed("10:00:05", 1, 9, "forward.1"),
      failed("10:00:30", 1, 9, "http.0", 77),
    );
    expect(diagnosis?.findings).toMatchObject([{ kind: "failing", output: "http.0", tasks: 1 }]);
  });

  it("is blocked where retries find no memory and none is attempted, with a map that has room", () => {
    const tasks = [1, 2, 3].map((task) => failed("10:00:05", task, 15));
    expect(kinds(...tasks, refused("10:00:10", 1))).toEqual(["failing"]);
    expect(kinds(...tasks, refused("10:00:20", 1))).toEqual(["blocked"]);
    expect(kinds(...tasks, refused("10:00:20", 1), failed("10:00:21", 2, 15))).toEqual(["failing"]);
  });

  it("drains while retries wait and others are delivered", () => {
    const lines = [failed("10:00:05", 1), failed("10:00:05", 2), retried("10:00:14", 1)];
    expect(kinds(...lines)).toEqual(["draining"]);
    expect(kinds(...lines, retried("10:00:15", 2))).toEqual(["healthy"]);
  });

  it("is overdue where nothing is heard of a retry", () => {
    expect(kinds(failed("10:00:05", 1), other("10:00:25"))).toEqual(["failing"]);
    expect(kinds(failed("10:00:05", 1), other("10:01:05"))).toEqual(["overdue"]);
  });

  it("asks for more where the process runs out of descriptors, even if all is refused", () => {
    const tasks = eight.map((task) => failed("10:00:05", task));
    const none = "[2025/03/04 10:00:19] [  Error] timerfd: Too many open files, errno=24 at a.c:1";
    const found = kinds(...tasks, none, ...eight.map((task) => refused("10:00:20", task)));
    expect(found).toEqual(["no-descriptors", "blocked"]);
  });

  it("does not explain a retry of a task that never failed", () => {
    expect(kinds(refused("10:00:20", 3), delivered("10:00:21"))).toContain("unexplained");
  });

  it("pauses until it is resumed", () => {
    const pause = "[2025/03/04 10:00:05] [ warn] [input] tail.0 paused (mem buf overlimit)";
    const resume = "[2025/03/04 10:00:06] [ info] [input] tail.0 resume (mem buf overlimit)";
    expect(kinds(pause, delivered("10:00:07"))).toEqual(["paused", "healthy"]);
    expect(kinds(pause, resume, delivered("10:00:07"))).toEqual(["healthy"]);
  });

  it("loses what it refuses while it is paused", () => {
    const refusal =
      "[2025/03/04 10:00:06] [debug] [input chunk] forward.0 is paused, cannot append records";
    expect(diagnosed(refusal, refusal)[0]?.findings).toMatchObject([
      { kind: "paused", input: "forward.0", refused: 2 },
    ]);
  });
});
