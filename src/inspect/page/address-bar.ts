import { effect } from "@preact/signals";
import { addressOf, readAddress, type PagePlace } from "../page-address.ts";
import type { Viewer } from "./viewer.ts";

/** Whether a place is where a choice led: another scope, property or way, not merely another step. */
function isChoice(before: PagePlace, now: PagePlace): boolean {
  return (
    before.scope !== now.scope ||
    before.property !== now.property ||
    JSON.stringify(before.left) !== JSON.stringify(now.left)
  );
}

/**
 * Keeps the address and the page together: each state of the page can be linked to. A choice is a place of its own in
 * the browser's history, so that Back undoes it; a step is not.
 */
export function followAddress(viewer: Viewer): void {
  const { scopes } = viewer.data;
  const opening = viewer.place;
  let shown = opening;
  let isVisiting = false;
  const show = (): void => {
    const address = addressOf(viewer.place, scopes);
    const before = shown;
    shown = viewer.place;
    if (address === location.hash) return;
    if (!isVisiting && isChoice(before, shown)) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };
  const visit = (): void => {
    const { place, trouble } = readAddress(location.hash, scopes, opening);
    isVisiting = true;
    viewer.visit(place, trouble);
    // Also where the page shows what it showed before: an address that means nothing does not stay.
    show();
    isVisiting = false;
  };
  visit();
  window.addEventListener("hashchange", visit);
  effect(show);
}
