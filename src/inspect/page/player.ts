import { effect, signal } from "@preact/signals";

/** What can be played: it has a place, and an end. */
interface Played {
  /** Where it is. */
  readonly at: () => number;
  /** Where playing stops. */
  readonly end: () => number;
  readonly goOn: () => void;
  readonly goTo: (step: number) => void;
}

const pace = 1800;

/** Goes through something by itself, slowly enough to read what is said of each step. Whoever steps by hand stops it. */
export class Player {
  readonly playing = signal(false);
  readonly #played: Played;
  #timer: ReturnType<typeof setInterval> | undefined;
  #expected = 0;

  constructor(played: Played) {
    this.#played = played;
    effect(() => {
      if (played.at() !== this.#expected && this.playing.peek()) this.pause();
    });
  }

  /** Plays from where it is, from the beginning if it is at the end; or stops. */
  toggle(): void {
    if (this.playing.value) {
      this.pause();
      return;
    }
    const { at, end, goTo } = this.#played;
    if (at() >= end()) goTo(0);
    this.#expected = at();
    this.playing.value = true;
    this.#step();
    this.#timer = setInterval(() => {
      this.#step();
    }, pace);
  }

  pause(): void {
    clearInterval(this.#timer);
    this.playing.value = false;
  }

  #step(): void {
    const { at, end, goOn } = this.#played;
    this.#expected = at() + 1;
    goOn();
    if (at() >= end()) this.pause();
  }
}
