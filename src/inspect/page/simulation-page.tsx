import { signal } from "@preact/signals";
import { render } from "preact";
import { isSimulationPageData } from "../simulation-data.ts";
import { embeddedData } from "./embedded-data.ts";
import { listenToKeys } from "./keys.ts";
import { SimulationApp } from "./simulation-app.tsx";
import type { Course } from "./track.tsx";

const data = await embeddedData(isSimulationPageData);
const last = data.times.length - 1;
const stuckAt = data.runs.find((run) => run.stuckAt !== null)?.stuckAt ?? last;

/** The column of an address such as `#120`; the page opens where a release gets stuck, or at the end. */
function columnOf(hash: string): number {
  const column = /^#(\d+)$/.exec(hash)?.[1];
  return column === undefined ? stuckAt : Math.min(last, Number(column));
}

const at = signal(columnOf(location.hash));
const goTo = (column: number): void => {
  at.value = Math.max(0, Math.min(last, column));
  history.replaceState(null, "", `#${at.value}`);
};
const steps = {
  goTo,
  goOn: () => {
    goTo(at.value + 1);
  },
  goBack: () => {
    goTo(at.value - 1);
  },
  goToEnd: () => {
    goTo(last);
  },
};
listenToKeys(steps);
window.addEventListener("hashchange", () => {
  at.value = columnOf(location.hash);
});

function Page() {
  const course: Course = { ...steps, at: at.value, last, words: data.times[at.value] ?? "" };
  return <SimulationApp data={data} course={course} />;
}
render(<Page />, document.getElementById("root") ?? document.body);
