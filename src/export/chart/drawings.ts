import { readFile } from "node:fs/promises";

/**
 * The committed drawing of a machine; null if there is none. Statecharts are laid out at development time
 * (`npm run charts`), so that nothing here needs a layout engine.
 */
export async function committedDrawing(machine: string): Promise<string | null> {
  for (const up of ["../../../", "../../../../"]) {
    try {
      return await readFile(new URL(`${up}docs/charts/${machine}.svg`, import.meta.url), "utf8");
    } catch {
      // Built code lies one folder deeper than its source.
    }
  }
  return null;
}
