import type { JSX } from "preact";
import { isStuck } from "../../compile/stuck.ts";
import { slotsOf } from "../../compile/scope.ts";
import { Stepper } from "../../compile/stepper.ts";
import { actionWords } from "../tell/action-words.ts";
import { optionsOf } from "../tell/options.ts";
import { showKeys } from "./keys-help.tsx";
import { Strip, type StripMark } from "./strip.tsx";
import { Controls, Mark, Track, type Course } from "./track.tsx";
import { stepsOf } from "./viewer-steps.ts";
import type { Viewer } from "./viewer.ts";

const mostColumns = 40;
const mostRows = 8;

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

function marksOf(viewer: Viewer): readonly StripMark[] {
  const told = viewer.left.value === null ? viewer.told.value : null;
  const noReturn = told?.pointOfNoReturn ?? null;
  const violation = viewer.violation.value;
  return [
    ...(noReturn === null ? [] : [{ kind: "no-return", step: noReturn + 1, words: "no return" }]),
    ...(violation === null
      ? []
      : [{ kind: "violation", step: violation, words: told?.name ?? "" }]),
  ];
}

/** A run that is too long for a strip has a slider. */
function LongTrack(props: { readonly course: Course; readonly viewer: Viewer }): JSX.Element {
  const { course, viewer } = props;
  const { last } = course;
  const loopStart = viewer.loopStart.value;
  return (
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
      {marksOf(viewer).map((mark) => (
        <Mark key={mark.kind} course={course} {...mark} />
      ))}
    </Track>
  );
}

/** The run from its first step to its last, to go to any of them; with what happens where. */
export function Scrubber(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const last = viewer.last.value;
  const step = viewer.step.value;
  const loopStart = viewer.loopStart.value;
  const loop = loopOf(viewer);
  const round = viewer.rounds.value > 0 ? `, round ${viewer.rounds.value + 1}` : "";
  const course: Course = {
    ...stepsOf(viewer),
    at: step,
    last,
    words: `${step} of ${last}${round}`,
  };
  const fits = last < mostColumns && slotsOf(viewer.scope.value) <= mostRows;
  return (
    <footer class="scrubber">
      <Controls course={course} label="Step" />
      {fits ? (
        <Strip viewer={viewer} marks={marksOf(viewer)} />
      ) : (
        <LongTrack course={course} viewer={viewer} />
      )}
      <p class="legend quiet">
        <span>
          <b>M</b> in memory, <b>T</b> has a task, <b>·</b> on disk without a task.{" "}
          {loopStart !== null && loopStart < last && (
            <>
              <b class="looping">═</b> on the loop.{" "}
            </>
          )}
          Space plays.{" "}
          <button type="button" class="show-keys" onClick={showKeys}>
            all keys (?)
          </button>
        </span>
        {loop !== "" && (
          <button
            type="button"
            class="mark loop"
            onClick={() => {
              viewer.goTo(loopStart ?? last);
            }}
          >
            ↻ for ever after: {loop}
          </button>
        )}
      </p>
    </footer>
  );
}
