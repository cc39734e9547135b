import { describe, expect, it } from "vitest";
import { Evidence } from "../../src/diagnose/evidence.ts";
import type { Finding } from "../../src/diagnose/judge/finding.ts";
import { judgeMetrics } from "../../src/diagnose/judge/judge-metrics.ts";
import type { Limits } from "../../src/diagnose/judge/limits.ts";
import type { MetricsSample } from "../../src/diagnose/metrics/metrics-sample.ts";

const limits: Limits = { taskMapSize: 2048, taskMapIsKnown: true, maxChunksUp: 128 };

interface Moment {
  readonly delivered?: number;
  readonly retries?: number;
  readonly dropped?: number;
  readonly busy?: number;
  readonly busyBytes?: number;
  readonly up?: number;
  readonly down?: number;
  readonly paused?: 0 | 1;
}

/** A scrape as v5.1.1 answers it. */
function scrape(moment: Moment): string {
  const { delivered = 0, retries = 0, dropped = 0, busy = 0, busyBytes = 0 } = moment;
  const { up = 0, down = 0, paused = 0 } = moment;
  return `# HELP fluentbit_output_proc_records_total Number of processed output records.
# TYPE fluentbit_output_proc_records_total counter
fluentbit_output_proc_records_total{name="http.0"} ${delivered}
fluentbit_output_retries_total{name="http.0"} ${retries}
fluentbit_output_dropped_records_total{name="http.0"} ${dropped}
fluentbit_build_info{hostname="n",version="5.1.1",os="linux"} 1
fluentbit_input_ingestion_paused{name="tail.0"} ${paused}
fluentbit_input_storage_chunks{name="tail.0"} ${up + down}
fluentbit_input_storage_chunks_up{name="tail.0"} ${up}
fluentbit_input_storage_chunks_down{name="tail.0"} ${down}
fluentbit_input_storage_chunks_busy{name="tail.0"} ${busy}
fluentbit_input_storage_chunks_busy_bytes{name="tail.0"} ${busyBytes}
fluentbit_storage_fs_chunks_up ${up}
fluentbit_storage_fs_chunks_down ${down}
other_metric 5
`;
}

/** What `/api/v1/storage` answers. */
function storage({ busy = 0, busyBytes = 0, up = 0, down = 0 }: Moment): object {
  return {
    storage_layer: {
      chunks: { total_chunks: up + down, mem_chunks: 0, fs_chunks_up: up, fs_chunks_down: down },
    },
    input_chunks: {
      "tail.0": {
        status: { overlimit: false, mem_size: "0b", mem_limit: "0b" },
        chunks: { total: up + down, up, down, busy, busy_size: `${busyBytes}b` },
      },
    },
  };
}

/** What `/api/v1/metrics` answers. */
function counters({ delivered = 0, retries = 0, dropped = 0 }: Moment): object {
  return {
    input: { "tail.0": { records: 1, bytes: 1 } },
    filter: {},
    output: {
      "http.0": { proc_records: delivered, retries, dropped_records: dropped, errors: 0 },
    },
  };
}

function samplesIn(...files: readonly string[]): readonly (readonly MetricsSample[])[] {
  const evidence = new Evidence(() => 2048);
  files.forEach((text, index) => {
    text.split("\n").forEach((line, at) => {
      evidence.take(`file${index}`, `file${index}`, at + 1, line);
    });
    evidence.end(`file${index}`, `file${index}`);
  });
  expect(evidence.engines).toEqual([]);
  return [...evidence.samples.values()];
}

function judged(text: string, of: Limits = limits): readonly Finding[] {
  return judgeMetrics(samplesIn(text).flat(), of);
}

/** Samples a few seconds apart, one a line. */
function polled(step: number, ...moments: readonly Moment[]): string {
  return moments
    .map((one, index) =>
      JSON.stringify({ t: 1e9 + index * step, storage: storage(one), metrics: counters(one) }),
    )
    .join("\n");
}

const full: Moment = { delivered: 100, retries: 2048, busy: 2048, up: 128, down: 2048 };

describe("the forms of metrics", () => {
  it.each([
    ["a scrape", scrape(full)],
    ["a value on one line", JSON.stringify({ ...storage(full) })],
    ["a value on many lines", JSON.stringify(storage(full), null, 2)],
    [
      "an answer with its head",
      `HTTP/1.1 200 OK\nServer: Monkey\n\n${JSON.stringify(storage(full))}`,
    ],
    ["a value within another", JSON.stringify({ t: 1, storage: storage(full) })],
  ])("%s", (_, text) => {
    expect(judged(text)[0]).toMatchObject({ kind: "snapshot-waits", busy: 2048, up: 128 });
  });

  it("are joined where one file has the storage and another the counters", () => {
    const samples = samplesIn(JSON.stringify(storage(full)), JSON.stringify(counters(full)));
    expect(samples).toHaveLength(1);
    expect(samples.flat()).toMatchObject([{ storage: {}, outputs: new Map([["http.0", {}]]) }]);
  });

  it("are several scrapes where a metric comes again, and tell the version", () => {
    const [samples = []] = samplesIn(scrape({ delivered: 1 }) + scrape({ delivered: 2 }));
    expect(samples.map(({ outputs }) => outputs.get("http.0")?.delivered)).toEqual([1, 2]);
    expect(samples[1]?.version).toBe("5.1.1");
  });

  it("tell which inputs are paused", () => {
    const findings = judged(scrape({ paused: 1 }));
    expect(findings).toContainEqual(expect.objectContaining({ kind: "paused", input: "tail.0" }));
  });
});

