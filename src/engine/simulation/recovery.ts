import type { OwnWait } from "../core/engine.ts";
import type { Ledger } from "./ledger.ts";
import type { Outcome } from "./outcome.ts";
import type { Stuck } from "./quiet.ts";
import type { Phase } from "./scenario.ts";

/**
 * What became of the deliveries that were owed at the last return of an output, or at the last restart. Times are virtual
 * seconds since then; null if it has not come to that, or if an output is still down.
 */
export interface BacklogAccount {
  /** When the last of them had arrived. */
  readonly goneAfter: number | null;
  /** When 99 of 100 had arrived. */
  readonly mostlyGoneAfter: number | null;
  /** Those that are still to come. */
  readonly left: number;
}

/** What is known at the end, beside how the backlog went. */
interface End {
  /** Virtual seconds since the start. */
  readonly now: number;
  readonly stuck: Stuck | undefined;
  /** Deliveries that are still to come, of everything and of the backlog. */
  readonly waiting: number;
  readonly backlogWaiting: number;
  readonly longestWait: OwnWait;
}

/**
 * Follows what becomes of the backlog: every delivery that is owed at the moment from which the environment stays as it
 * is. That is the last return of an output or the last restart; without either there is no backlog.
 */
export class Recovery {
  readonly #ledger: Ledger;
  readonly #calm: Calm;
  #watches = false;
  #owedThen = 0;
  #leftBefore = 0;
  #movedAt: number | undefined;
  #gone: number | undefined;
  #mostlyGone: number | undefined;

  constructor(phases: readonly Phase[], ledger: Ledger) {
    this.#ledger = ledger;
    this.#calm = lastCalm(phases);
  }

  /** To be called whenever time has passed, and as each phase begins; `now` in virtual seconds. */
  look(now: number): void {
    const { from } = this.#calm;
    if (now < from) return;
    if (!this.#watches) {
      this.#watches = true;
      this.#ledger.watch();
      this.#owedThen = this.#ledger.watchedLeft;
      this.#leftBefore = this.#owedThen;
    }
    const { watchedLeft } = this.#ledger;
    if (watchedLeft < this.#leftBefore) this.#movedAt = now;
    this.#leftBefore = watchedLeft;
    if (watchedLeft <= this.#owedThen / 100) this.#mostlyGone ??= now - from;
    if (watchedLeft === 0) this.#gone ??= now - from;
  }

  /** How the backlog of records went, as far as {@link look} was called; `left` are those that can still come. */
  backlog(left: number): BacklogAccount {
    const isOver = !this.#calm.outputIsDown;
    return {
      goneAfter: isOver ? (this.#gone ?? null) : null,
      mostlyGoneAfter: isOver ? (this.#mostlyGone ?? null) : null,
      left,
    };
  }

  /** What the story came to. */
  outcome({ now, stuck, waiting, backlogWaiting, longestWait }: End): Outcome {
    const { from, to, disturbed, outputIsDown } = this.#calm;
    if (stuck !== undefined && waiting > 0) return { kind: "stuck", ...stuck };
    if (outputIsDown && waiting > 0) return { kind: "outage" };
    if (!disturbed) return { kind: "undisturbed" };
    if (outputIsDown || backlogWaiting === 0) return { kind: "recovered" };
    const left = backlogWaiting;
    const movedAt = this.#movedAt ?? from;
    const quietFor = now - movedAt;
    if (quietFor > longestWait.seconds) return { kind: "overtaken", left, quietFor, longestWait };
    return movedAt > (from + to) / 2
      ? { kind: "draining", left }
      : { kind: "waiting", left, quietFor, longestWait };
  }
}

/** The end of a story, in which the environment stays as it is. */
interface Calm {
  /** Virtual seconds. */
  readonly from: number;
  readonly to: number;
  /** Whether an output was down before or is now, or the process was started again. */
  readonly disturbed: boolean;
  readonly outputIsDown: boolean;
}

/** The last stretch without a restart in which the same outputs are down. */
function lastCalm(phases: readonly Phase[]): Calm {
  let time = 0;
  let from = 0;
  for (const [index, phase] of phases.entries()) {
    if (phase.restart === true || outputsDown(phase) !== outputsDown(phases[index - 1])) {
      from = time;
    }
    time += phase.seconds;
  }
  return {
    from,
    to: time,
    disturbed: phases.some(({ down, restart }) => down.length > 0 || restart === true),
    outputIsDown: (phases.at(-1)?.down.length ?? 0) > 0,
  };
}

function outputsDown(phase: Phase | undefined): string {
  return [...(phase?.down ?? [])].sort((a, b) => a - b).join();
}
