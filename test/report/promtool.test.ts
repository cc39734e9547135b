import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { alertsYaml } from "../../src/report/diagnosis/alert-rules.ts";
import { readRecording, recordingNames } from "../diagnose/judged-recording.ts";
import { prometheusText } from "../../src/engine/metrics/prometheus.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { outageEngine } from "../engine/outage-engine.ts";
import { dashboardJson } from "../../src/report/diagnosis/dashboard.ts";
import { list, parse, part } from "../cli/json-value.ts";
import {
  recordedSeries,
  scrapedSeries,
  scrapeInterval,
  type InputSeries,
} from "./recorded-series.ts";

const recordings = "test/fixtures/diagnose";
const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
const why = hasPromtool ? "" : " (skipped: promtool is not installed; Debian has it in prometheus)";

const folder = mkdtempSync(join(tmpdir(), "unstuck-promtool-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whether an alert fired until a moment; seconds from the beginning. */
interface Expectation {
  readonly alert: string;
  readonly at: number;
  readonly fired: boolean;
  /** Whether it fires at that moment, where that is asked. */
  readonly now?: true;
}

const eight = { taskMapSize: 8, taskMapIsKnown: true, maxChunksUp: 8 };

function rulesFor(taskMapSize: number, maxChunksUp: number, interval: number): string {
  const path = join(folder, `rules-${taskMapSize}-${maxChunksUp}-${interval}.yaml`);
  const limits = { taskMapSize, taskMapIsKnown: true, maxChunksUp };
  writeFileSync(path, alertsYaml(limits, { interval }));
  return path;
}

/** What promtool has to say of expectations that do not come true; empty if all do. */
function promtool(
  rules: string,
  interval: number,
  series: readonly InputSeries[],
  expected: readonly Expectation[],
): string {
  const path = join(folder, "test.yaml");
  const test = {
    rule_files: [rules],
    evaluation_interval: `${interval}s`,
    tests: [
      {
        interval: `${interval}s`,
        input_series: series,
        promql_expr_test: expected.map(({ alert, at, fired, now }) => ({
          expr: `sgn(sum(count_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[${now === true ? interval : 3600}s])))`,
          eval_time: `${Math.floor(at)}s`,
          exp_samples: fired ? [{ labels: "{}", value: 1 }] : [],
        })),
      },
    ],
  };
  writeFileSync(path, stringify(test, { lineWidth: 0 }));
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", path], {
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

function fired(alert: string, at: number): Expectation {
  return { alert, at, fired: true };
}

function silent(alert: string, at: number): Expectation {
  return { alert, at, fired: false };
}

interface Told {
  /** The length of the recording, seconds. */
  readonly end: number;
  /** When something last was flushed, seconds from its beginning. */
  readonly moved: number;
  readonly expect: (expected: readonly Expectation[]) => string;
}

function told(name: string): Told {
  const recording = readRecording(recordings, name);
  const begin = recording.metrics[0]?.time ?? 0;
  const up = Number(/up(\d+)/.exec(name)?.[1] ?? 128);
  const rules = rulesFor(recording.taskMapSize, up, scrapeInterval);
  const series = recordedSeries(recording);
  // It was told to end, and then did: what a shutdown flushes is no movement.
  const told = recording.ends.at(-2) ?? Number.POSITIVE_INFINITY;
  return {
    end: (recording.metrics.at(-1)?.time ?? begin) - begin,
    moved: (recording.flushed.findLast((time) => time < told) ?? begin) - begin,
    expect: (expected) => promtool(rules, scrapeInterval, series, expected),
  };
}

const stuck = [
  "v304_deadlock_map8_up8",
  "v304_membuf1k_tworoutes_bothdown_newtags_map8_up8",
  "v304_membuf1k_tworoutes_aonly_newtags_map64_up8",
  "v304_mix_F_M_map8_up8",
  "v304_pause_oneinput_map8_up8",
  "v304_pristine_map2048_up128",
  "v304_restart_feeding_while_stuck_map8_up8",
  "v511_deadlock_map8_up8",
];
/** Stuck until it was restarted. */
const restarted = ["v304_restart_while_stuck_map8_up8"];
const letters = ["v511_dlq_restart_up128", "v511_dlq_restart_drained_map64_up8"];
const lossy = [
  "v304_limit256k_deadlock_slow_map8_up8",
  "v511_pause_latch_evict64k_map8_up8",
  ...letters,
];
/** What nobody has to mend now. */
const quiet = ["v304_healthy_map8_up8"];

describe.skipIf(!hasPromtool)(`alerting rules, evaluated over recorded metrics${why}`, () => {
  it("are such that promtool finds nothing wrong with them", () => {
    const out = execFileSync("promtool", ["check", "rules", rulesFor(2048, 128, 15)], {
      encoding: "utf8",
    });
    expect(out).toContain("SUCCESS: 6 rules found");
  });

  it("can be read, and so can the queries of the dashboard", () => {
    const limits = { taskMapSize: 2048, taskMapIsKnown: true, maxChunksUp: 128 };
    const queries = list(parse(JSON.stringify(dashboardJson(limits))), "panels").flatMap((panel) =>
      list(panel, "targets").map((target) => String(part(target, "expr"))),
    );
    expect(queries.length).toBeGreaterThan(8);
    // Grafana puts these in.
    const rules = queries.map((query, index) => ({
      record: `query_${index}`,
      expr: query.replaceAll("$__rate_interval", "1m").replaceAll("$instance", ".*"),
    }));
    const path = join(folder, "queries.yaml");
    writeFileSync(path, stringify({ groups: [{ name: "dashboard", rules }] }, { lineWidth: 0 }));
    const out = execFileSync("promtool", ["check", "rules", path], { encoding: "utf8" });
    expect(out).toContain(`SUCCESS: ${queries.length} rules found`);
  });

  it.each(stuck)("%s: warns before it is stuck, and says when it is", (name) => {
    const { end, moved, expect: expected } = told(name);
    const isEarly = name.includes("pristine") || name.includes("map64");
    const first = name.includes("restart") ? 0 : moved;
    expect(
      expected([
        // Where the map has more than a few tasks, there is time to warn.
        ...(isEarly ? [fired("FluentBitTasksFill", moved)] : []),
        fired("FluentBitTasksFill", end),
        silent("FluentBitStuck", first),
        fired("FluentBitStuck", Math.min(end, moved + 45)),
        silent("FluentBitStuckByDeadLetters", end),
      ]),
    ).toBe("");
  });

  it("warns half a minute and more before an engine of twenty tags has all its tasks, asked each quarter of a minute", () => {
    const clock = new VirtualClock(0);
    const { engine, loop, output } = outageEngine(clock, {
      tags: [20],
      taskMapSize: 2048,
      maxChunksUp: 128,
      flush: 1,
      log: () => undefined,
    });
    const scrapes: string[] = [];
    let full = 0;
    for (let second = 0; full === 0 && second < 240; second++) {
      clock.runUntil(second * 1000);
      output.online = second < 60;
      if (engine.taskMap.count === 2048) full = second;
      if (second % 15 === 0) scrapes.push(prometheusText(engine));
    }
    loop.kill();
    expect(full).toBeGreaterThan(100);
    const warned = [silent("FluentBitTasksFill", 60), fired("FluentBitTasksFill", full - 30)];
    expect(promtool(rulesFor(2048, 128, 15), 15, scrapedSeries(scrapes), warned)).toBe("");
  });

  it.each(letters)("%s: is stuck by dead letters", (name) => {
    const { end, expect: expected } = told(name);
    expect(
      expected([fired("FluentBitStuckByDeadLetters", end), silent("FluentBitStuck", end)]),
    ).toBe("");
  });

  const others = recordingNames(recordings).filter(
    (name) => ![...stuck, ...restarted, ...letters].includes(name),
  );
  it.each(others)("%s: is not called stuck", (name) => {
    const { end, expect: expected } = told(name);
    const alerts = ["FluentBitStuck", "FluentBitStuckByDeadLetters"];
    if (!lossy.includes(name)) alerts.push("FluentBitLosesRecords");
    if (quiet.includes(name)) alerts.push("FluentBitTasksFill", "FluentBitDeliversNothing");
    expect(expected(alerts.map((alert) => silent(alert, end)))).toBe("");
  });

  it.each(lossy)("%s: loses records", (name) => {
    const { end, expect: expected } = told(name);
    expect(expected([fired("FluentBitLosesRecords", end)])).toBe("");
  });

  it.each(restarted)("%s: is stuck once, and not after the restart", (name) => {
    const { end, expect: expected } = told(name);
    // Told to end after 32 seconds.
    expect(
      expected([fired("FluentBitStuck", 35), { ...silent("FluentBitStuck", end), now: true }]),
    ).toBe("");
  });

  it("are each needed: without what is said of memory, an engine with room is called stuck", () => {
    const series = recordedSeries(readRecording(recordings, "v304_zombie_all8_header_map8_up8"));
    const path = rulesFor(8, 8, scrapeInterval);
    const expected = [silent("FluentBitStuck", 50)];
    expect(promtool(path, scrapeInterval, series, expected)).toBe("");
    const memory = " and sum by (instance) (fluentbit_storage_fs_chunks_up) >= 8";
    const mutant = alertsYaml(eight, { interval: scrapeInterval }).replace(memory, "");
    writeFileSync(path, mutant);
    expect(promtool(path, scrapeInterval, series, expected)).not.toBe("");
  });

  it("wait five minutes before they tell of silence or of a paused input", () => {
    const value = (series: string, one: number): InputSeries => ({
      series: `fluentbit_${series}`,
      values: `${one}x120`,
    });
    const series = [
      value('input_storage_chunks{instance="a",name="tail.0"}', 3),
      value('output_proc_records_total{instance="a",name="http.0"}', 100),
      value('input_ingestion_paused{instance="a",name="tail.0"}', 1),
    ];
    for (const alert of ["FluentBitDeliversNothing", "FluentBitInputPaused"]) {
      expect(
        promtool(rulesFor(2048, 128, 15), 15, series, [silent(alert, 285), fired(alert, 330)]),
      ).toBe("");
    }
  });
});
