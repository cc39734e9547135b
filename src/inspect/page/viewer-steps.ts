import type { Steps } from "./keys.ts";
import type { Viewer } from "./viewer.ts";

/** How a viewer is stepped through. */
export function stepsOf(viewer: Viewer): Steps {
  return {
    goTo: (step) => {
      viewer.goTo(step);
    },
    goOn: () => {
      viewer.goOn();
    },
    goBack: () => {
      viewer.goBack();
    },
    goToEnd: () => {
      viewer.goToEnd();
    },
  };
}
