import type { Release } from "../core/engine.ts";
import { correctedFix } from "./corrected-fix.ts";
import { evictIdle } from "./evict-idle.ts";
import { hardenedFix } from "./hardened-fix.ts";
import { park } from "./park.ts";
import { parkBreaker } from "./park-breaker.ts";
import { publishedFix } from "./published-fix.ts";
import { reserveSlot } from "./reserve-slot.ts";
import { v301 } from "./v3-0-1.ts";
import { v304 } from "./v3-0-4.ts";
import { v51 } from "./v5-1.ts";

/** Every release, in the order of the specification's table. A new one is listed here and nowhere else. */
export const releases: readonly Release[] = [
  v301,
  v304,
  v51,
  publishedFix,
  correctedFix,
  hardenedFix,
  evictIdle,
  reserveSlot,
  park,
  parkBreaker,
];

/** The release of that name, or undefined. */
export function findRelease(name: string): Release | undefined {
  return releases.find((release) => release.name === name);
}
