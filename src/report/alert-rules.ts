import { stringify } from "yaml";
import type { Limits } from "../diagnose/judge/limits.ts";

/** An alerting rule of Prometheus. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "critical" | "warning" };
  readonly annotations: { readonly summary: string; readonly description: string };
}

/** The sum over the plugins of one engine. */
function sum(metric: string): string {
  return `sum by (instance) (fluentbit_${metric})`;
}

function rule(
  alert: string,
  severity: "critical" | "warning",
  expr: readonly string[],
  lasts: string,
  [summary, description]: readonly [string, string],
): AlertRule {
  return {
    alert,
    expr: expr.join(" and "),
    for: lasts,
    labels: { severity },
    annotations: { summary: `{{ $labels.instance }}: ${summary}`, description },
  };
}

const diagnose = "Ask it: unstuck diagnose LOG storage.json (docs/operating.md).";

/**
 * The alerting rules for an engine, over the metrics of `/api/v2/metrics/prometheus` with `storage.metrics On`.
 *
 * @param limits those of the engine; 128 chunks up, Fluent Bit's default, where nothing tells
 */
export function alertRules({ taskMapSize, maxChunksUp }: Limits): readonly AlertRule[] {
  const up = maxChunksUp ?? 128;
  const busy = sum("input_storage_chunks_busy");
  const inMemory = sum("storage_fs_chunks_up");
  return [
    rule(
      "FluentBitStuck",
      "critical",
      [
        `${busy} >= ${taskMapSize}`,
        `${sum("input_storage_chunks_busy_bytes")} == 0`,
        `${inMemory} >= ${up}`,
      ],
      "30s",
      [
        "stuck, it will not recover by itself",
        `Every task waits for memory, and chunks without a task fill it. Restart it once the output is back: what is on disk is delivered. ${diagnose}`,
      ],
    ),
    rule(
      "FluentBitStuckByDeadLetters",
      "critical",
      [
        `${inMemory} >= ${up}`,
        `${busy} == 0`,
        `${sum("input_storage_chunks_up")} == 0`,
        `${sum("input_storage_chunks_down")} > 0`,
      ],
      "1m",
      [
        "memory is full of dead letters",
        "Move the files of storage.rejected.path away, and restart it.",
      ],
    ),
    rule("FluentBitTasksFill", "warning", [`${busy} >= ${Math.ceil(taskMapSize / 2)}`], "1m", [
      "half of all tasks wait",
      `An output takes nothing, or too little. Mend it now: at ${taskMapSize} tasks and ${up} chunks in memory the engine gets stuck. ${diagnose}`,
    ]),
    rule(
      "FluentBitDeliversNothing",
      "warning",
      [
        `${sum("input_storage_chunks")} > 0`,
        "sum by (instance) (increase(fluentbit_output_proc_records_total[5m])) == 0",
      ],
      "5m",
      ["chunks wait, and nothing was delivered", diagnose],
    ),
    rule(
      "FluentBitInputPaused",
      "warning",
      ["max by (instance, name) (fluentbit_input_ingestion_paused) == 1"],
      "5m",
      ["{{ $labels.name }} is paused", "Its records wait outside, or are lost."],
    ),
    rule(
      "FluentBitLosesRecords",
      "critical",
      ["sum by (instance, name) (increase(fluentbit_output_dropped_records_total[5m])) > 0"],
      "0m",
      [
        "{{ $labels.name }} dropped records",
        "They were given up at Retry_Limit, or deleted under storage.total_limit_size.",
      ],
    ),
  ];
}

/** The rules as a file for Prometheus. */
export function alertsYaml(limits: Limits): string {
  const groups = [{ name: "fluent-bit", rules: alertRules(limits) }];
  return stringify({ groups }, { lineWidth: 0 });
}
