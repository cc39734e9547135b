import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertRules, alertsYaml, type AlertRule } from "../../src/report/alert-rules.ts";
import { metricsInJson } from "../../src/diagnose/metrics/json-metrics.ts";
import type { MetricsSample } from "../../src/diagnose/metrics/metrics-sample.ts";
import { readRecording } from "../diagnose/judged-recording.ts";
import { run } from "../cli/recording-terminal.ts";

type Told = Omit<MetricsSample, "place">;

/** The value of a metric of the v2 API, out of what v1 told: both are of the same engine. */
function valueOf(metric: string, { storage }: Told): number | null {
  if (storage === null) return null;
  const sum = (key: "busy" | "up" | "down" | "busyBytes"): number =>
    [...storage.inputs.values()].reduce((total, input) => total + (input[key] ?? 0), 0);
  switch (metric) {
    case "fluentbit_input_storage_chunks_busy":
      return sum("busy");
    case "fluentbit_input_storage_chunks_busy_bytes":
      return sum("busyBytes");
    case "fluentbit_input_storage_chunks_up":
      return sum("up");
    case "fluentbit_input_storage_chunks_down":
      return sum("down");
    case "fluentbit_storage_fs_chunks_up":
      return storage.filesystem?.up ?? null;
    default:
      throw new Error(`the test knows no ${metric}`);
  }
}

const clause = /^sum by \(instance\) \((\w+)\) (>=|==|>) (\d+)$/;

/** Whether an expression of sums holds in a sample. */
function holds(expr: string, sample: Told): boolean {
  return expr.split(" and ").every((part) => {
    const [, metric = "", relation, number] = clause.exec(part) ?? [];
    const value = valueOf(metric, sample);
    const limit = Number(number);
    if (value === null) return false;
    return relation === ">=" ? value >= limit : relation === ">" ? value > limit : value === limit;
  });
}

/** Whether a rule fires in a recording, if it has to hold for so many seconds. */
function fires(name: string, alert: string, seconds: number): boolean {
  const recording = readRecording("test/fixtures/diagnose", name);
  const up = Number(/up(\d+)/.exec(name)?.[1]);
  const limits = { taskMapSize: recording.taskMapSize, taskMapIsKnown: true, maxChunksUp: up };
  const rule = alertRules(limits).find((one) => one.alert === alert);
  let since: number | null = null;
  for (const { time, line } of recording.metrics) {
    const sample = metricsInJson(JSON.parse(line));
    const is = sample !== null && rule !== undefined && holds(rule.expr, sample);
    since = is ? (since ?? time) : null;
    if (since !== null && time - since >= seconds) return true;
  }
  return false;
}

const stuck = [
  "v304_deadlock_map8_up8",
  "v304_membuf1k_tworoutes_aonly_newtags_map64_up8",
  "v304_membuf1k_tworoutes_bothdown_newtags_map8_up8",
  "v304_mix_F_M_map8_up8",
  "v304_pause_oneinput_map8_up8",
  "v304_pristine_map2048_up128",
  "v304_restart_feeding_while_stuck_map8_up8",
  "v511_deadlock_map8_up8",
];
const free = [
  "v304_hang_tworoutes_stock_map64_up8",
  "v304_healthy_map8_up8",
  "v304_mapfull_upfree_map8_up8",
  "v304_nodescriptors_map8_up8",
  "v304_tworoutes_map64_up8",
  "v511_zombie5_header_map8_up8",
];

describe("alerting rules", () => {
  it.each(stuck)("%s is stuck", (name) => {
    expect(fires(name, "FluentBitStuck", 15)).toBe(true);
    expect(fires(name, "FluentBitTasksFill", 15)).toBe(true);
  });

  it.each(free)("%s is not", (name) => {
    expect(fires(name, "FluentBitStuck", 0)).toBe(false);
    expect(fires(name, "FluentBitStuckByDeadLetters", 0)).toBe(false);
  });

  it("tell of dead letters that hold the memory", () => {
    for (const name of ["v511_dlq_restart_up128", "v511_dlq_restart_drained_map64_up8"]) {
      expect(fires(name, "FluentBitStuckByDeadLetters", 15)).toBe(true);
      expect(fires(name, "FluentBitStuck", 0)).toBe(false);
    }
  });

  it("are a file for Prometheus, with the limits of the engine", async () => {
    const { out, code } = await run(["alerts", "--fluent-bit", "3.0.4", "--max-chunks-up", "64"]);
    expect(code).toBe(0);
    const limits = { taskMapSize: 2048, taskMapIsKnown: true, maxChunksUp: 64 };
    expect(out).toBe(alertsYaml(limits));
    const rules: readonly AlertRule[] = alertRules(limits);
    expect(parse(out)).toEqual({ groups: [{ name: "fluent-bit", rules }] });
    expect(out).toContain("sum by (instance) (fluentbit_input_storage_chunks_busy) >= 2048");
    expect(out).toContain("sum by (instance) (fluentbit_storage_fs_chunks_up) >= 64");
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});
