import type { MetricsSample } from "../metrics/metrics-sample.ts";

/** For so many seconds every sample is kept: the judge looks back no further but for where something began. */
const whole = 120;
/** Samples from before the last movement are kept for so many seconds. */
const longest = 300;

function totals({ outputs }: MetricsSample): string {
  let [delivered, retries] = [0, 0];
  for (const counters of outputs.values()) {
    delivered += counters.delivered;
    retries += counters.retries;
  }
  return outputs.size === 0 ? "" : `${delivered} ${retries}`;
}

/**
 * The samples of an engine that is watched for weeks: all of the last minutes, and of the time before that where the counters
 * last moved. What stands between equal ones is left out.
 */
export class SampleHistory {
  #samples: MetricsSample[] = [];

  /** Oldest first. */
  get samples(): readonly MetricsSample[] {
    return this.#samples;
  }

  add(sample: MetricsSample): void {
    this.#samples.push(sample);
    const now = sample.time ?? 0;
    const last = totals(sample);
    const moved = this.#samples.findLastIndex((one) => totals(one) !== last);
    this.#samples = this.#samples.filter((one, index, all) => {
      const age = now - (one.time ?? now);
      if (age <= whole) return true;
      if (index < moved) return age <= longest;
      const [before, after] = [all[index - 1], all[index + 1]];
      const isInside =
        before !== undefined &&
        after !== undefined &&
        totals(before) === totals(one) &&
        totals(after) === totals(one);
      return !isInside;
    });
  }

  /** What was told before is that of another process. */
  forget(): void {
    this.#samples = [];
  }

  /** Whether more was delivered since a moment, in seconds. */
  deliveredSince(time: number): boolean {
    const of = (sample: MetricsSample | undefined): number =>
      [...(sample?.outputs.values() ?? [])].reduce((sum, { delivered }) => sum + delivered, 0);
    const from = this.#samples.find((sample) => (sample.time ?? 0) >= time);
    return from !== undefined && of(this.#samples.at(-1)) > of(from);
  }
}
