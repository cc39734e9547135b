import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../../errors/user-error.ts";

/** Runs a program; whether it was there and succeeded. */
export type RunProgram = (program: string, words: readonly string[]) => Promise<boolean>;

const runProgram: RunProgram = (program, words) =>
  new Promise((resolve) => {
    execFile(program, words, { timeout: 60_000 }, (error) => {
      resolve(error === null);
    });
  });

const scale = 2;

/** What may draw an SVG file on this machine, the quickest first. */
function painters(svg: string, png: string, width: number, height: number) {
  const browser = [
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    // Browsers refuse their sandbox to root; the only page is a drawing of our own.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    `--force-device-scale-factor=${scale}`,
    `--window-size=${width},${height}`,
    `--screenshot=${png}`,
    pathToFileURL(svg).href,
  ];
  return [
    {
      program: "rsvg-convert",
      words: ["--format", "png", "--zoom", `${scale}`, "--output", png, svg],
    },
    {
      program: "inkscape",
      words: ["--export-type=png", `--export-dpi=${96 * scale}`, `--export-filename=${png}`, svg],
    },
    ...["chromium", "chromium-browser", "google-chrome"].map((program) => ({
      program,
      words: browser,
    })),
  ];
}

/**
 * Draws an SVG document as PNG, at two pixels for one, with a program that is installed on this machine.
 *
 * @throws Error if there is none.
 */
export async function pngOf(svg: string, run: RunProgram = runProgram): Promise<Uint8Array> {
  const [, width = "900", height = "900"] =
    /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const folder = await mkdtemp(join(tmpdir(), "unstuck-chart-"));
  try {
    const [from, to] = [join(folder, "chart.svg"), join(folder, "chart.png")];
    await writeFile(from, svg);
    for (const { program, words } of painters(from, to, Number(width), Number(height))) {
      if (await run(program, words)) return await readFile(to);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new UserError(
    "a PNG needs rsvg-convert (in Debian: librsvg2-bin), Inkscape or Chromium, and none is installed; --svg needs nothing",
  );
}
