import { render } from "preact";
import { isPageData } from "../page-data.ts";
import { followAddress } from "./address-bar.ts";
import { App } from "./app.tsx";
import { Comparison } from "./comparison.ts";
import { embeddedData } from "./embedded-data.ts";
import { Facts } from "./facts.ts";
import { Behind, FactsPanel } from "./facts-panel.tsx";
import { followStep } from "./follow-step.ts";
import { listenToKeys } from "./keys.ts";
import { LiveFeed } from "./live-feed.ts";
import { LiveControls, LivePanel } from "./live-panel.tsx";
import { Player } from "./player.ts";
import { stepsOf } from "./viewer-steps.ts";
import { Viewer } from "./viewer.ts";

const data = await embeddedData(isPageData);
const viewer = new Viewer(data);
const comparison = new Comparison(viewer);
const player = new Player({
  at: () => viewer.step.value,
  end: () => viewer.violation.value ?? viewer.last.value,
  goOn: () => {
    viewer.goOn();
  },
  goTo: (step) => {
    viewer.goTo(step);
  },
});
const common = { viewer, comparison, player };
const play = (): void => {
  player.toggle();
};
const root = document.getElementById("root") ?? document.body;
followStep(viewer);
switch (data.mode) {
  case "file":
    listenToKeys({ ...stepsOf(viewer), play });
    followAddress(viewer);
    render(<App {...common} />, root);
    break;
  case "explore": {
    listenToKeys({ ...stepsOf(viewer), play });
    followAddress(viewer);
    const facts = new Facts(viewer);
    render(
      <App
        {...common}
        extra={<FactsPanel facts={facts} />}
        behind={(key) => <Behind facts={facts} action={key} />}
      />,
      root,
    );
    break;
  }
  case "live": {
    const feed = new LiveFeed(viewer);
    feed.connect();
    listenToKeys({
      ...stepsOf(viewer),
      play: () => {
        feed.ask({ type: feed.playing.value ? "unstuck.pause" : "unstuck.play" });
      },
    });
    render(
      <App
        {...common}
        extra={<LiveControls feed={feed} viewer={viewer} />}
        below={<LivePanel feed={feed} />}
      />,
      root,
    );
    break;
  }
}
