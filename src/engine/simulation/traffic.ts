/** What moved to one output during a phase. */
interface OutputTraffic {
  /** Flushes that were started. */
  readonly attempts: number;
  /** Flushes that the output took: chunks delivered. */
  readonly deliveries: number;
  /** Records that arrived for the first time. */
  readonly records: number;
  /** Seconds from a record's production to its arrival; null if none arrived. */
  readonly delay: {
    readonly median: number;
    readonly p95: number;
    readonly longest: number;
  } | null;
}

/** What moved during a phase. */
export interface PhaseTraffic {
  readonly outputs: readonly OutputTraffic[];
  /** How often a chunk was brought up from disk, to be flushed or to be written to. */
  readonly loads: number;
}

/** Counts what moves, phase by phase. */
export class Traffic {
  #outputs: { attempts: number; deliveries: number; delays: number[] }[];
  #loadsBefore = 0;

  constructor(outputs: number) {
    this.#outputs = Array.from({ length: outputs }, () => ({
      attempts: 0,
      deliveries: 0,
      delays: [],
    }));
  }

  /** A flush to the output was started. */
  attempt(output: number): void {
    const counts = this.#outputs[output];
    if (counts !== undefined) counts.attempts += 1;
  }

  /** The output took a chunk; `delays` in seconds, of the records in it that it did not have yet. */
  delivery(output: number, delays: readonly number[]): void {
    const counts = this.#outputs[output];
    if (counts === undefined) return;
    counts.deliveries += 1;
    for (const delay of delays) counts.delays.push(delay);
  }

  /** What moved since this was last asked; `loads` counts from the beginning. */
  take(loads: number): PhaseTraffic {
    const traffic: PhaseTraffic = {
      outputs: this.#outputs.map(({ attempts, deliveries, delays }) => ({
        attempts,
        deliveries,
        records: delays.length,
        delay: summaryOf(delays),
      })),
      loads: loads - this.#loadsBefore,
    };
    this.#outputs = this.#outputs.map(() => ({ attempts: 0, deliveries: 0, delays: [] }));
    this.#loadsBefore = loads;
    return traffic;
  }
}

function summaryOf(delays: readonly number[]): OutputTraffic["delay"] {
  if (delays.length === 0) return null;
  const sorted = Float64Array.from(delays).sort();
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { median: at(0.5), p95: at(0.95), longest: at(1) };
}
