import type { Engine } from "../core/engine.ts";
import type { Ledger } from "./ledger.ts";
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

/**
 * Follows what becomes of the backlog: the chunks with a task, or after a restart all chunks, at the
 * moment from which the environment stays as it is. That is the last return of an output or the last
 * restart. Idle chunks are not part of it: under a busy input some starve in an engine that has
 * recovered.
 */
export class Recovery {
  readonly #ledger: Ledger;
  readonly #calm: Calm;
  #backlog: ReadonlySet<string> | undefined;
  #records = 0;
  #owedThen = 0;
  #gone: number | undefined;
  #mostlyGone: number | undefined;
  #halfway: { readonly chunks: number; readonly owed: number } | undefined;

  constructor(phases: readonly Phase[], ledger: Ledger) {
    this.#ledger = ledger;
    this.#calm = lastCalm(phases);
  }

  /** To be called whenever time has passed, and as each phase begins; `now` in virtual seconds. */
  look(now: number, engine: Engine): void {
    const { from, to, afterRestart } = this.#calm;
    if (this.#backlog === undefined && now >= from) {
      this.#backlog = new Set(afterRestart ? allChunks(engine) : chunksWithTask(engine));
      this.#records = this.#ledger.produced;
      this.#ledger.watch();
      this.#owedThen = this.#ledger.watchedLeft;
    }
    if (this.#backlog !== undefined) {
      const { watchedLeft } = this.#ledger;
      if (watchedLeft <= this.#owedThen / 100) this.#mostlyGone ??= now - from;
      if (watchedLeft === 0) this.#gone ??= now - from;
    }
    if (this.#halfway === undefined && now >= (from + to) / 2) this.#halfway = this.#left(engine);
  }

  /** How the backlog of records went, as far as {@link look} was called. */
  backlog(): BacklogAccount {
    const isOver = !this.#calm.outputIsDown;
    return {
      goneAfter: isOver ? (this.#gone ?? null) : null,
      mostlyGoneAfter: isOver ? (this.#mostlyGone ?? null) : null,
      left: this.#ledger.watchedLeft,
    };
  }

  /**
   * Has the engine recovered, or is it about to? True if no chunk is left at all. Otherwise it must not
   * be stuck, every output must be back, and of the backlog either nothing is left or some of it was
   * delivered in the second half of the time since.
   */
  verdict(engine: Engine, isStuck: boolean): boolean {
    if (engine.store.totalChunks === 0) return true;
    if (isStuck || this.#calm.outputIsDown) return false;
    const { chunks, owed } = this.#left(engine);
    if (chunks === 0) return true;
    return (
      this.#halfway !== undefined && chunks < this.#halfway.chunks && owed < this.#halfway.owed
    );
  }

  /** Chunks of the backlog that still exist, and deliveries owed of the records of that time. */
  #left(engine: Engine): { chunks: number; owed: number } {
    const chunks = allChunks(engine).filter((name) => this.#backlog?.has(name) === true).length;
    return { chunks, owed: this.#ledger.outstanding(this.#records) };
  }
}

/** The end of a story, in which the environment stays as it is. */
interface Calm {
  /** Virtual seconds. */
  readonly from: number;
  readonly to: number;
  readonly afterRestart: boolean;
  readonly outputIsDown: boolean;
}

/** The last stretch without a restart in which the same outputs are down. */
function lastCalm(phases: readonly Phase[]): Calm {
  let time = 0;
  let from = 0;
  let afterRestart = false;
  for (const [index, phase] of phases.entries()) {
    const restarts = phase.restart === true;
    if (restarts || outputsDown(phase) !== outputsDown(phases[index - 1])) {
      from = time;
      afterRestart = restarts;
    }
    time += phase.seconds;
  }
  const outputIsDown = (phases.at(-1)?.down.length ?? 0) > 0;
  return { from, to: time, afterRestart, outputIsDown };
}

function outputsDown(phase: Phase | undefined): string {
  return [...(phase?.down ?? [])].sort((a, b) => a - b).join();
}

function allChunks({ store }: Engine): string[] {
  return [...store.streams.values()].flatMap(({ chunks }) => [...chunks].map(({ name }) => name));
}

function chunksWithTask({ inputs }: Engine): string[] {
  return inputs.flatMap(({ tasks }) => [...tasks].map(({ chunk }) => chunk.chunk.name));
}
