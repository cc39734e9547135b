import type { JSX } from "preact";
import { optionsOf } from "../tell/options.ts";
import { isStuck } from "../../compile/stuck.ts";
import { Stepper } from "../../compile/stepper.ts";
import { actionWords } from "../tell/action-words.ts";
import { Mark, Track, type Course } from "./track.tsx";
import { stepsOf, type Viewer } from "./viewer.ts";
import { slotsOf } from "../../compile/scope.ts";

const mostColumns = 40;

/** What is repeated for ever at the end of the run, if it ends in a loop or is stuck there. */
function loopOf(viewer: Viewer): string {
  const from = viewer.loopStart.value;
  if (from !== null) {
    const looping = viewer.run.value.moments.slice(from + 1);
    return looping
      .flatMap(({ taken }) => (taken === null ? [] : actionWords(taken, viewer.scope.value)))
      .join(", ");
  }
  const last = viewer.run.value.moments.at(-1);
  if (last === undefined) return "";
  const stepper = new Stepper(viewer.scope.value, last.state);
  if (!isStuck(stepper)) return "";
  const repeated = optionsOf(stepper).filter(
    ({ enabled, changes, action }) => enabled && !changes && action.move.agent === "engine",
  );
  return repeated.map(({ action }) => actionWords(action, viewer.scope.value)).join(", ");
}

/** Each chunk over the steps of the run: when it is in memory, and when it has a task. */
function Lanes(props: { readonly viewer: Viewer }): JSX.Element | null {
  const { viewer } = props;
  const { moments } = viewer.run.value;
  const { system } = viewer.scope.value;
  const slots = slotsOf(viewer.scope.value);
  if (moments.length > mostColumns || slots > 8) return null;
  const { live, gauges } = system.vocabulary;
  // The first two gauges have a mark of their own, such as memory and tasks.
  const [first, second] = gauges;
  const up = first?.quantity ?? -1;
  const tasks = second?.quantity ?? -1;
  const loopStart = viewer.loopStart.value ?? Infinity;
  const weighs = (quantity: number, place: number): boolean =>
    system.quantities[quantity]?.weights[place] === 1;
  return (
    <table class="timeline" aria-label="Chunks over time">
      <tbody>
        {Array.from({ length: slots }, (_, slot) => (
          <tr key={slot}>
            <th scope="row">
              {system.slots.noun} {slot}
            </th>
            {moments.map(({ state, taken }, step) => {
              const place = state.places[slot] ?? 0;
              const name = system.places[place]?.name ?? "";
              const kinds = [
                weighs(live, place) ? "live" : "free",
                ...(weighs(up, place) ? ["memory"] : []),
                ...(weighs(tasks, place) ? ["task"] : []),
                ...(taken?.slot === slot ? ["acts"] : []),
                ...(step === viewer.step.value ? ["now"] : []),
                ...(step > loopStart ? ["looping"] : []),
              ];
              return (
                <td
                  key={step}
                  class={kinds.join(" ")}
                  title={`step ${step}, ${system.slots.noun} ${slot}: ${name}`}
                  onClick={() => {
                    viewer.goTo(step);
                  }}
                >
                  {weighs(up, place) ? (first?.mark ?? "") : ""}
                  {weighs(tasks, place) ? (second?.mark ?? "") : ""}
                  {weighs(live, place) && !weighs(up, place) && !weighs(tasks, place) ? "·" : ""}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The run from its first step to its last, to go to any of them; with what happens where. */
export function Scrubber(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const last = viewer.last.value;
  const step = viewer.step.value;
  const told = viewer.left.value === null ? viewer.told.value : null;
  const noReturn = told?.pointOfNoReturn ?? null;
  const violation = viewer.violation.value;
  const loopStart = viewer.loopStart.value;
  const loop = loopOf(viewer);
  const round = viewer.rounds.value > 0 ? `, round ${viewer.rounds.value + 1}` : "";
  const course: Course = {
    ...stepsOf(viewer),
    at: step,
    last,
    words: `${step} of ${last}${round}`,
  };
  return (
    <footer class="scrubber">
      <Track course={course} label="Step">
        {loopStart !== null && loopStart < last && (
          <span
            class="loop-span"
            style={{
              left: `${(100 * loopStart) / last}%`,
              width: `${100 - (100 * loopStart) / last}%`,
            }}
          />
        )}
        {noReturn !== null && (
          <Mark course={course} kind="no-return" step={noReturn + 1} words="no return" />
        )}
        {violation !== null && (
          <Mark course={course} kind="violation" step={violation} words={told?.name ?? ""} />
        )}
      </Track>
      {loop !== "" && (
        <p class="loop-mark">
          <button
            type="button"
            class="mark loop"
            onClick={() => {
              viewer.goTo(loopStart ?? last);
            }}
          >
            ↻ for ever after: {loop}
          </button>
        </p>
      )}
      <Lanes viewer={viewer} />
      <p class="legend quiet">
        <b>M</b> in memory, <b>T</b> has a task, <b>·</b> on disk without a task. Keys: ← → step,
        Home and End, / search.
        {loopStart !== null && loopStart < last && (
          <>
            {" "}
            <b class="looping">═</b> on the loop, which is repeated for ever.
          </>
        )}
      </p>
    </footer>
  );
}
