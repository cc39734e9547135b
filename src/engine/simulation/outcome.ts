import type { OwnWait } from "../core/engine.ts";
import type { Stuck } from "./quiet.ts";

/** Something of the backlog is left, and does not move. Seconds are virtual. */
interface Unmoved {
  /** Deliveries of the backlog that are still to come. */
  readonly left: number;
  /** How long none of them has come. */
  readonly quietFor: number;
  /** The longest that the engine can have planned to wait. */
  readonly longestWait: OwnWait;
}

/**
 * What is known at the end of a story. The backlog is what was owed at the last return of an output or at the last
 * restart; losses are counted elsewhere.
 */
export type Outcome =
  /** No output was ever down, nothing was restarted, and nothing is held up. */
  | { readonly kind: "undisturbed" }
  /** The backlog is delivered. */
  | { readonly kind: "recovered" }
  /** Some of the backlog is left, and some of it moved in the second half of the time since. */
  | { readonly kind: "draining"; readonly left: number }
  /** Nothing of what is left moved of late, but no longer than the engine can have planned to wait. */
  | ({ readonly kind: "waiting" } & Unmoved)
  /** Newer records are delivered; what is left of the backlog has not moved for longer than any planned wait. */
  | ({ readonly kind: "overtaken" } & Unmoved)
  /** An output is still down. */
  | { readonly kind: "outage" }
  /** Nothing moves at all, for longer than any planned wait. */
  | ({ readonly kind: "stuck" } & Stuck);

/** Whether the backlog is delivered, or is being delivered. */
export function isRecovered({ kind }: Outcome): boolean {
  return kind === "undisturbed" || kind === "recovered" || kind === "draining";
}
