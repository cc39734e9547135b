import { createServer } from "node:http";
import type { Engine } from "../engine/core/engine.ts";
import { pluginMetrics } from "../engine/metrics/plugin-metrics.ts";
import { prometheusText } from "../engine/metrics/prometheus.ts";
import { storageMetrics } from "../engine/metrics/storage-metrics.ts";
import { BadInput } from "./bad-input.ts";

/** The metrics of a running engine on 127.0.0.1, at Fluent Bit's paths. */
export interface MetricsServer {
  /** Begins to answer for this engine; until then every request is told 503. */
  show(engine: Engine): void;
  close(): void;
}

/** An answer's content type and body; undefined for a path that does not exist. */
function answer(engine: Engine, path: string): readonly [string, string] | undefined {
  switch (path) {
    case "/api/v1/storage":
      return ["application/json", JSON.stringify(storageMetrics(engine))];
    case "/api/v1/metrics":
      return ["application/json", JSON.stringify(pluginMetrics(engine))];
    case "/api/v2/metrics/prometheus":
      return ["text/plain; version=0.0.4", prometheusText(engine)];
    default:
      return undefined;
  }
}

/**
 * Takes the port before there is an engine, so that a port that is taken is told before anything starts.
 *
 * @throws BadInput (as a rejection) if it cannot listen on the port
 */
export function serveMetrics(port: number): Promise<MetricsServer> {
  let shown: Engine | undefined;
  const server = createServer((request, response) => {
    if (shown === undefined) {
      response.writeHead(503).end();
      return;
    }
    const found = answer(shown, request.url ?? "/");
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [type, body] = found;
    response.writeHead(200, { "content-type": type }).end(body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", ({ message }) => {
      reject(new BadInput(`cannot serve metrics: ${message}`));
    });
    server.listen(port, "127.0.0.1", () => {
      resolve({
        show: (engine) => {
          shown = engine;
        },
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}
