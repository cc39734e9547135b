import { writeFileSync } from "node:fs";
import type { PageData, PageScope } from "../../inspect/page-data.ts";
import { pageFiles } from "../../inspect/page-files.ts";
import { singlePage } from "../../inspect/single-page.ts";
import { BadInput } from "../bad-input.ts";
import { version } from "../version.ts";

/**
 * Writes a counterexample viewer: one HTML file that needs nothing else.
 *
 * @throws BadInput if the file cannot be written
 */
export function writeViewer(file: string, scopes: readonly PageScope[], title: string): void {
  const data: PageData = { mode: "file", version: version(), served: "", scopes, story: null };
  const page = singlePage(data, pageFiles("page"), title);
  try {
    writeFileSync(file, page);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot write ${file}: ${why}`);
  }
}
