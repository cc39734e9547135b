import type { MetricsSample } from "./metrics/metrics-sample.ts";
import { EngineLogs, type LoggedEngine } from "./log/engine-logs.ts";
import { joined, MetricsReader } from "./metrics/metrics-reader.ts";
import { parseJson } from "./read/parse-json.ts";

/** A list in JSON that is read as a whole is not longer than this, in characters. */
const longestList = 64 * 2 ** 20;

/** Two files of one engine, each with one part of every moment; null where they are not that. */
function joinedFiles(
  first: readonly MetricsSample[],
  second: readonly MetricsSample[],
): readonly MetricsSample[] | null {
  if (first.length !== second.length) return null;
  const all = first.map((sample, index) => {
    const other = second[index];
    return other === undefined ? null : joined(sample, other);
  });
  const whole = all.filter((sample) => sample !== null);
  return whole.length === first.length ? whole : null;
}

/** Sorts what files hold, line by line, into logs of engines and answers of their HTTP servers. */
export class Evidence {
  readonly #logs: EngineLogs;
  readonly #metrics = new Map<string, MetricsReader>();
  readonly #lists = new Map<string, string[]>();
  #known = 0;

  /** @param taskMapSizeOf the size of the task map of a version; null where the log does not say which it is */
  constructor(taskMapSizeOf: (version: string | null) => number) {
    this.#logs = new EngineLogs(taskMapSizeOf);
  }

  /** The engines of which lines were found. */
  get engines(): readonly LoggedEngine[] {
    return this.#logs.engines;
  }

  /** Lines that said something. */
  get known(): number {
    return this.#known;
  }

  /** The samples of each file that has any; a file of counters belongs to the file of storages before it. */
  get samples(): ReadonlyMap<string, readonly MetricsSample[]> {
    const found = new Map<string, readonly MetricsSample[]>();
    let last: string | null = null;
    for (const [file, { samples }] of this.#metrics) {
      if (samples.length === 0) continue;
      const before = last === null ? undefined : found.get(last);
      const both = before === undefined ? null : joinedFiles(before, samples);
      if (last !== null && both !== null) found.set(last, both);
      else {
        found.set(file, samples);
        last = file;
      }
    }
    return found;
  }

  /**
   * Takes the next line of a file.
   *
   * @param log the log that the file is a part of: rotated files of one log are one engine
   * @param number its number in the file, from 1
   */
  take(file: string, log: string, number: number, content: string): void {
    const list = this.#lists.get(file);
    if (list !== undefined) {
      list.push(content);
      return;
    }
    // An export that is one list.
    if (number === 1 && /^\s*\[\s*(?:\{|$)/.test(content)) {
      this.#lists.set(file, [content]);
      return;
    }
    this.#takeLine(file, log, number, content);
  }

  /** Says that a file is over. */
  end(file: string, log: string): void {
    const list = this.#lists.get(file);
    if (list === undefined) return;
    this.#lists.delete(file);
    const text = list.join("\n");
    const values = text.length > longestList ? undefined : parseJson(text);
    if (Array.isArray(values)) {
      values.forEach((value: unknown, index) => {
        this.#takeLine(file, log, index + 1, JSON.stringify(value));
      });
    } else {
      list.forEach((line, index) => {
        this.#takeLine(file, log, index + 1, line);
      });
    }
  }

  #takeLine(file: string, log: string, number: number, content: string): void {
    let metrics = this.#metrics.get(file);
    if (metrics === undefined) {
      metrics = new MetricsReader();
      this.#metrics.set(file, metrics);
    }
    const isKnown = metrics.isInside
      ? metrics.take(file, number, content)
      : this.#logs.take(file, log, number, content) || metrics.take(file, number, content);
    if (isKnown) this.#known++;
  }
}
