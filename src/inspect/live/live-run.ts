import type { EnabledAction } from "../../compile/stepper.ts";
import { actionKey, enabledAction } from "../action-key.ts";
import type { Driver, Remark } from "./driver.ts";
import type { LiveSystem } from "./live-system.ts";
import type { PageRequest, PlacedRemark, RunNews } from "./page-message.ts";

/** A live system with someone who drives it: a driver at some pace, and pages that choose by hand. */
export class LiveRun {
  readonly #system: LiveSystem;
  readonly #driver: Driver;
  readonly #pace: number;
  readonly #tell: (news: RunNews) => void;
  readonly #keys: string[] = [];
  readonly #byHand: number[] = [];
  readonly #remarks: PlacedRemark[] = [];
  #timer: NodeJS.Timeout | null = null;

  /**
   * @param pace milliseconds between two actions of the driver
   * @param tell gets every action that is taken, what the driver remarks, and when it stops
   */
  constructor(system: LiveSystem, driver: Driver, pace: number, tell: (news: RunNews) => void) {
    this.#system = system;
    this.#driver = driver;
    this.#pace = pace;
    this.#tell = tell;
  }

  /** The run so far, for a page that comes late. */
  get soFar(): RunNews {
    return {
      type: "unstuck.run",
      keys: this.#keys,
      byHand: this.#byHand,
      remarks: this.#remarks,
      playing: this.#timer !== null,
    };
  }

  /** Lets the driver go on by itself. */
  play(): void {
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => {
      this.step();
    }, this.#pace);
    this.#tell({ type: "unstuck.playing", playing: true, why: "" });
  }

  /** Stops the driver. */
  pause(why = ""): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#tell({ type: "unstuck.playing", playing: false, why });
  }

  /** Takes the driver's next action. Returns whether there was one. */
  step(): boolean {
    try {
      const action = this.#driver(this.#system.stepper, (remark) => {
        this.#remark(remark);
      });
      if (action === null) {
        this.pause("the run is over; choose by hand");
        return false;
      }
      this.#take(action, false);
      return true;
    } catch (error) {
      this.pause(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** Does what a page asks for; an action that is not enabled any more is ignored. What fails stops the driver. */
  obey(request: PageRequest): void {
    try {
      this.#obey(request);
    } catch (error) {
      this.pause(error instanceof Error ? error.message : String(error));
    }
  }

  #obey(request: PageRequest): void {
    switch (request.type) {
      case "unstuck.play":
        this.play();
        break;
      case "unstuck.pause":
        this.pause();
        break;
      case "unstuck.step":
        this.step();
        break;
      case "unstuck.take": {
        const action = enabledAction(this.#system.stepper, request.key);
        if (action !== undefined) this.#take(action, true);
        break;
      }
    }
  }

  /** Ends the run and its actors. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#system.stop();
  }

  #remark(remark: Remark): void {
    const placed = { ...remark, after: this.#keys.length };
    this.#remarks.push(placed);
    this.#tell({ type: "unstuck.remark", remark: placed });
  }

  #take(action: EnabledAction, byHand: boolean): void {
    const key = actionKey(action);
    this.#system.take(action);
    this.#keys.push(key);
    if (byHand) this.#byHand.push(this.#keys.length);
    this.#tell({ type: "unstuck.took", key, byHand });
  }
}
