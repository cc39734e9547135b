import { effect } from "@preact/signals";
import type { Viewer } from "./viewer.ts";

/** Keeps the step that is shown in sight in the list of steps, without moving the page itself. */
export function followStep(viewer: Viewer): void {
  effect(() => {
    const { value: step } = viewer.step;
    // A run that was left, or is another, has its steps elsewhere.
    if (step >= viewer.run.value.moments.length) return;
    requestAnimationFrame(() => {
      const list = document.querySelector("nav.steps");
      const current = list?.querySelector("[aria-current=step]");
      if (list === null || current === null || current === undefined) return;
      const view = list.getBoundingClientRect();
      const { top, bottom } = current.getBoundingClientRect();
      if (top < view.top) list.scrollTop -= view.top - top;
      else if (bottom > view.bottom) list.scrollTop += bottom - view.bottom;
    });
  });
}