describe("what metrics say", () => {
  it.each<[string, readonly Moment[], number, string]>([
    ["deliveries", [{ delivered: 1 }, { delivered: 9 }], 5, "healthy"],
    [
      "deliveries after retries",
      [
        { delivered: 1, retries: 4 },
        {},
        {},
        {},
        { delivered: 9, retries: 5 },
        { delivered: 20, retries: 5 },
        { delivered: 30, retries: 5 },
        { delivered: 40, retries: 5 },
      ],
      8,
      "draining",
    ],
    [
      "retries only",
      [
        { delivered: 1, busy: 1, up: 1 },
        { delivered: 1, retries: 5, busy: 2, up: 2 },
      ],
      5,
      "failing",
    ],
    ["nothing at all", [{ delivered: 5 }, { delivered: 5 }], 5, "idle"],
    [
      "flushes without an answer",
      [
        { delivered: 5, busy: 3, busyBytes: 99, up: 3 },
        { delivered: 5, busy: 3, busyBytes: 99, up: 3 },
      ],
      60,
      "standing-still",
    ],
    ["one sample", [{ delivered: 5, busy: 1, busyBytes: 9, up: 1 }], 5, "one-sample"],
    [
      "lost records",
      [
        { delivered: 1, dropped: 7 },
        { delivered: 9, dropped: 7 },
      ],
      5,
      "dropped-records",
    ],
    [
      "a full map of which chunks are in flight",
      [
        { ...full, busyBytes: 9 },
        { ...full, busyBytes: 9 },
      ],
      60,
      "standing-still",
    ],
    [
      "a full map and room in memory",
      [
        { ...full, up: 127 },
        { ...full, up: 127 },
      ],
      60,
      "standing-still",
    ],
    [
      "a map with room",
      [
        { ...full, busy: 2047 },
        { ...full, busy: 2047 },
      ],
      60,
      "standing-still",
    ],
    ["a full map of chunks out of memory", [full, full], 60, "snapshot-waits"],
    ["memory full of chunks of nobody", [{ up: 0 }, {}], 60, "idle"],
  ])("%s", (_, moments, step, kind) => {
    expect(judged(polled(step, ...moments))[0]?.kind).toBe(kind);
  });

  it("is not known to be stuck without the limits", () => {
    const unknown: Limits = { taskMapSize: 16_384, taskMapIsKnown: false, maxChunksUp: null };
    expect(judged(scrape(full), unknown)[0]).toMatchObject({
      kind: "lookalike",
      missing: ["map", "limit"],
    });
  });

  it("is about the last process: its counters begin anew", () => {
    const text = polled(
      30,
      { delivered: 900, dropped: 5 },
      full,
      { delivered: 1 },
      { delivered: 9 },
    );
    expect(judged(text).map(({ kind }) => kind)).toEqual(["healthy"]);
  });

  it("is about the last process, also where the one before delivered nothing", () => {
    const stuck = { ...full, delivered: 0, retries: 2048 };
    expect(judged(polled(30, stuck, stuck))[0]?.kind).toBe("snapshot-waits");
    const fresh = JSON.stringify({ t: 90, ...counters({ retries: 3 }) });
    const retried = `${polled(30, stuck, stuck)}\n${fresh}`;
    expect(judged(retried)[0]?.kind).toBe("one-sample");
    const begun = (at: number, text: string): string =>
      `fluentbit_process_start_time_seconds{hostname="n"} ${at}\n${text}`;
    const few = ["proc_records_total", "retries_total"]
      .map((name, index) => `fluentbit_output_${name}{name="http.0"} ${[100, 2048][index] ?? 0}\n`)
      .join("");
    expect(judged(begun(1, scrape(full)) + begun(1, few))[0]?.verdict).toBe("stuck");
    expect(judged(begun(1, scrape(full)) + begun(2, few))[0]?.kind).toBe("one-sample");
  });

  it("does not say that nothing waits where the storage is not told", () => {
    const lines = [1, 2].map((t) => JSON.stringify({ t: t * 30, ...counters({ delivered: 5 }) }));
    expect(judged(lines.join("\n"))[0]).toMatchObject({ kind: "idle", storageIsTold: false });
  });

  it("does not call an engine well of which one output gets nothing", () => {
    const at = (a: number, b: number): string =>
      ["a", "b"]
        .map((name, index) => {
          const value = index === 0 ? a : b;
          return `fluentbit_output_proc_records_total{name="${name}"} ${value}\nfluentbit_output_retries_total{name="${name}"} ${index === 0 ? 7 : 0}\n`;
        })
        .join("");
    expect(judged(at(5, 1) + at(5, 90))[0]).toMatchObject({ kind: "standing-still", output: "a" });
    expect(judged(at(5, 1) + at(6, 90))[0]?.kind).toBe("healthy");
  });
});
