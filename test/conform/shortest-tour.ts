import type { TransitionGraph } from "../../src/conform/transition-graph.ts";

/** The least number of steps in which a walk can take every transition, where a reset counts as one step. */
export function shortestTour({ outgoing, transitions }: TransitionGraph): number {
  return transitions + new Balance(outgoing.map((row) => row.map(({ to }) => to))).cost();
}

/**
 * The directed postman: a closed walk enters each state as often as it leaves it, so what comes in too often has to be led on
 * to where too little comes in, by the cheapest ways there are (successive shortest paths).
 */
class Balance {
  readonly #ways: readonly ReadonlySet<number>[];
  readonly #surplus: number[];
  readonly #flow = new Map<string, number>();

  constructor(targets: readonly (readonly number[])[]) {
    this.#surplus = targets.map(({ length }) => -length);
    for (const to of targets.flat()) this.#surplus[to] = (this.#surplus[to] ?? 0) + 1;
    // From every state there is a reset.
    this.#ways = targets.map((row) => new Set([...row, 0]));
  }

  cost(): number {
    let cost = 0;
    for (;;) {
      const reached = this.#reach();
      const lacking = this.#surplus
        .flatMap((surplus, state) => (surplus < 0 ? [state] : []))
        .sort((a, b) => (reached.get(a)?.far ?? Infinity) - (reached.get(b)?.far ?? Infinity));
      const [end] = lacking;
      if (end === undefined) return cost;
      cost += this.#lead(end, reached);
    }
  }

  /** How far each state is from the nearest one with a surplus, and from where it is reached. */
  #reach(): ReadonlyMap<number, { far: number; from: number }> {
    const reached = new Map<number, { far: number; from: number }>();
    const queue: number[] = [];
    this.#surplus.forEach((surplus, state) => {
      if (surplus <= 0) return;
      reached.set(state, { far: 0, from: -1 });
      queue.push(state);
    });
    const visit = (from: number, to: number, far: number): void => {
      if (far >= (reached.get(to)?.far ?? Infinity)) return;
      reached.set(to, { far, from });
      queue.push(to);
    };
    for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
      const far = reached.get(from)?.far ?? 0;
      for (const to of this.#ways[from] ?? []) visit(from, to, far + 1);
      // What was led along a way can be taken back.
      for (const [way, amount] of this.#flow) {
        const [to = -1, by = -1] = way.split(" ").map(Number);
        if (by === from && amount > 0) visit(from, to, far - 1);
      }
    }
    return reached;
  }

  #lead(end: number, reached: ReadonlyMap<number, { far: number; from: number }>): number {
    let start = end;
    for (let at = end; at >= 0; at = reached.get(at)?.from ?? -1) {
      const from = reached.get(at)?.from ?? -1;
      if (from < 0) start = at;
      else {
        const back = `${at} ${from}`;
        const there = `${from} ${at}`;
        const backed = this.#flow.get(back) ?? 0;
        if (backed > 0) this.#flow.set(back, backed - 1);
        else this.#flow.set(there, (this.#flow.get(there) ?? 0) + 1);
      }
    }
    this.#surplus[start] = (this.#surplus[start] ?? 0) - 1;
    this.#surplus[end] = (this.#surplus[end] ?? 0) + 1;
    return reached.get(end)?.far ?? 0;
  }
}
