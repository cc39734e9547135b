import { signal } from "@preact/signals";
import { render } from "preact";
import { readMoment } from "../moment-address.ts";
import { isSimulationPageData } from "../simulation-data.ts";
import { embeddedData } from "./embedded-data.ts";
import { listenToKeys } from "./keys.ts";
import { Player } from "./player.ts";
import { SimulationApp } from "./simulation-app.tsx";
import type { Course } from "./track.tsx";

const data = await embeddedData(isSimulationPageData);
const last = data.times.length - 1;
const stuckAt = data.runs.find((run) => run.stuckAt !== null)?.stuckAt ?? last;

const at = signal(stuckAt);
const trouble = signal("");
const goTo = (column: number): void => {
  at.value = Math.max(0, Math.min(last, column));
  trouble.value = "";
  history.replaceState(null, "", `#${data.times[at.value] ?? ""}`);
};
/** Goes where the address says; without one the page opens where a release gets stuck, or at the end. */
const visit = (): void => {
  const place = readMoment(location.hash, data, stuckAt);
  goTo(place.column);
  trouble.value = place.trouble;
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
const player = new Player({ at: () => at.value, end: () => last, goOn: steps.goOn, goTo });
listenToKeys({
  ...steps,
  play: () => {
    player.toggle();
  },
});
window.addEventListener("hashchange", visit);
visit();

function Page() {
  const course: Course = { ...steps, at: at.value, last, words: data.times[at.value] ?? "" };
  return <SimulationApp data={data} course={course} trouble={trouble.value} />;
}
render(<Page />, document.getElementById("root") ?? document.body);
