/** A system as live XState actors, to be watched with an inspector. */
export { LiveSystem } from "../inspect/live/live-system.ts";
export { byHand, randomWalk, scripted } from "../inspect/live/driver.ts";
