import { resolve } from "node:path";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import type { EngineUnderTest } from "../engine/faults/engine-under-test.ts";
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
  const mutated = resolve("src/engine", file);
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: resolve("src/engine"), loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "mutant",
        setup: (build) => {
          build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            if (path !== mutated) return undefined;
            const source = await readFile(path, "utf8");
            return { contents: source.replace(from, () => to), loader: "ts" };
          });
        },
      },
    ],
  });
  const code = outputFiles[0]?.text ?? "";
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  const loaded: unknown = await import(/* @vite-ignore */ url);
  if (!isEngine(loaded)) throw new Error(`the engine was not found: ${file}`);
  return loaded;
}
