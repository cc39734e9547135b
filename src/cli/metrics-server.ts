import { createServer } from "node:http";
import type { Engine } from "../engine/core/engine.ts";
import { pluginMetrics } from "../engine/metrics/plugin-metrics.ts";
import { prometheusText } from "../engine/metrics/prometheus.ts";
import { storageMetrics } from "../engine/metrics/storage-metrics.ts";

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
 * Serves the metrics of a running engine on 127.0.0.1, at Fluent Bit's paths.
 *
 * @returns a function that stops serving; rejects if the port is taken
 */
export function serveMetrics(engine: Engine, port: number): Promise<() => void> {
  const server = createServer((request, response) => {
    const found = answer(engine, request.url ?? "/");
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const [type, body] = found;
    response.writeHead(200, { "content-type": type }).end(body);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve(() => {
        server.closeAllConnections();
        server.close();
      });
    });
  });
}
