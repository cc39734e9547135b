import { engineCreate } from "../../../src/engine/core/create-engine.ts";
import type { Release } from "../../../src/engine/core/engine.ts";
import type { StartedEngine } from "../../../src/engine/core/create-engine.ts";
import { EngineLoop, type LoopOptions } from "../../../src/engine/loop/engine-loop.ts";
import { releases } from "../../../src/engine/releases/catalogue.ts";

/** What the fault scenarios need of an engine: the engine itself, or a mutant of it. */
export interface EngineUnderTest {
  readonly engineCreate: typeof engineCreate;
  readonly EngineLoop: new (
    started: StartedEngine,
    options: LoopOptions,
  ) => Pick<EngineLoop, "kill" | "stop">;
  readonly releases: readonly Release[];
}

/** The engine itself. */
export const theEngine: EngineUnderTest = { engineCreate, EngineLoop, releases };
