import type { SimulationRun } from "./simulation-run.ts";
import { series } from "./simulation-series.ts";

/** Time in columns: each ends at a sample, so that every column says something of its own. */
export interface TimeColumns {
  /** From where to where each column is, in virtual seconds; the start is not part of it. */
  readonly stretches: readonly (readonly [number, number])[];
  /** The place of a time, from 0 to the number of columns. */
  readonly place: (seconds: number) => number;
}

/** Samples before and after a turn of the story that have a column each. */
const around = 60;

/**
 * The moments at which something fills up or stops for the first time, or which the story is about: in each run
 * the first sample at which a count is at its limit, the first at which nothing was delivered although it was before, and
 * that at which the engine gets stuck.
 */
function turns({ result, ...run }: SimulationRun): readonly number[] {
  const { samples, stuckSince } = result;
  const full = series.flatMap((one) => {
    const bound = one.bound({ result, ...run });
    const found =
      bound === undefined ? undefined : samples.find((sample) => one.value(sample) >= bound);
    return found === undefined ? [] : [found.time];
  });
  const stops = samples.find(({ delivered }, index) => {
    const before = samples[index - 1]?.delivered ?? 0;
    return delivered === before && before > 0;
  });
  return [
    ...full,
    ...(stops === undefined ? [] : [stops.time]),
    ...(stuckSince === null ? [] : [stuckSince]),
  ];
}

/** How much each sample wants a column of its own, 0 to 1: all of it near a turn of the story. */
function wishes(times: readonly number[], moments: readonly number[], most: number): number[] {
  const isNear = times.map(() => false);
  for (const moment of moments) {
    const at = times.findIndex((time) => time >= moment);
    isNear.fill(true, Math.max(0, at - around), at < 0 ? 0 : at + around);
  }
  const near = isNear.filter(Boolean).length;
  const share = near <= most / 2 ? 1 : most / 2 / near;
  const rest = Math.min(1, (most - near * share) / Math.max(1, times.length - near));
  return isNear.map((one) => (one ? share : rest));
}

/**
 * Divides a story into columns: one for each sample if there is room, else one for each sample where something fills
 * up or stops for the first time, and the rest evenly.
 *
 * @param phaseEnds moments at which a column must end, as far as there are samples
 * @param most about how many columns there may be
 */
export function timeColumns(
  runs: readonly SimulationRun[],
  phaseEnds: readonly number[],
  most: number,
): TimeColumns {
  const times = runs[0]?.result.samples.map(({ time }) => time) ?? [];
  const end = phaseEnds.at(-1) ?? 0;
  const wanted = wishes(times, runs.flatMap(turns), most);
  const closing = new Set(phaseEnds.map((moment) => times.findLastIndex((time) => time <= moment)));
  const ends: number[] = [];
  let owed = 0;
  times.forEach((time, index) => {
    owed += wanted[index] ?? 0;
    if (owed < 1 - 1e-9 && !closing.has(index)) return;
    ends.push(time);
    owed = Math.max(0, owed - 1);
  });
  // What comes after the last sample is part of the last column.
  if (ends.length === 0) ends.push(end);
  else ends[ends.length - 1] = Math.max(end, ends.at(-1) ?? 0);
  const stretches = ends.map((to, column): [number, number] => [ends[column - 1] ?? 0, to]);
  return {
    stretches,
    place: (seconds) => {
      const column = stretches.findIndex(([, to]) => seconds <= to);
      const [from, to] = stretches[column] ?? [0, 0];
      if (column < 0) return stretches.length;
      return column + (to === from ? 0 : (seconds - from) / (to - from));
    },
  };
}
