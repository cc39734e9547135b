import type { TimerHandle } from "../../../src/engine/platform/clock.ts";
import { VirtualClock } from "../../../src/engine/platform/virtual-clock.ts";

/** A virtual clock with somebody who looks after every turn of the event loop. */
export class CheckedClock extends VirtualClock {
  turns = 0;
  afterTurn: () => void = () => undefined;

  override schedule(delay: number, callback: () => void): TimerHandle {
    return super.schedule(delay, () => {
      callback();
      this.turns += 1;
      this.afterTurn();
    });
  }
}
