import type { Sample } from "../../engine/simulation/scenario.ts";
import type { SimulationResult } from "../../engine/simulation/simulation-result.ts";
import { limitsInForce, type SimulationReport, type SimulationRun } from "./simulation-run.ts";

/** A quantity that is plotted over time. */
export interface Series {
  readonly label: string;
  /** For pictures. */
  readonly colour: string;
  readonly value: (sample: Sample) => number;
  /** The most there was, where the engine was asked at every step and not only at the samples. */
  readonly most?: (result: SimulationResult) => number;
  /** Where it ends, if it has a bound: the task map, the chunks that may be up. */
  readonly bound: (run: SimulationRun) => number | undefined;
}

const unbounded = (): undefined => undefined;

/** What a simulation shows over time, in this order. */
export const series: readonly Series[] = [
  {
    label: "chunks up",
    colour: "#2563eb",
    value: ({ up }) => up,
    most: ({ mostUp }) => mostUp,
    bound: ({ scenario }) => limitsInForce(scenario).maxChunksUp,
  },
  { label: "chunks down", colour: "#64748b", value: ({ down }) => down, bound: unbounded },
  {
    label: "tasks",
    colour: "#d97706",
    value: ({ tasks }) => tasks,
    most: ({ mostTasks }) => mostTasks,
    bound: ({ scenario }) => limitsInForce(scenario).taskMapSize,
  },
  {
    label: "over the limit",
    colour: "#9333ea",
    value: ({ overLimit }) => overLimit,
    bound: ({ scenario }: SimulationRun): number | undefined => {
      const quota = limitsInForce(scenario).overLimitQuota * scenario.matches.length;
      return quota > 0 ? quota : undefined;
    },
  },
  {
    label: "records/s",
    colour: "#0d9488",
    value: ({ deliveredPerSecond }) => deliveredPerSecond,
    bound: unbounded,
  },
  { label: "delivered", colour: "#16a34a", value: ({ delivered }) => delivered, bound: unbounded },
];

/** The upper end of each plot, in the order of {@link series}: one scale for all runs of a report. */
export function seriesTops({ runs }: SimulationReport): readonly number[] {
  return series.map((one) => Math.max(1, ...runs.map((run) => mostOf(one, run))));
}

/** The most of a series in a run. */
export function mostOf({ value, most }: Series, { result }: SimulationRun): number {
  return most?.(result) ?? Math.max(0, ...result.samples.map(value));
}

/** The value of a series in a stretch of time, its most if it changes; the last known if it has no sample. */
export function mostBetween(
  samples: readonly Sample[],
  value: Series["value"],
  stretches: readonly (readonly [number, number])[],
): readonly number[] {
  let index = 0;
  let last = 0;
  return stretches.map(([from, to]) => {
    let most = last;
    let isFirst = true;
    for (let sample = samples[index]; sample !== undefined; sample = samples[index]) {
      if (sample.time > to) break;
      if (sample.time > from || isFirst) {
        last = value(sample);
        most = isFirst ? last : Math.max(most, last);
        isFirst = false;
      }
      index += 1;
    }
    return most;
  });
}
