import type { JSX } from "preact";
import type { SimulationPageData, SimulationPageRun } from "../simulation-data.ts";
import { Gauge } from "./gauges.tsx";
import { SeriesPlot } from "./series-plot.tsx";
import type { Course } from "./track.tsx";

function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** What the engine wrote into its log around the moment: a line of each kind, and how many there were. */
function LogLines(props: { readonly run: SimulationPageRun; readonly at: number }): JSX.Element {
  const { run, at } = props;
  const here = run.log.filter(({ counts }) => (counts[at] ?? 0) > 0);
  return (
    <div class="log">
      <h3>In its log meanwhile</h3>
      <p class="quiet">
        {here.length === 0
          ? "Nothing."
          : "How many lines of each kind, and the first of that kind in the whole log:"}
      </p>
      <ul>
        {here.map(({ line, counts }) => (
          <li key={line}>
            <b>{count(counts[at] ?? 0)} ×</b> <code>{line}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One release: its counts at the moment against their limits, over time, and its log. */
export function SimulationRunView(props: {
  readonly run: SimulationPageRun;
  readonly data: SimulationPageData;
  readonly course: Course;
}): JSX.Element {
  const { run, data, course } = props;
  const { at } = course;
  const moment = run.moments[at];
  return (
    <section
      class={moment?.isStuck === true ? "run is-stuck" : "run"}
      aria-label={run.release}
      data-release={run.release}
    >
      <h2>{run.release}</h2>
      <p class="quiet">{run.summary}</p>
      {run.setting.map((words) => (
        <p key={words} class="quiet">
          {words}
        </p>
      ))}
      <p class={`outcome-words now ${moment?.isStuck === true ? "stuck" : "open"}`}>
        <b>Now:</b> {moment?.words}
      </p>
      <p class={`outcome-words end ${run.outcome}`}>
        <b>At the end, {data.times.at(-1)}:</b> {run.end}
        {run.stuckAt !== null && `; ${run.stuckWords}`}
      </p>
      <div class="gauges">
        {run.series.map(({ label, values, limit }) =>
          limit === null ? (
            <span key={label} class="amount">
              {label} <b>{count(values[at] ?? 0)}</b>
            </span>
          ) : (
            <Gauge key={label} name={label} value={values[at] ?? 0} limit={limit} />
          ),
        )}
      </div>
      {run.series.map((series, index) => (
        <SeriesPlot
          key={series.label}
          series={series}
          hue={index}
          phases={data.phases}
          stuckAt={run.stuckAt}
          course={course}
        />
      ))}
      {run.log.length > 0 && <LogLines run={run} at={at} />}
    </section>
  );
}
