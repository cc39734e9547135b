import { stringify } from "yaml";
import type { Limits } from "../../diagnose/judge/limits.ts";

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

const busy = sum("input_storage_chunks_busy");
const inMemory = sum("storage_fs_chunks_up");
const diagnose = "Ask it: unstuck diagnose LOG storage.json (docs/operating.md).";

/** Counters within this time (seconds) say whether something moves, however often they are asked: the storage is told every five. */
const leastWindow = 20;
/** So many samples have to be in a window for a change to be seen, with one that got lost. */
const samplesInWindow = 4;

/** How Prometheus asks the engine. */
export interface Scraping {
  /** `scrape_interval`, in seconds. */
  readonly interval: number;
}

/** The time within which something moves, or does not. */
function windowOf({ interval }: Scraping): string {
  return `${Math.max(leastWindow, samplesInWindow * interval)}s`;
}

/** That nothing is delivered and nothing tried again: a patched engine with a full memory still tries. */
function standsStill(window: string): readonly string[] {
  return ["proc_records", "retries"].map(
    (what) => `sum by (instance) (changes(fluentbit_output_${what}_total[${window}])) == 0`,
  );
}

function stuckRules(limits: Limits, window: string): readonly AlertRule[] {
  const up = limits.maxChunksUp ?? 128;
  const still = standsStill(window);
  return [
    rule(
      "FluentBitStuck",
      "critical",
      [
        `${busy} >= ${limits.taskMapSize}`,
        `${sum("input_storage_chunks_busy_bytes")} == 0`,
        `${inMemory} >= ${up}`,
        ...still,
      ],
      "0s",
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
        ...still,
      ],
      "0s",
      [
        "memory is full of dead letters",
        "Move the files of storage.rejected.path away, and restart it.",
      ],
    ),
  ];
}

function warnings({ taskMapSize, maxChunksUp }: Limits): readonly AlertRule[] {
  return [
    rule(
      "FluentBitTasksFill",
      "warning",
      [
        `${busy} >= ${Math.ceil(taskMapSize / 4)}`,
        "sum by (instance) (changes(fluentbit_output_retries_total[5m])) > 0",
      ],
      // With twenty tags and a flush each second the rest is gone in less than a minute and a half.
      "0s",
      [
        "a quarter of all tasks wait",
        `An output takes nothing, or too little. Mend it now: at ${taskMapSize} tasks and ${maxChunksUp ?? 128} chunks in memory the engine gets stuck. ${diagnose}`,
      ],
    ),
    rule(
      "FluentBitDeliversNothing",
      "warning",
      [
        `${sum("input_storage_chunks")} > 0`,
        "sum by (instance) (changes(fluentbit_output_proc_records_total[5m])) == 0",
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
      "0s",
      [
        "{{ $labels.name }} dropped records",
        "They were given up at Retry_Limit, or deleted under storage.total_limit_size.",
      ],
    ),
  ];
}

/**
 * The alerting rules for an engine, over the metrics of `/api/v2/metrics/prometheus` with `storage.metrics On`.
 *
 * @param limits those of the engine; 128 chunks up, Fluent Bit's default, where nothing tells
 */
export function alertRules(limits: Limits, scraping: Scraping): readonly AlertRule[] {
  return [...stuckRules(limits, windowOf(scraping)), ...warnings(limits)];
}

/** The rules as a file for Prometheus. */
export function alertsYaml(limits: Limits, scraping: Scraping): string {
  const groups = [{ name: "fluent-bit", rules: alertRules(limits, scraping) }];
  return stringify({ groups }, { lineWidth: 0 });
}
