import type { EngineUnderTest } from "../engine/faults/engine-under-test.ts";
import { bundledText, loadedText } from "./bundled-text.ts";
import type { Mutant } from "./mutant.ts";

const entry = `
export { engineCreate } from "./core/create-engine.ts";
export { EngineLoop } from "./loop/engine-loop.ts";
export { releases } from "./releases/catalogue.ts";
`;

function isEngine(value: unknown): value is EngineUnderTest {
  return typeof value === "object" && value !== null && "engineCreate" in value;
}

/** The engine with one change, as a module of its own. */
export async function bundledEngine({ file, from, to }: Mutant): Promise<EngineUnderTest> {
  const change = { file: `src/engine/${file}`, from, to };
  const loaded = await loadedText(await bundledText(entry, "src/engine", change));
  if (!isEngine(loaded)) throw new Error(`the engine was not found: ${file}`);
  return loaded;
}
