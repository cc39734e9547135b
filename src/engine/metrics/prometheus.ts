import type { Engine } from "../core/engine.ts";
import { inputStorage } from "./storage-metrics.ts";

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly values: readonly { readonly label: string | undefined; readonly value: number }[];
}

/**
 * The metrics as Prometheus reads them, under Fluent Bit's names; what Fluent Bit does not count has a name of our own. Stands for
 * `/api/v2/metrics/prometheus` (v3.0.4).
 */
export function prometheusText(engine: Engine): string {
  return [
    ...inputMetrics(engine),
    ...outputMetrics(engine),
    ...storageGauges(engine),
    rejectedChunks(engine),
  ]
    .map(format)
    .join("");
}

function inputMetrics(engine: Engine): Metric[] {
  const inputs = engine.inputs.map((input) => ({ input, storage: inputStorage(input) }));
  const metric = (
    name: string,
    help: string,
    type: Metric["type"],
    value: (entry: (typeof inputs)[number]) => number,
  ): Metric => ({
    name: `fluentbit_input_${name}`,
    help,
    type,
    values: inputs.map((entry) => ({ label: entry.input.name, value: value(entry) })),
  });
  return [
    metric("bytes_total", "Number of input bytes.", "counter", (i) => i.input.metrics.bytes),
    metric("records_total", "Number of input records.", "counter", (i) => i.input.metrics.records),
    metric("ingestion_paused", "Is the input paused or not?", "gauge", (i) =>
      i.input.paused ? 1 : 0,
    ),
    metric("storage_overlimit", "Is the input memory usage overlimit ?.", "gauge", () => 0),
    metric(
      "storage_memory_bytes",
      "Memory bytes used by the chunks.",
      "gauge",
      (i) => i.storage.memSize,
    ),
    metric("storage_chunks", "Total number of chunks.", "gauge", (i) => i.storage.total),
    metric(
      "storage_chunks_up",
      "Total number of chunks up in memory.",
      "gauge",
      (i) => i.storage.up,
    ),
    metric("storage_chunks_down", "Total number of chunks down.", "gauge", (i) => i.storage.down),
    metric(
      "storage_chunks_busy",
      "Total number of chunks in a busy state.",
      "gauge",
      (i) => i.storage.busy,
    ),
    metric(
      "storage_chunks_busy_bytes",
      "Total number of bytes used by chunks in a busy state.",
      "gauge",
      (i) => i.storage.busySize,
    ),
  ];
}

function outputMetrics(engine: Engine): Metric[] {
  const metric = (
    name: string,
    help: string,
    value: (output: Engine["outputs"][number]) => number,
  ): Metric => ({
    name: `fluentbit_output_${name}`,
    help,
    type: "counter",
    values: engine.outputs.map((output) => ({ label: output.name, value: value(output) })),
  });
  return [
    metric(
      "proc_records_total",
      "Number of processed output records.",
      (o) => o.metrics.procRecords,
    ),
    metric("proc_bytes_total", "Number of processed output bytes.", (o) => o.metrics.procBytes),
    metric("errors_total", "Number of output errors.", (o) => o.metrics.errors),
    metric("retries_total", "Number of output retries.", (o) => o.metrics.retries),
    metric(
      "retries_failed_total",
      "Number of abandoned batches because the maximum number of re-tries was reached.",
      (o) => o.metrics.retriesFailed,
    ),
    metric("dropped_records_total", "Number of dropped records.", (o) => o.metrics.droppedRecords),
    metric("retried_records_total", "Number of retried records.", (o) => o.metrics.retriedRecords),
  ];
}

function storageGauges({ store }: Engine): Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `fluentbit_storage_${name}`,
    help,
    type: "gauge",
    values: [{ label: undefined, value }],
  });
  const { totalChunks, totalChunksUp } = store;
  return [
    gauge("chunks", "Total number of chunks in the storage layer.", totalChunks),
    gauge("mem_chunks", "Total number of memory chunks.", 0),
    gauge("fs_chunks", "Total number of filesystem chunks.", totalChunks),
    gauge("fs_chunks_up", "Total number of filesystem chunks up in memory.", totalChunksUp),
    gauge("fs_chunks_down", "Total number of filesystem chunks down.", totalChunks - totalChunksUp),
  ];
}

function rejectedChunks({ store }: Engine): Metric {
  return {
    name: "unstuck_storage_rejected_chunks_total",
    help: "Number of chunks whose file was kept aside because it could not be read as a whole.",
    type: "counter",
    values: [{ label: undefined, value: store.rejectedChunks }],
  };
}

function format({ name, help, type, values }: Metric): string {
  const lines = values.map(({ label, value }) =>
    label === undefined ? `${name} ${value}` : `${name}{name="${escape(label)}"} ${value}`,
  );
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ""].join("\n");
}

function escape(label: string): string {
  return label.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
