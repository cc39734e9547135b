import type { ComponentChildren, JSX } from "preact";
import type { Steps } from "./keys.ts";

/** What a slider goes through. */
export interface Course extends Steps {
  readonly at: number;
  readonly last: number;
  /** Where it is, in words. */
  readonly words: string;
}

function Control(props: {
  readonly name: string;
  readonly sign: string;
  readonly go: () => void;
}): JSX.Element {
  return (
    <button type="button" aria-label={props.name} onClick={props.go}>
      {props.sign}
    </button>
  );
}

/** Something on the way, below its place on the slider. */
export function Mark(props: {
  readonly course: Course;
  readonly kind: string;
  readonly step: number;
  readonly words: string;
}): JSX.Element {
  const { course, kind, step, words } = props;
  const share = step / Math.max(1, course.last);
  const early = share < 0.3;
  return (
    <button
      type="button"
      class={`mark ${kind} ${early ? "early" : "late"}`}
      style={{ left: `${100 * share}%` }}
      onClick={() => {
        course.goTo(step);
      }}
    >
      {early ? `▲ ${words}` : `${words} ▲`}
    </button>
  );
}

/** The buttons that go to the ends and one step on or back, and where one is. */
export function Controls(props: { readonly course: Course; readonly label: string }): JSX.Element {
  const { course, label } = props;
  return (
    <div class="controls">
      <Control
        name={`First ${label.toLowerCase()}`}
        sign="|◀"
        go={() => {
          course.goTo(0);
        }}
      />
      <Control name={`${label} back`} sign="◀" go={course.goBack} />
      <Control name={`${label} on`} sign="▶" go={course.goOn} />
      <Control name={`Last ${label.toLowerCase()}`} sign="▶|" go={course.goToEnd} />
      <output>{course.words}</output>
    </div>
  );
}

/** A slider, and marks below it. */
export function Track(props: {
  readonly course: Course;
  readonly label: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { course, label, children } = props;
  return (
    <div class="track">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={course.words}
        min={0}
        max={course.last}
        value={course.at}
        onInput={(event) => {
          course.goTo(Number(event.currentTarget.value));
        }}
      />
      <div class="marks">{children}</div>
    </div>
  );
}
