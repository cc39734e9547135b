import type { Engine, OwnWait } from "../core/engine.ts";
import { type HeldUp, heldUp, isDeadlocked } from "./held-up.ts";
import { longestPlannedWait, type Unplanned } from "./planned-wait.ts";

/** An engine that owes something and does not move. Times are virtual seconds since the start. */
export interface Stuck {
  /** When it got stuck: when the deadlock began, if it is one, else when the last thing moved. */
  readonly since: number;
  /** How long nothing has moved. */
  readonly quietFor: number;
  /** The longest that the engine can have planned to wait; less than {@link quietFor}. */
  readonly longestWait: OwnWait;
  readonly heldUp: HeldUp;
}

/** What one look at an engine takes besides the engine. */
interface Surroundings {
  /** Virtual seconds since the start. */
  readonly now: number;
  readonly everyOutputAnswers: boolean;
  readonly somethingIsOwed: boolean;
}

/**
 * Tells an engine that is stuck from one that waits, whatever holds it up. It is stuck if it owes something and, for
 * longer than any wait that it can have planned, either every output would have answered and nothing was delivered, or
 * nobody was asked at all, so that it makes no difference who would have answered.
 */
export class Quiet {
  /** Since when nothing was delivered, though something was owed and every output answered. */
  #undelivered = 0;
  /** Since when no flush was started, though something was owed. */
  #unasked = 0;
  #deadlockedSince: number | undefined;

  /** A flush was started. */
  asked(now: number): void {
    this.#unasked = now;
    this.#deadlockedSince = undefined;
  }

  /** An output took a chunk. */
  delivered(now: number): void {
    this.#undelivered = now;
  }

  /** A process was started. */
  restarted(now: number): void {
    this.asked(now);
    this.delivered(now);
  }

  /** To be called once a virtual second, and as a phase begins. */
  look(engine: Engine, { now, everyOutputAnswers, somethingIsOwed }: Surroundings): void {
    if (!somethingIsOwed) this.asked(now);
    if (!somethingIsOwed || !everyOutputAnswers) this.delivered(now);
    // A deadlock ends by a flush or not at all.
    if (this.#deadlockedSince === undefined && isDeadlocked(engine)) this.#deadlockedSince = now;
  }

  /** Is the engine stuck now? To be asked after {@link look}. */
  verdict(engine: Engine, now: number, unplanned: Unplanned): Stuck | undefined {
    const begun = Math.min(this.#undelivered, this.#unasked);
    const quietFor = now - begun;
    const longestWait = longestPlannedWait(engine, unplanned);
    if (quietFor <= longestWait.seconds) return undefined;
    return {
      since: this.#deadlockedSince ?? begun,
      quietFor,
      longestWait,
      heldUp: heldUp(engine),
    };
  }
}
