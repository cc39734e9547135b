import type { Release } from "../core/engine.ts";
import { scenarioOf } from "./default-story.ts";
import type { Scenario } from "./scenario.ts";

/**
 * The process is killed while one of two outputs is down, and comes back together with that output; every chunk goes to
 * both. The kill comes between two flushes, when no answer is under way: what arrives twice (`duplicated`) was delivered
 * before, and the engine has forgotten it.
 */
export function crashBesideDead(release: Release, seed: number): Scenario {
  return scenarioOf(
    release,
    [
      { name: "healthy", seconds: 60, down: [], feeding: true },
      { name: "one output is down", seconds: 60.3, down: [0], feeding: true },
      { name: "killed", seconds: 600, down: [], feeding: false, restart: true },
    ],
    seed,
    { tags: 70, matches: ["*", "*"] },
  );
}
