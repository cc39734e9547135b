import type { Engine } from "../../engine/core/engine.ts";
import { pluginMetrics } from "../../engine/metrics/plugin-metrics.ts";
import { prometheusText } from "../../engine/metrics/prometheus.ts";
import { storageMetrics } from "../../engine/metrics/storage-metrics.ts";
import { startLocalServer, type Answer } from "../../inspect/serve/local-server.ts";
import { BadInput } from "../bad-input.ts";

/** The metrics of a running engine on 127.0.0.1, at Fluent Bit's paths. */
export interface MetricsServer {
  readonly port: number;
  /** Begins to answer for this engine; until then every request is told 503. */
  show(engine: Engine): void;
  close(): void;
}

/** The metrics at a path; null for a path that does not exist. */
function metricsAt(engine: Engine, path: string): Answer | null {
  const json = (value: unknown): Answer => ({
    status: 200,
    type: "application/json",
    body: JSON.stringify(value),
  });
  switch (path) {
    case "/api/v1/storage":
      return json(storageMetrics(engine));
    case "/api/v1/metrics":
      return json(pluginMetrics(engine));
    case "/api/v2/metrics/prometheus":
      return { status: 200, type: "text/plain; version=0.0.4", body: prometheusText(engine) };
    default:
      return null;
  }
}

/**
 * Takes the port before there is an engine, so that a port that is taken is told before anything starts. It answers to
 * the names 127.0.0.1 and localhost only: what is delivered where is no business of a web page.
 *
 * @throws BadInput (as a rejection) if it cannot listen on the port
 */
export async function serveMetrics(port: number): Promise<MetricsServer> {
  let shown: Engine | undefined;
  try {
    const local = await startLocalServer(port, (path) =>
      shown === undefined
        ? { status: 503, type: "text/plain", body: "the engine has not started yet" }
        : metricsAt(shown, path),
    );
    return {
      port: local.port,
      show: (engine) => {
        shown = engine;
      },
      close: () => {
        void local.close();
      },
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot serve metrics: ${why}`);
  }
}
