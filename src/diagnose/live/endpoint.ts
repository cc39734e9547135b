import { metricsInJson } from "../metrics/json-metrics.ts";
import type { MetricsSample } from "../metrics/metrics-sample.ts";
import { prometheusLine, Scrape } from "../metrics/prometheus-sample.ts";
import { parseJson } from "../read/parse-json.ts";
import type { HttpAnswer } from "./http-question.ts";
import { NoAnswer } from "./http-question.ts";

/** What an engine told; without a place and a time, which are those of who asked. */
export type ToldMetrics = Omit<MetricsSample, "place" | "time">;

/** Asks for a page of the server, such as `/api/v1/storage`. */
export type AskPage = (path: string) => Promise<HttpAnswer>;

const prometheus = "/api/v2/metrics/prometheus";

/** Pages that tell of the engine. */
const pages: readonly string[] = ["/api/v1/storage", "/api/v1/metrics", prometheus];

interface Page {
  readonly path: string;
  /** Empty where there is none. */
  readonly body: string;
  /** Why there is none; null where there is one. */
  readonly why: string | null;
  /** Whether a server answered, whatever it said. */
  readonly isAnswered: boolean;
}

async function pageAt(ask: AskPage, path: string): Promise<Page> {
  try {
    const { status, body } = await ask(path);
    const isThere = status === 200;
    const why = isThere ? null : `answers with ${status}`;
    return { path, body: isThere ? body : "", why, isAnswered: true };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { path, body: "", why: error.message, isAnswered: false };
  }
}

function scraped(body: string): ToldMetrics | null {
  const scrape = new Scrape();
  let lines = 0;
  for (const text of body.split("\n")) {
    const line = text.startsWith("fluentbit_") ? prometheusLine(text) : null;
    if (line !== null && scrape.take(line)) lines++;
  }
  return lines === 0 ? null : scrape.sample;
}

const empty: ToldMetrics = {
  version: null,
  started: null,
  storage: null,
  outputs: new Map(),
  inputs: new Map(),
  paused: [],
};

/** The first of these that has something. */
function merged(all: readonly ToldMetrics[]): ToldMetrics {
  return all.reduce(
    (sum, one) => ({
      version: sum.version ?? one.version,
      started: sum.started ?? one.started,
      storage: sum.storage ?? one.storage,
      outputs: sum.outputs.size > 0 ? sum.outputs : one.outputs,
      inputs: sum.inputs.size > 0 ? sum.inputs : one.inputs,
      paused: [...sum.paused, ...one.paused],
    }),
    empty,
  );
}

/** The version in the answer to `/` (`{"fluent-bit": {"version": …}}`); null where it is no Fluent Bit. */
function versionIn(body: string): string | null {
  const value = parseJson(body);
  if (typeof value !== "object" || value === null || !("fluent-bit" in value)) return null;
  const inner = value["fluent-bit"];
  if (typeof inner !== "object" || inner === null || !("version" in inner)) return null;
  return typeof inner.version === "string" ? inner.version : null;
}

/**
 * Asks an engine how it fares: `/api/v1/storage` and `/api/v1/metrics`, and of `/api/v2/metrics/prometheus` what those do not
 * tell. An engine that has just started has no page yet; then `/` tells that it is one.
 *
 * @throws NoAnswer (as a rejection) if nothing that answers is Fluent Bit.
 */
export async function askEngine(ask: AskPage): Promise<ToldMetrics> {
  const asked = await Promise.all(pages.map((path) => pageAt(ask, path)));
  // A part of the answers is none: what is missing would look as if the engine did not tell it.
  const missed = asked.find(({ path, isAnswered }) => path !== prometheus && !isAnswered);
  if (missed !== undefined) throw new NoAnswer(missed.why ?? "gives no answer");
  const told = asked.map(({ path, body }) =>
    path === prometheus ? scraped(body) : metricsInJson(parseJson(body)),
  );
  const all = merged(told.filter((one) => one !== null));
  if (all.version !== null) return all;
  const version = versionIn((await pageAt(ask, "/")).body);
  if (version !== null || told.some((one) => one !== null)) return { ...all, version };
  const said = asked.map(({ path, why }) => `${path} ${why ?? "has other content"}`);
  throw new NoAnswer(`answers, but not as Fluent Bit does: ${said.join(", ")}`);
}
