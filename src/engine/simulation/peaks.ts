import type { Engine } from "../core/engine.ts";

/** Follows the counters of an engine at the end of every step, for what comes and goes between samples. */
export class Peaks {
  /** Most chunks in memory so far. */
  mostUp = 0;
  /** Most tasks so far. */
  mostTasks = 0;
  #up = 0;
  #overLimit = 0;

  /** To be called at the end of every step. */
  look(engine: Engine): void {
    const { totalChunksUp } = engine.store;
    this.#up = Math.max(this.#up, totalChunksUp);
    this.mostUp = Math.max(this.mostUp, totalChunksUp);
    this.mostTasks = Math.max(this.mostTasks, engine.taskMap.count);
    if (engine.overLimitQuota > 0) {
      this.#overLimit = Math.max(this.#overLimit, overLimitUp(engine));
    }
  }

  /** The most since this was last asked, the present included. */
  since(engine: Engine): { up: number; overLimit: number } {
    this.look(engine);
    const peaks = { up: this.#up, overLimit: this.#overLimit };
    this.#up = 0;
    this.#overLimit = 0;
    return peaks;
  }
}

function overLimitUp({ outputs }: Engine): number {
  return outputs.reduce((sum, { quota }) => sum + quota.overLimitUp, 0);
}
