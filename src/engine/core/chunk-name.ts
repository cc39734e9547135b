import type { Engine } from "./engine.ts";

/**
 * A name that no other chunk has, e.g. `16326-1795400374.578585691.flb`: process, seconds, nanoseconds.
 * Stands for `flb_input_chunk.c::generate_chunk_name` (v3.0.4); the clock here counts milliseconds, so
 * chunks of the same millisecond are told apart by a count.
 */
export function generateChunkName(engine: Engine): string {
  const time = engine.clock.now();
  const { lastName } = engine;
  if (time > lastName.time) {
    lastName.time = time;
    lastName.count = 0;
  }
  lastName.count += 1;
  const seconds = Math.floor(lastName.time / 1000);
  const nanoseconds = Math.floor(lastName.time % 1000) * 1_000_000 + 1000 + lastName.count;
  return `${engine.pid}-${seconds}.${nanoseconds}.flb`;
}

/**
 * Orders chunk names by the time in them. Stands for `flb_storage.c::sort_chunk_cmp` (v3.0.4).
 */
export function compareChunkNames(a: string, b: string): number {
  const [secondsA, nanosecondsA] = timeInName(a);
  const [secondsB, nanosecondsB] = timeInName(b);
  return secondsA - secondsB || nanosecondsA - nanosecondsB;
}

function timeInName(name: string): [number, number] {
  const match = /-(\d+)\.\s*(\d+)\.flb$/.exec(name);
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
}
