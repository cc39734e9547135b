import { readFileSync } from "node:fs";

/** The page's own code and style sheet, as the build made them. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** The code of the page that passes a stream on to stately.ai. */
  readonly stately: string;
}

/**
 * Reads the page that the build made.
 *
 * @throws Error if it was not made; `npm run build` makes it.
 */
export function pageFiles(): PageFiles {
  const folder = import.meta.url.endsWith(".ts") ? "../../dist/src/inspect/page/" : "./page/";
  const read = (name: string): string =>
    readFileSync(new URL(folder + name, import.meta.url), "utf8");
  try {
    return { script: read("page.js"), style: read("page.css"), stately: read("stately.js") };
  } catch {
    throw new Error("the viewer's page was not built: run npm run build");
  }
}
