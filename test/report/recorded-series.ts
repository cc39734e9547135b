import { metricsInJson } from "../../src/diagnose/metrics/json-metrics.ts";
import type { MetricsSample } from "../../src/diagnose/metrics/metrics-sample.ts";
import type { Recording } from "../diagnose/judged-recording.ts";

type Told = Omit<MetricsSample, "place">;

/** A series as `promtool test rules` reads it. */
export interface InputSeries {
  readonly series: string;
  readonly values: string;
}

/** Seconds from one scrape to the next. */
export const scrapeInterval = 5;

/** The metrics of `/api/v2/metrics/prometheus` out of what `/api/v1` told: Fluent Bit sets both in the same callbacks. */
function scraped({ storage, outputs, inputs }: Told): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  const set = (metric: string, name: string | null, value: number | null): void => {
    const labels = ['instance="fluent-bit:2020"', ...(name === null ? [] : [`name="${name}"`])];
    if (value !== null) values.set(`fluentbit_${metric}{${labels.join(",")}}`, value);
  };
  for (const [name, counters] of outputs) {
    set("output_proc_records_total", name, counters.delivered);
    set("output_retries_total", name, counters.retries);
    set("output_dropped_records_total", name, counters.dropped);
  }
  for (const [name, records] of inputs) set("input_records_total", name, records);
  for (const [name, chunks] of storage?.inputs ?? []) {
    set("input_storage_chunks", name, chunks.total);
    set("input_storage_chunks_up", name, chunks.up);
    set("input_storage_chunks_down", name, chunks.down);
    set("input_storage_chunks_busy", name, chunks.busy);
    set("input_storage_chunks_busy_bytes", name, chunks.busyBytes);
  }
  set("storage_fs_chunks_up", null, storage?.filesystem?.up ?? null);
  set("storage_fs_chunks_down", null, storage?.filesystem?.down ?? null);
  return values;
}

/** What Prometheus has of a recorded engine: a scrape every five seconds; stale where the engine told nothing. */
export function recordedSeries({ metrics }: Recording): readonly InputSeries[] {
  const begin = metrics[0]?.time ?? 0;
  const end = metrics.at(-1)?.time ?? begin;
  const scrapes: ReadonlyMap<string, number>[] = [];
  for (let at = begin; at <= end; at += scrapeInterval) {
    // What is older than a scrape was not there at that moment.
    const polled = metrics.findLast(({ time }) => time <= at && time > at - scrapeInterval);
    const told = polled === undefined ? null : metricsInJson(JSON.parse(polled.line));
    scrapes.push(told === null ? new Map<string, number>() : scraped(told));
  }
  return together(scrapes);
}

/** What Prometheus has of scrapes of `/api/v2/metrics/prometheus`, one after the other. */
export function scrapedSeries(scrapes: readonly string[]): readonly InputSeries[] {
  return together(
    scrapes.map((text) => {
      const lines = [...text.matchAll(/^(fluentbit_\w+)(?:\{(.*)\})? (\S+)$/gm)];
      return new Map(
        lines.map(([, name = "", labels, value]) => [
          `${name}{instance="fluent-bit:2020"${labels === undefined ? "" : `,${labels}`}}`,
          Number(value),
        ]),
      );
    }),
  );
}

/** A series for each metric; stale where a scrape does not have it. */
function together(scrapes: readonly ReadonlyMap<string, number>[]): readonly InputSeries[] {
  const names = new Set(scrapes.flatMap((scrape) => [...scrape.keys()]));
  return [...names].map((series) => ({
    series,
    values: scrapes.map((scrape) => scrape.get(series)?.toString() ?? "stale").join(" "),
  }));
}
