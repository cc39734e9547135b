import type { Release } from "../../engine/core/engine.ts";
import { findRelease, releases } from "../../engine/releases/catalogue.ts";
import { NoEngineRelease } from "./no-engine-release.ts";

/**
 * The release of the reference engine of that name.
 *
 * @throws NoEngineRelease if it has none.
 */
export function engineRelease(name: string): Release {
  const found = findRelease(name);
  if (found === undefined) {
    throw new NoEngineRelease(
      name,
      releases.map((release) => release.name),
    );
  }
  return found;
}
