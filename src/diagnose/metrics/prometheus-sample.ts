import type { InputChunks } from "../run/storage-snapshot.ts";
import type { MetricsSample, OutputCounters } from "./metrics-sample.ts";

/** A line of the Prometheus text format that is Fluent Bit's. */
export interface PrometheusLine {
  /** Without `fluentbit_` and `_total`. */
  readonly metric: string;
  /** The label `name`: the plugin instance; empty where there is none. */
  readonly instance: string;
  readonly version: string | null;
  readonly value: number;
  /** Seconds; null where the line has no time. */
  readonly time: number | null;
}

const line =
  /^fluentbit_(\w+?)(?:_total)?(?:\{([^}]*)\})? +([-+\d.eE]+|NaN|[+-]Inf)(?: +(\d+))? *$/;

/** Reads a line; null where it is a comment or somebody else's. */
export function prometheusLine(content: string): PrometheusLine | null {
  const found = line.exec(content.trim());
  if (found === null) return null;
  const [, metric = "", labels = "", value = "", time] = found;
  return {
    metric,
    instance: /(?:^|,)\s*name="([^"]*)"/.exec(labels)?.[1] ?? "",
    version: /(?:^|,)\s*version="([^"]*)"/.exec(labels)?.[1] ?? null,
    value: Number(value),
    time: time === undefined ? null : Number(time) / 1000,
  };
}

/** One scrape: a value for each metric and instance. */
export class Scrape {
  readonly #values = new Map<string, Map<string, number>>();
  #time: number | null = null;
  #version: string | null = null;

  /** Takes a line; false where its metric has a value already, so that it belongs to the next scrape. */
  take({ metric, instance, value, version, time }: PrometheusLine): boolean {
    let instances = this.#values.get(metric);
    if (instances === undefined) {
      instances = new Map();
      this.#values.set(metric, instances);
    }
    if (instances.has(instance)) return false;
    instances.set(instance, value);
    this.#time ??= time;
    this.#version ??= version;
    return true;
  }

  /** What the scrape tells. */
  get sample(): Omit<MetricsSample, "place"> {
    return {
      time: this.#time,
      version: this.#version,
      started: this.#of("process_start_time_seconds", "") ?? null,
      storage: this.#storage(),
      outputs: new Map([...this.#instances("output_")].map((name) => [name, this.#counters(name)])),
      inputs: this.#values.get("input_records") ?? new Map<string, number>(),
      paused: [...(this.#values.get("input_ingestion_paused") ?? [])]
        .filter(([, value]) => value === 1)
        .map(([name]) => name),
    };
  }

  #of(metric: string, instance: string): number | undefined {
    return this.#values.get(metric)?.get(instance);
  }

  #instances(kind: string): Set<string> {
    const names = new Set<string>();
    for (const [metric, instances] of this.#values) {
      if (metric.startsWith(kind)) for (const name of instances.keys()) names.add(name);
    }
    names.delete("");
    return names;
  }

  #counters(name: string): OutputCounters {
    const of = (metric: string): number => this.#of(`output_${metric}`, name) ?? 0;
    return {
      delivered: of("proc_records"),
      retries: of("retries"),
      givenUp: of("retries_failed"),
      errors: of("errors"),
      dropped: of("dropped_records"),
    };
  }

  #storage(): MetricsSample["storage"] {
    const chunks = this.#values.get("input_storage_chunks");
    const up = this.#of("storage_fs_chunks_up", "");
    const down = this.#of("storage_fs_chunks_down", "");
    if (chunks === undefined && up === undefined) return null;
    const inputs = [...(chunks ?? [])].map(([name, total]): [string, InputChunks] => [
      name,
      {
        total,
        up: this.#of("input_storage_chunks_up", name) ?? 0,
        down: this.#of("input_storage_chunks_down", name) ?? 0,
        busy: this.#of("input_storage_chunks_busy", name) ?? 0,
        busyBytes: this.#of("input_storage_chunks_busy_bytes", name) ?? null,
        overLimit: (this.#of("input_storage_overlimit", name) ?? 0) === 1,
      },
    ]);
    return {
      inputs: new Map(inputs),
      filesystem: up === undefined ? null : { up, down: down ?? 0 },
    };
  }
}
