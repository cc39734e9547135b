import { readFileSync } from "node:fs";

/** The code and the style sheet of a page, as the build made them. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/**
 * Reads a page that the build made.
 *
 * @param name `page` for the viewer, `simulation-page` for simulations
 * @throws Error if it was not made; `npm run build` makes it.
 */
export function pageFiles(name: "page" | "simulation-page"): PageFiles {
  return { script: builtFile(`${name}.js`), style: builtFile(`${name}.css`) };
}

/** The code of the page that passes a stream on to stately.ai. */
export function statelyScript(): string {
  return builtFile("stately.js");
}

function builtFile(name: string): string {
  const folder = import.meta.url.endsWith(".ts") ? "../../dist/src/inspect/page/" : "./page/";
  try {
    return readFileSync(new URL(folder + name, import.meta.url), "utf8");
  } catch {
    throw new Error("the viewer's page was not built: run npm run build");
  }
}
