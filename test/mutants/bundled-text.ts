import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";

/** A change of one file of the sources: what stands there once is replaced. */
interface Change {
  /** File, from the root on. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Sources as one module, with one change or none.
 *
 * @param entry the text of a module that imports them
 * @param folder where it would stand, from the root on
 */
export async function bundledText(
  entry: string,
  folder: string,
  change: Change | null = null,
): Promise<string> {
  const mutated = change === null ? null : resolve(change.file);
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: resolve(folder), loader: "ts" },
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
            if (change === null || path !== mutated) return undefined;
            const source = await readFile(path, "utf8");
            return { contents: source.replace(change.from, () => change.to), loader: "ts" };
          });
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}

/** Such a module, loaded. */
export async function loadedText(code: string): Promise<unknown> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  const loaded: unknown = await import(/* @vite-ignore */ url);
  return loaded;
}
