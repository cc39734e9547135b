import { describe, expect, it } from "vitest";
import { engineCreate } from "../../src/engine/core/create-engine.ts";
import { prometheusText } from "../../src/engine/metrics/prometheus.ts";
import { nullOutput } from "../../src/engine/outputs/null.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { seededRandom } from "../../src/engine/platform/random.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";
import { alertRules } from "../../src/report/diagnosis/alert-rules.ts";
import { fields, list, parse, part } from "../cli/json-value.ts";
import { run } from "../cli/recording-terminal.ts";
import { readRecording, recordingNames } from "../diagnose/judged-recording.ts";
import { recordedSeries } from "./recorded-series.ts";

/** The names of what an engine tells Prometheus; the reference engine has Fluent Bit's. */
function namesOfTheEngine(): ReadonlySet<string> {
  const { engine } = engineCreate({
    release: v304,
    clock: new VirtualClock(0),
    random: seededRandom(1),
    log: silentLog,
    storage: { fileSystem: new MemoryFileSystem(), rootPath: "/storage", maxChunksUp: 128 },
    inputs: [{ plugin: "dummy", pauseOnChunksOverlimit: false }],
    outputs: [{ pluginName: "null", match: "*", retryLimit: "no_limits", plugin: nullOutput }],
    pid: 1,
  });
  return new Set([...prometheusText(engine).matchAll(/^fluentbit_\w+/gm)].map(([name]) => name));
}

function metricsIn(expr: string): readonly string[] {
  return [...expr.matchAll(/fluentbit_\w+/g)].map(([name]) => name);
}

async function dashboard(...words: readonly string[]): Promise<unknown> {
  const { code, out, err } = await run(["alerts", "--dashboard", ...words]);
  expect(err).toBe("");
  expect(code).toBe(0);
  return parse(out);
}

function queriesOf(panel: unknown): readonly string[] {
  return list(panel, "targets").map((target) => String(part(target, "expr")));
}

describe("the dashboard", () => {
  it("asks for metrics that an engine has, and no others", async () => {
    const known = namesOfTheEngine();
    const shown = list(await dashboard(), "panels")
      .flatMap(queriesOf)
      .flatMap(metricsIn);
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((name) => !known.has(name))).toEqual([]);
    const limits = { taskMapSize: 2048, taskMapIsKnown: true, maxChunksUp: 128 };
    const alerted = alertRules(limits, { interval: 15 }).flatMap(({ expr }) => metricsIn(expr));
    expect(alerted.filter((name) => !known.has(name))).toEqual([]);
  });

  it("names metrics as those of the recordings are named", () => {
    const known = namesOfTheEngine();
    for (const name of recordingNames("test/fixtures/diagnose")) {
      const series = recordedSeries(readRecording("test/fixtures/diagnose", name));
      expect(
        series.flatMap((one) => metricsIn(one.series)).filter((one) => !known.has(one)),
      ).toEqual([]);
    }
  });

  it("is one that Grafana can read: ids, places, sources", async () => {
    const value = await dashboard();
    expect(fields(value).get("schemaVersion")).toBe(39);
    const panels = list(value, "panels");
    const ids = panels.map((panel) => part(panel, "id"));
    expect(new Set(ids).size).toBe(ids.length);
    const taken = new Set<string>();
    for (const panel of panels) {
      expect(part(panel, "datasource", "uid")).toBe("${datasource}");
      const [h, w, x, y] = ["h", "w", "x", "y"].map((key) => Number(part(panel, "gridPos", key)));
      expect((x ?? 0) + (w ?? 0)).toBeLessThanOrEqual(24);
      for (let column = x ?? 0; column < (x ?? 0) + (w ?? 0); column++) {
        for (let row = y ?? 0; row < (y ?? 0) + (h ?? 0); row++) {
          const place = `${column} ${row}`;
          expect(taken.has(place)).toBe(false);
          taken.add(place);
        }
      }
      const references = list(panel, "targets").map((target) => part(target, "refId"));
      expect(new Set(references).size).toBe(references.length);
    }
    const variables = list(value, "templating", "list").map((one) => part(one, "name"));
    expect(variables).toEqual(["datasource", "instance"]);
  });

  it("has the limits of the engine as lines, and in what it calls stuck", async () => {
    const panels = list(
      await dashboard("--fluent-bit", "3.0.4", "--max-chunks-up", "64"),
      "panels",
    );
    const lines = panels
      .flatMap((panel) => list(panel, "fieldConfig", "defaults", "thresholds", "steps"))
      .map((step) => part(step, "value"));
    expect(lines).toContain(2048);
    expect(lines).toContain(64);
    const [stuck = ""] = queriesOf(panels[0]);
    expect(stuck).toContain("fluentbit_input_storage_chunks_busy) >= 2048");
    expect(stuck).toContain("fluentbit_storage_fs_chunks_up) >= 64");
  });
});
