import { Agent, request as httpRequest } from "node:http";

import type { FlushResult, OutputPlugin } from "../core/structures.ts";
import type { Log } from "../platform/log.ts";
import { textToFlush } from "./json-lines.ts";

/** Where and how to post. */
export interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly uri?: string;
  /** Name in the log, e.g. `out_a`. */
  readonly name: string;
  /** `json_date_key`; default `date`. */
  readonly dateKey?: string | false;
  /** Milliseconds without an answer after which a flush has failed. */
  readonly responseTimeout?: number;
  readonly keepAlive?: boolean;
}

/**
 * Posts JSON lines. 200 to 205 is a success; any other status, a refused or broken connection and a
 * timeout are worth a retry. Stands for `out_http` (v3.0.4).
 */
export function httpOutput(options: HttpOptions, log: Log): OutputPlugin {
  const { host, port, uri = "/", dateKey = "date", responseTimeout = 60_000 } = options;
  const agent = new Agent({ keepAlive: options.keepAlive ?? true });
  const label = `[output:http:${options.name}]`;
  return {
    flush: (chunk, done) => {
      const text = textToFlush(chunk, dateKey, done);
      if (text === undefined) return;
      const body = Buffer.from(text);
      let answered = false;
      const answer = (result: FlushResult): void => {
        if (answered) return;
        answered = true;
        clearTimeout(timer);
        done(result);
      };
      const request = httpRequest(
        {
          host,
          port,
          path: uri,
          method: "POST",
          agent,
          headers: {
            "content-type": "application/json",
            "content-length": body.length,
            "x-fluent-tag": encodeURIComponent(chunk.tag),
          },
        },
        (response) => {
          const status = response.statusCode ?? 0;
          response.on("error", () => {
            answer("retry");
          });
          response.on("end", () => {
            if (status >= 200 && status <= 205) {
              log.info(() => `${label} ${host}:${port}, HTTP status=${status}`);
              answer("ok");
            } else {
              log.error(() => `${label} ${host}:${port}, HTTP status=${status}`);
              answer("retry");
            }
          });
          response.resume();
        },
      );
      const timer = setTimeout(() => {
        request.destroy(new Error("timeout"));
      }, responseTimeout);
      request.on("error", (error: Error & { code?: string }) => {
        if (!answered) logFailure(log, label, `${host}:${port}`, error.code);
        answer("retry");
      });
      request.end(body);
    },
    exit: () => {
      agent.destroy();
    },
  };
}

function logFailure(log: Log, label: string, peer: string, code: string | undefined): void {
  if (code === "ECONNREFUSED") {
    log.error(() => `${label} no upstream connections available to ${peer}`);
  } else {
    log.error(() => `${label} could not flush records to ${peer} (http_do=-1)`);
  }
}
