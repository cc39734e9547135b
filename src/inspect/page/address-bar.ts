import { effect } from "@preact/signals";
import { addressOf, placeOf } from "../page-address.ts";
import type { Viewer } from "./viewer.ts";

/** Keeps the address and the page together: each state of the page can be linked to. */
export function followAddress(viewer: Viewer): void {
  const visit = (): void => {
    const place = placeOf(location.hash, viewer.place);
    if (place !== null) viewer.visit(place);
  };
  visit();
  window.addEventListener("hashchange", visit);
  effect(() => {
    const address = addressOf(viewer.place);
    if (address !== location.hash) history.replaceState(null, "", address);
  });
}
