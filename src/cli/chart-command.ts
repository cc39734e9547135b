import { writeFile } from "node:fs/promises";
import type { Release } from "../../models/description.ts";
import { loadReleases } from "../compile/load-releases.ts";
import { compositionMermaid } from "../export/chart/composition-mermaid.ts";
import { compositionSvg } from "../export/chart/composition-svg.ts";
import { compositionOf } from "../export/chart/composition.ts";
import { committedDrawing } from "../export/chart/drawings.ts";
import { machineCatalogue, type CataloguedMachine } from "../export/chart/machine-catalogue.ts";
import { pngOf } from "../export/chart/png.ts";
import { statechartMermaid } from "../export/chart/statechart-mermaid.ts";
import { statechartOf } from "../export/chart/statechart.ts";
import { BadInput } from "./bad-input.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { exitCode } from "./exit-code.ts";
import { findRelease } from "./scope-arguments.ts";
import { modelOption } from "./model-option.ts";
import { systemOption } from "./system-option.ts";

interface Options {
  readonly release?: string;
  readonly svg?: true;
  readonly mermaid?: true;
  readonly png?: true;
  readonly out?: string;
}

const wholeSystem = "system";

/** The machine of that name; in a release also by the role that it has there. */
function findMachine(
  name: string,
  releases: readonly Release[],
  release: string | undefined,
): CataloguedMachine {
  const among = release === undefined ? releases : [findRelease(releases, release)];
  const catalogue = machineCatalogue(among);
  const found =
    catalogue.find((machine) => machine.name === name) ??
    catalogue.find(({ placements }) =>
      placements.some(({ role }) => release !== undefined && role === name),
    );
  if (found !== undefined) return found;
  const known = [wholeSystem, ...catalogue.map((machine) => machine.name)].join(", ");
  const where = release === undefined ? "" : ` in ${release}`;
  throw new BadInput(`there is no machine "${name}"${where}; there are ${known}`);
}

async function statechart(machine: CataloguedMachine, mermaid: boolean): Promise<string> {
  if (mermaid) return statechartMermaid(statechartOf(machine.machine));
  const drawing = await committedDrawing(machine.name);
  if (drawing === null) {
    throw new BadInput(
      `${machine.name} has not been laid out yet: run "npm run charts" in the sources, or ask for --mermaid`,
    );
  }
  return drawing;
}

function systemChart(release: Release, mermaid: boolean): string {
  const composition = compositionOf(release);
  return mermaid ? compositionMermaid(composition) : compositionSvg(composition);
}

async function save(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new BadInput(`${file} cannot be written${reason}`);
  }
}

/** `unstuck chart`. */
export const chartCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .argument("[machine]", "a machine, such as chunk or delivery", wholeSystem)
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "of this release (for the system: its usual one)")
    .option("--svg", "as an SVG file, for light and dark pages (the default)")
    .option("--mermaid", "as Mermaid text")
    .option("--png", "as a PNG file, with a program that is installed here")
    .option("--out <file>", "write to this file")
    .action(async (machine: string, options: Options) => {
      const { release, mermaid = false, png = false, svg = false, out } = options;
      if ([svg, mermaid, png].filter((asked) => asked).length > 1) {
        throw new BadInput("--svg, --mermaid and --png exclude each other");
      }
      if (png && out === undefined) throw new BadInput("--png needs --out FILE");
      const releases = await loadReleases();
      const chart =
        machine === wholeSystem
          ? systemChart(
              findRelease(releases, release ?? releases[0]?.system.usualRelease ?? ""),
              mermaid,
            )
          : await statechart(findMachine(machine, releases, release), mermaid);
      if (out === undefined) terminal.out(chart);
      else await save(out, png ? await pngOf(chart) : chart);
      finish(exitCode.holds);
    });
};
