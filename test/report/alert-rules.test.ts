import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { alertRules, alertsYaml, type AlertRule } from "../../src/report/diagnosis/alert-rules.ts";
import { run } from "../cli/recording-terminal.ts";

describe("alerting rules", () => {
  it("are a file for Prometheus, with the limits of the engine", async () => {
    const { out, code } = await run(["alerts", "--fluent-bit", "3.0.4", "--max-chunks-up", "64"]);
    expect(code).toBe(0);
    const limits = { taskMapSize: 2048, taskMapIsKnown: true, maxChunksUp: 64 };
    expect(out).toBe(alertsYaml(limits, { interval: 15 }));
    const rules: readonly AlertRule[] = alertRules(limits, { interval: 15 });
    expect(parse(out)).toEqual({ groups: [{ name: "fluent-bit", rules }] });
    expect(out).toContain("sum by (instance) (fluentbit_input_storage_chunks_busy) >= 2048");
    expect(out).toContain("sum by (instance) (fluentbit_storage_fs_chunks_up) >= 64");
    expect(out).toContain("changes(fluentbit_output_retries_total[60s])");
    const often = await run(["alerts", "--scrape-interval", "1"]);
    expect(often.out).toContain("changes(fluentbit_output_retries_total[20s])");
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});
