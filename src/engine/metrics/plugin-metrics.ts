import type { Engine } from "../core/engine.ts";

/** The answer of `GET /api/v1/metrics`. */
export interface PluginMetrics {
  readonly input: Readonly<Record<string, { readonly records: number; readonly bytes: number }>>;
  readonly filter: Readonly<Record<string, never>>;
  readonly output: Readonly<
    Record<
      string,
      {
        readonly proc_records: number;
        readonly proc_bytes: number;
        readonly errors: number;
        readonly retries: number;
        readonly retries_failed: number;
        readonly dropped_records: number;
        readonly retried_records: number;
      }
    >
  >;
}

/** What inputs and outputs have counted, in the shape of `/api/v1/metrics`. */
export function pluginMetrics(engine: Engine): PluginMetrics {
  return {
    input: Object.fromEntries(
      engine.inputs.map(({ name, metrics }) => [
        name,
        { records: metrics.records, bytes: metrics.bytes },
      ]),
    ),
    filter: {},
    output: Object.fromEntries(
      engine.outputs.map(({ name, metrics }) => [
        name,
        {
          proc_records: metrics.procRecords,
          proc_bytes: metrics.procBytes,
          errors: metrics.errors,
          retries: metrics.retries,
          retries_failed: metrics.retriesFailed,
          dropped_records: metrics.droppedRecords,
          retried_records: metrics.retriedRecords,
        },
      ]),
    ),
  };
}
