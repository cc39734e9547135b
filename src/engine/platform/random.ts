/** A source of random numbers: `next()` is uniform in [0, 1). */
export interface Random {
  next(): number;
}

/** The generator of a real run, where nobody wants two agents to retry in step. */
export const systemRandom: Random = { next: () => Math.random() };

/**
 * A generator whose whole sequence follows from `seed` (any integer; its low 32 bits count).
 * The algorithm is mulberry32: small, fast, and good enough for jitter and scenarios.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** An integer in [min, max], both included. Stands for `flb_scheduler.c::random_uniform` (v3.0.4). */
export function randomUniform(random: Random, min: number, max: number): number {
  return min + Math.floor(random.next() * (max - min + 1));
}
