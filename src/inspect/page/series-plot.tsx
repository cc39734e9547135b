import type { JSX } from "preact";
import type { SimulationPagePhase, SimulationSeries } from "../simulation-data.ts";
import type { Course } from "./track.tsx";

const height = 60;

/** The upper edge of a plot in columns: a step for each change. */
function outline({ values, top }: SimulationSeries): string {
  const level = (value: number): string => (height - (value / top) * height).toFixed(1);
  return values
    .flatMap((value, column) =>
      value === values[column - 1]
        ? []
        : [column === 0 ? `M0 ${level(value)}` : `H${column} V${level(value)}`],
    )
    .concat(`H${values.length}`)
    .join(" ");
}

/** One quantity over time, with the phases behind it, its limit, and the moment; a click goes there. */
export function SeriesPlot(props: {
  readonly series: SimulationSeries;
  readonly hue: number;
  readonly phases: readonly SimulationPagePhase[];
  readonly stuckAt: number | null;
  readonly course: Course;
}): JSX.Element {
  const { series, hue, phases, stuckAt, course } = props;
  const { label, values, limit, most, top } = series;
  const columns = values.length;
  const edge = outline(series);
  const words = `${label}: at most ${most.toLocaleString("en-US")}${limit === null ? "" : `, limit ${limit.toLocaleString("en-US")}`}`;
  return (
    <figure class={`plot hue-${hue % 5}`} data-series={label}>
      <figcaption>
        <b>{label}</b>{" "}
        <span class="quiet">
          most {most.toLocaleString("en-US")}
          {limit !== null && ` · limit ${limit.toLocaleString("en-US")}`}
        </span>
      </figcaption>
      <svg
        viewBox={`0 -2 ${columns} ${height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          course.goTo(Math.floor(((event.clientX - left) / width) * columns));
        }}
      >
        {phases.map(({ kind, from, to }) => (
          <rect
            key={from}
            class={`back ${kind}`}
            x={from}
            y={-2}
            width={to - from}
            height={height + 4}
          />
        ))}
        <path class="area" d={`${edge} V${height} H0 Z`} />
        <path class="edge" d={edge} />
        {limit !== null && limit <= top && (
          <path class="limit" d={`M0 ${height - (limit / top) * height} H${columns}`} />
        )}
        {stuckAt !== null && <path class="stuck-line" d={`M${stuckAt} -2 V${height + 2}`} />}
        <path class="cursor" d={`M${course.at + 0.5} -2 V${height + 2}`} />
      </svg>
    </figure>
  );
}
