import { render } from "preact";
import { followAddress } from "./address-bar.ts";
import { App } from "./app.tsx";
import { Comparison } from "./comparison.ts";
import { embeddedData } from "./embedded-data.ts";
import { listenToKeys } from "./keys.ts";
import { Viewer } from "./viewer.ts";

const viewer = new Viewer(await embeddedData());
const comparison = new Comparison(viewer);
listenToKeys(viewer);
followAddress(viewer);
const root = document.getElementById("root");
if (root !== null) render(<App viewer={viewer} comparison={comparison} />, root);
