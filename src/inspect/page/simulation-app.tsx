import type { JSX } from "preact";
import type { SimulationPageData, SimulationPagePhase } from "../simulation-data.ts";
import { KeysHelp, showKeys } from "./keys-help.tsx";
import { SimulationRunView } from "./simulation-run-view.tsx";
import { Controls, Mark, Track, type Course } from "./track.tsx";

/** The phases above the slider, each as wide as its time; a click goes to where it begins. */
function PhaseBand(props: {
  readonly phases: readonly SimulationPagePhase[];
  readonly course: Course;
}): JSX.Element {
  const { phases, course } = props;
  return (
    <ol class="phases" aria-label="Phases">
      {phases.map(({ name, from, to, kind, words }) => (
        <li key={from} style={{ flexGrow: to - from }}>
          <button
            type="button"
            class={`phase ${kind}`}
            title={words}
            aria-current={course.at + 1 > from && course.at + 1 <= to ? "step" : undefined}
            onClick={() => {
              course.goTo(Math.floor(from));
            }}
          >
            {name}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Outcome(props: { readonly rows: readonly (readonly string[])[] }): JSX.Element {
  const [heading = [], ...rows] = props.rows;
  return (
    <section class="outcome" aria-label="Outcome">
      <h2>Outcome</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {heading.map((cell, column) =>
                cell === "" ? (
                  <td key={column} />
                ) : (
                  <th key={column} scope="col">
                    {cell}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(([label = "", ...cells]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A simulation: the releases side by side at one moment of the story, and a slider through it. */
export function SimulationApp(props: {
  readonly data: SimulationPageData;
  readonly course: Course;
  /** What is wrong with the address; empty if nothing is. */
  readonly trouble: string;
}): JSX.Element {
  const { data, course, trouble } = props;
  const from = data.times[course.at - 1] ?? "0s";
  const phase = data.phases.find(({ to }) => course.at + 1 <= to);
  return (
    <div class="page simulation">
      <KeysHelp />
      <header>
        <h1>{data.title}</h1>
        <p class="quiet">{data.story}</p>
      </header>
      <main>
        {trouble !== "" && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        <p class="moment" role="status">
          From {from} to <b>{course.words}</b> of virtual time: {phase?.name}
          <span class="quiet"> ({phase?.words}). Counts are the most in this time.</span>
        </p>
        <div class="runs">
          {data.runs.map((run) => (
            <SimulationRunView key={run.release} run={run} data={data} course={course} />
          ))}
        </div>
        <Outcome rows={data.outcome} />
        {data.notes.map((note) => (
          <p key={note} class="quiet">
            {note}.
          </p>
        ))}
      </main>
      <footer class="scrubber">
        <PhaseBand phases={data.phases} course={course} />
        <Controls course={course} label="Moment" />
        <Track course={course} label="Moment">
          {data.runs.map(({ release, stuckAt, stuckWords }) =>
            stuckAt === null ? null : (
              <Mark
                key={release}
                course={course}
                kind="violation"
                step={stuckAt}
                words={`${release}: ${stuckWords}`}
              />
            ),
          )}
        </Track>
        <p class="legend quiet">
          Keys: ← → through time, Home and End, space plays,{" "}
          <button type="button" class="show-keys" onClick={showKeys}>
            all keys (?)
          </button>
          . Time is drawn wider where something fills up or stops for the first time.
        </p>
      </footer>
    </div>
  );
}
