import { effect } from "@preact/signals";
import { addressOf, readAddress } from "../page-address.ts";
import type { Viewer } from "./viewer.ts";

/** Keeps the address and the page together: each state of the page can be linked to. */
export function followAddress(viewer: Viewer): void {
  const { scopes } = viewer.data;
  const opening = viewer.place;
  const show = (): void => {
    const address = addressOf(viewer.place, scopes);
    if (address !== location.hash) history.replaceState(null, "", address);
  };
  const visit = (): void => {
    const { place, trouble } = readAddress(location.hash, scopes, opening);
    viewer.visit(place, trouble);
    // Also where the page shows what it showed before: an address that means nothing does not stay.
    show();
  };
  visit();
  window.addEventListener("hashchange", visit);
  effect(show);
}
