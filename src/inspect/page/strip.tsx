import type { JSX } from "preact";
import { slotsOf } from "../../compile/scope.ts";
import type { Viewer } from "./viewer.ts";

/** Something that is marked above a step of the run. */
export interface StripMark {
  readonly kind: string;
  readonly step: number;
  readonly words: string;
}

/** The step under the pointer: steps are columns of the same width, after the names. */
function stepAt(event: PointerEvent & { readonly currentTarget: HTMLElement }): number | null {
  for (const cell of event.currentTarget.querySelectorAll<HTMLElement>("[data-column]")) {
    const { left, right } = cell.getBoundingClientRect();
    if (event.clientX >= left && event.clientX < right) return Number(cell.dataset["column"]);
  }
  return null;
}

function Lane(props: { readonly viewer: Viewer; readonly slot: number }): JSX.Element {
  const { viewer, slot } = props;
  const { system } = viewer.scope.value;
  const { live, gauges } = system.vocabulary;
  // The first two gauges have a mark of their own, such as memory and tasks.
  const [first, second] = gauges;
  const loopStart = viewer.loopStart.value ?? Infinity;
  const weighs = (quantity: number, place: number): boolean =>
    system.quantities[quantity]?.weights[place] === 1;
  return (
    <div class="strip-row">
      <span class="strip-name">
        {system.slots.noun} {slot}
      </span>
      {viewer.run.value.moments.map(({ state, taken }, step) => {
        const place = state.places[slot] ?? 0;
        const isUp = weighs(first?.quantity ?? -1, place);
        const hasTask = weighs(second?.quantity ?? -1, place);
        const isLive = weighs(live, place);
        const kinds = [
          isLive ? "live" : "free",
          ...(isUp ? ["memory"] : []),
          ...(hasTask ? ["task"] : []),
          ...(taken?.slot === slot ? ["acts"] : []),
          ...(step > loopStart ? ["looping"] : []),
        ];
        const marks = [isUp ? (first?.mark ?? "") : "", hasTask ? (second?.mark ?? "") : ""];
        const text = marks.join("");
        return (
          <span key={step} class={`strip-cell ${kinds.join(" ")}`}>
            {text === "" && isLive ? "·" : text}
          </span>
        );
      })}
    </div>
  );
}

/** The run as a strip: a column a step, a row a chunk. It is what one moves through the run with; marks stand above their steps. */
export function Strip(props: {
  readonly viewer: Viewer;
  readonly marks: readonly StripMark[];
}): JSX.Element {
  const { viewer, marks } = props;
  const { moments } = viewer.run.value;
  const step = viewer.step.value;
  const last = moments.length - 1;
  const follow = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const at = stepAt(event);
    if (at !== null) viewer.goTo(at);
  };
  const columns = `var(--strip-names) repeat(${moments.length}, minmax(0, 1fr))`;
  return (
    <div class="strip">
      <div class="strip-marks" style={{ gridTemplateColumns: columns }}>
        {marks.map(({ kind, step: at, words }) => (
          <button
            key={kind}
            type="button"
            class={`mark ${kind} ${at > last / 2 ? "late" : "early"}`}
            style={
              at > last / 2 ? { gridColumn: `1 / ${at + 3}` } : { gridColumn: `${at + 2} / -1` }
            }
            onClick={() => {
              viewer.goTo(at);
            }}
          >
            {at <= last / 2 && <span class="points">▼ </span>}
            {words}
            {at > last / 2 && <span class="points"> ▼</span>}
            <span class="at"> at {at}</span>
          </button>
        ))}
      </div>
      <div
        class="strip-steps"
        role="slider"
        tabIndex={0}
        aria-label="Step"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={step}
        aria-valuetext={`step ${step} of ${last}`}
        style={{ "--strip-columns": columns }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
        }}
      >
        <div class="strip-row numbers">
          <span class="strip-name">step</span>
          {moments.map((_, at) => (
            <span key={at} data-column={at} class={at === step ? "strip-cell now" : "strip-cell"}>
              {at}
            </span>
          ))}
        </div>
        {Array.from({ length: slotsOf(viewer.scope.value) }, (_, slot) => (
          <Lane key={slot} viewer={viewer} slot={slot} />
        ))}
        <span class="strip-now" style={{ "--strip-step": step, "--strip-count": moments.length }} />
      </div>
    </div>
  );
}
