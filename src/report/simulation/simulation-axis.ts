import type { Phase } from "../../engine/simulation/scenario.ts";

/** A phase on an axis. */
interface AxisPhase {
  readonly phase: Phase;
  /** Virtual seconds. */
  readonly from: number;
  readonly to: number;
  /** Places on the axis. */
  readonly start: number;
  readonly end: number;
}

/** A time axis on which short phases can be seen too. */
export interface TimeAxis {
  readonly phases: readonly AxisPhase[];
  /** The place of a time, from 0 to the length of the axis. */
  readonly place: (seconds: number) => number;
  /** The time of a place. */
  readonly time: (place: number) => number;
}

/**
 * Gives every phase room by its duration, but not less than `least` as long as there is room for all:
 * within a phase time runs evenly, from phase to phase it may not.
 *
 * @param whole whether phases begin at whole places, as columns of a terminal do
 */
export function timeAxis(
  phases: readonly Phase[],
  length: number,
  least: number,
  whole: boolean,
): TimeAxis {
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const floor = Math.min(least, length / phases.length);
  const wanted = phases.map(({ seconds }) => Math.max(floor, (seconds / total) * length));
  const excess = wanted.reduce((sum, room) => sum + room, 0) - length;
  const slack = wanted.reduce((sum, room) => sum + room - floor, 0);
  let time = 0;
  let exact = 0;
  const placed = phases.map((phase, index): AxisPhase => {
    const room = wanted[index] ?? 0;
    const from = time;
    const start = whole ? Math.round(exact) : exact;
    time += phase.seconds;
    exact += room - (slack === 0 ? 0 : (excess * (room - floor)) / slack);
    return { phase, from, to: time, start, end: whole ? Math.round(exact) : exact };
  });
  return {
    phases: placed,
    place: (seconds) => {
      const on = placed.find(({ to }) => seconds <= to) ?? placed.at(-1);
      if (on === undefined) return 0;
      return on.start + ((seconds - on.from) / (on.to - on.from)) * (on.end - on.start);
    },
    time: (place) => {
      const on = placed.find(({ end }) => place <= end) ?? placed.at(-1);
      if (on === undefined || on.end === on.start) return on?.from ?? 0;
      return on.from + ((place - on.start) / (on.end - on.start)) * (on.to - on.from);
    },
  };
}
