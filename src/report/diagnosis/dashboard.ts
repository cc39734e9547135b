import type { Limits } from "../../diagnose/judge/limits.ts";
import { alertRules } from "./alert-rules.ts";
import type { Json } from "../scope/check-json.ts";

/** The columns of Grafana's grid. */
const gridWidth = 24;
const panelHeight = 8;
const panelsInRow = 2;

interface Query {
  readonly expr: string;
  /** What a line is called. */
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly description: string;
  /** One of Grafana's units. */
  readonly unit: "short" | "cps";
  readonly queries: readonly Query[];
  /** Where a line is drawn: the limit. */
  readonly limit?: number;
}

const ofInstance = `instance=~"$instance"`;

function sum(metric: string): string {
  return `sum by (instance) (fluentbit_${metric}{${ofInstance}})`;
}

function rate(metric: string): string {
  return `sum by (instance, name) (rate(fluentbit_${metric}_total{${ofInstance}}[$__rate_interval]))`;
}

const byInstance = "{{instance}}";
const byPlugin = "{{instance}} {{name}}";

function storagePanels({ taskMapSize, maxChunksUp }: Limits): readonly Panel[] {
  return [
    {
      title: "Tasks",
      description:
        "Chunks that have a task. At the line nothing new is sent until one of them is done.",
      unit: "short",
      queries: [{ expr: sum("input_storage_chunks_busy"), legend: byInstance }],
      limit: taskMapSize,
    },
    {
      title: "Chunks in memory",
      description: "At the line retries wait for memory. Stuck: this and the tasks at their lines.",
      unit: "short",
      queries: [{ expr: sum("storage_fs_chunks_up"), legend: byInstance }],
      limit: maxChunksUp ?? 128,
    },
    {
      title: "Chunks on disk only",
      description: "What waits. It grows in an outage, and falls to nothing after it.",
      unit: "short",
      queries: [{ expr: sum("storage_fs_chunks_down"), legend: byInstance }],
    },
  ];
}

const flowPanels: readonly Panel[] = [
  {
    title: "Records delivered",
    description: "Nothing here while chunks wait: an outage, or stuck.",
    unit: "cps",
    queries: [{ expr: rate("output_proc_records"), legend: byPlugin }],
  },
  {
    title: "Retries",
    description: "Flushes that failed and are tried again. Flat at nothing while stuck.",
    unit: "cps",
    queries: [{ expr: rate("output_retries"), legend: byPlugin }],
  },
  {
    title: "Records lost",
    description: "Dropped at Retry_Limit or under storage.total_limit_size; chunks given up.",
    unit: "cps",
    queries: [
      { expr: rate("output_dropped_records"), legend: `${byPlugin} dropped` },
      { expr: rate("output_retries_failed"), legend: `${byPlugin} given up` },
      { expr: rate("output_errors"), legend: `${byPlugin} errors` },
    ],
  },
  {
    title: "Records read",
    description: "By input.",
    unit: "cps",
    queries: [{ expr: rate("input_records"), legend: byPlugin }],
  },
  {
    title: "Inputs paused",
    description: "1 while an input is paused: its records wait outside, or are lost.",
    unit: "short",
    queries: [
      {
        expr: `max by (instance, name) (fluentbit_input_ingestion_paused{${ofInstance}})`,
        legend: byPlugin,
      },
    ],
  },
];

const source: Json = { type: "prometheus", uid: "${datasource}" };

function thresholds(limit: number | undefined): Json {
  const base = { color: "green", value: null };
  return {
    mode: "absolute",
    steps: limit === undefined ? [base] : [base, { color: "red", value: limit }],
  };
}

function timeSeries(panel: Panel, id: number, x: number, y: number): Json {
  const { title, description, unit, queries, limit } = panel;
  return {
    id,
    type: "timeseries",
    title,
    description,
    datasource: source,
    gridPos: { h: panelHeight, w: gridWidth / panelsInRow, x, y },
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        thresholds: thresholds(limit),
        custom: {
          fillOpacity: 10,
          thresholdsStyle: { mode: limit === undefined ? "off" : "dashed" },
        },
      },
      overrides: [],
    },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi" } },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: source,
      expr,
      legendFormat: legend,
    })),
  };
}

/** The engines that are stuck now, as the alert has it. */
function stuckPanel(limits: Limits): Json {
  const rule = alertRules(limits, { interval: 15 }).find(({ alert }) => alert === "FluentBitStuck");
  return {
    id: 1,
    type: "stat",
    title: "Stuck now",
    description:
      "Engines that will not recover by themselves: restart them once the output is back.",
    datasource: source,
    gridPos: { h: panelHeight / 2, w: gridWidth, x: 0, y: 0 },
    fieldConfig: {
      defaults: { unit: "short", thresholds: thresholds(1), noValue: "0" },
      overrides: [],
    },
    options: { colorMode: "background", reduceOptions: { calcs: ["lastNotNull"] } },
    targets: [
      {
        refId: "A",
        datasource: source,
        expr: `count(${rule?.expr ?? ""})`,
        legendFormat: "stuck",
      },
    ],
  };
}

function variables(): Json {
  return {
    list: [
      { name: "datasource", label: "Prometheus", type: "datasource", query: "prometheus" },
      {
        name: "instance",
        label: "Engine",
        type: "query",
        datasource: source,
        query: "label_values(fluentbit_input_records_total, instance)",
        refresh: 2,
        multi: true,
        includeAll: true,
        allValue: ".*",
      },
    ],
  };
}

/** A dashboard for Grafana with what the alerts watch, and the limits of the engine as lines. */
export function dashboardJson(limits: Limits): Json {
  const panels = [...storagePanels(limits), ...flowPanels];
  const placed = panels.map((panel, index) => {
    const x = (index % panelsInRow) * (gridWidth / panelsInRow);
    const y = panelHeight / 2 + Math.floor(index / panelsInRow) * panelHeight;
    return timeSeries(panel, index + 2, x, y);
  });
  return {
    uid: "unstuck-fluent-bit",
    title: "Fluent Bit: is it stuck?",
    tags: ["fluent-bit"],
    schemaVersion: 39,
    editable: true,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: variables(),
    panels: [stuckPanel(limits), ...placed],
  };
}
