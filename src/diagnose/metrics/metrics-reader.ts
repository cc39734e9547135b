import type { EvidencePlace } from "../evidence-place.ts";
import { parseJson } from "../read/parse-json.ts";
import { metricsInJson } from "./json-metrics.ts";
import type { MetricsSample } from "./metrics-sample.ts";
import { prometheusLine, Scrape } from "./prometheus-sample.ts";

/** A value of JSON over several lines is not longer than this, in characters. */
const longest = 4 * 2 ** 20;

/** Two parts of one moment, the storage and the counters, asked one after the other; null where they are not that. */
export function joined(first: MetricsSample, second: MetricsSample): MetricsSample | null {
  const completes =
    (first.storage === null || second.storage === null) &&
    (first.outputs.size === 0 || second.outputs.size === 0) &&
    (first.time === null || second.time === null || Math.abs(first.time - second.time) < 1);
  if (!completes) return null;
  return {
    place: first.place,
    time: first.time ?? second.time,
    version: first.version ?? second.version,
    started: first.started ?? second.started,
    storage: first.storage ?? second.storage,
    outputs: first.outputs.size > 0 ? first.outputs : second.outputs,
    inputs: first.inputs.size > 0 ? first.inputs : second.inputs,
    paused: [...first.paused, ...second.paused],
  };
}

/** Finds the answers of an engine's HTTP server among the lines of a file. */
export class MetricsReader {
  readonly #samples: MetricsSample[] = [];
  #scrape: { readonly scrape: Scrape; readonly place: EvidencePlace } | null = null;
  #json: { text: string; depth: number; readonly place: EvidencePlace } | null = null;

  /** Whether a value that began in an earlier line goes on. */
  get isInside(): boolean {
    return this.#json !== null;
  }

  /**
   * Takes a line.
   *
   * @returns whether it is a part of an answer
   */
  take(file: string, number: number, content: string): boolean {
    const place: EvidencePlace = { file, line: number, at: null };
    if (this.#json !== null) return this.#goOn(content);
    const start = content.trim();
    if (start.startsWith("{")) return this.#begin(start, place);
    const line = start.startsWith("fluentbit_") ? prometheusLine(start) : null;
    if (line === null) return /^# (?:HELP|TYPE) fluentbit_/.test(start);
    this.#scrape ??= { scrape: new Scrape(), place };
    if (!this.#scrape.scrape.take(line)) {
      this.#endScrape();
      this.#scrape = { scrape: new Scrape(), place };
      this.#scrape.scrape.take(line);
    }
    return true;
  }

  /** Every sample, oldest first. */
  get samples(): readonly MetricsSample[] {
    this.#endScrape();
    return this.#samples;
  }

  #begin(start: string, place: EvidencePlace): boolean {
    const value = parseJson(start);
    if (value !== undefined) return this.#add(value, place);
    // A log line that was packed into JSON ends where it began.
    if (/^\{\s*"(?:log|stream|time|message|MESSAGE|@timestamp)"/.test(start)) return false;
    const depth = depthOf(start);
    if (depth <= 0) return false;
    this.#json = { text: start, depth, place };
    return true;
  }

  #goOn(content: string): boolean {
    if (this.#json === null) return false;
    this.#json.text += `\n${content}`;
    this.#json.depth += depthOf(content);
    const { text, depth, place } = this.#json;
    if (depth > 0 && text.length < longest) return true;
    this.#json = null;
    return this.#add(parseJson(text), place);
  }

  #add(value: unknown, place: EvidencePlace): boolean {
    const told = metricsInJson(value);
    if (told === null) return false;
    this.#push({ ...told, place });
    return true;
  }

  #endScrape(): void {
    if (this.#scrape === null) return;
    const { scrape, place } = this.#scrape;
    this.#scrape = null;
    this.#push({ ...scrape.sample, place });
  }

  #push(sample: MetricsSample): void {
    const last = this.#samples.at(-1);
    const both = last === undefined ? null : joined(last, sample);
    if (both === null) this.#samples.push(sample);
    else this.#samples[this.#samples.length - 1] = both;
  }
}

/** By how much more braces open than close; those in strings are rare enough in answers of numbers. */
function depthOf(text: string): number {
  let depth = 0;
  for (const character of text) {
    if (character === "{") depth++;
    else if (character === "}") depth--;
  }
  return depth;
}
