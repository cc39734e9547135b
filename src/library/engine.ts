/** The reference engine: for real, step by step, and on a virtual clock. */
export { engineCreate } from "../engine/core/create-engine.ts";
export type { EngineOptions, StartedEngine } from "../engine/core/create-engine.ts";
export { EngineCore } from "../engine/lockstep/engine-core.ts";
export { findRelease } from "../engine/releases/catalogue.ts";
export { simulate } from "../engine/simulation/simulate.ts";
