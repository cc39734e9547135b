import { InvalidArgumentError } from "commander";
import type { RetryLimit } from "../../engine/core/structures.ts";
import type { LogLevel } from "../../engine/platform/log.ts";
import { BadInput } from "../bad-input.ts";

/** The options of `run`, as commander gives them. */
export interface RunOptions {
  readonly storage: string;
  readonly tail?: readonly string[];
  readonly db?: string;
  readonly tag: string;
  readonly http?: string;
  readonly file?: string;
  readonly release: string;
  readonly flush: string;
  readonly grace: string;
  readonly retryLimit: string;
  readonly maxChunksUp: number;
  readonly tasks?: number;
  readonly quota?: number;
  readonly schedulerBase: number;
  readonly schedulerCap: number;
  readonly checksum?: true;
  readonly logLevel: string;
  readonly logFile?: string;
  readonly metricsPort?: number;
}

/** Reads a number of seconds, fractions allowed. */
export function seconds(name: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value < least) {
    throw new BadInput(`${name} must be a number of seconds of at least ${least}, not "${text}"`);
  }
  return value;
}

/** Reads a grace time in whole seconds; -1 waits until everything is delivered. */
export function graceSeconds(text: string): number {
  if (!/^(-1|[1-9]\d*)$/.test(text)) {
    throw new BadInput(
      `--grace must be a whole number of seconds of at least 1, or -1 for no end, not "${text}"`,
    );
  }
  return Number(text);
}

/** Reads a TCP port. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError("a port from 1 to 65535 is needed.");
  }
  return port;
}

/** Reads a `Retry_Limit`. */
export function retryLimit(text: string): RetryLimit {
  if (text === "no_limits" || text === "no_retries") return text;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) {
    throw new BadInput(
      `--retry-limit must be no_limits, no_retries or a whole number of at least 1, not "${text}"`,
    );
  }
  return value;
}

/** Reads a log level. */
export function logLevel(text: string): LogLevel {
  switch (text) {
    case "error":
    case "warn":
    case "info":
    case "debug":
      return text;
    default:
      throw new BadInput(`--log-level must be error, warn, info or debug, not "${text}"`);
  }
}

/** Where an HTTP output posts. */
export interface HttpTarget {
  readonly host: string;
  readonly port: number;
  readonly uri: string;
}

/** Reads an `http://host:port/path` URL; there is no TLS and no user name. */
export function httpTarget(text: string): HttpTarget {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== "http:" || url.username !== "" || url.port === "0") {
    throw new BadInput(`--http needs a URL such as http://127.0.0.1:8080/, not "${text}"`);
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? 80 : Number(url.port),
    uri: url.pathname + url.search,
  };
}
