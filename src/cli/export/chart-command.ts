import { writeFile } from "node:fs/promises";
import { Option } from "commander";
import type { Release } from "../../../models/description.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { compositionMermaid } from "../../export/chart/composition-mermaid.ts";
import { compositionSvg } from "../../export/chart/composition-svg.ts";
import { compositionOf } from "../../export/chart/composition.ts";
import { committedDrawing } from "../../export/chart/drawings.ts";
import { machineCatalogue, type CataloguedMachine } from "../../export/chart/machine-catalogue.ts";
import { pngOf } from "../../export/chart/png.ts";
import { scxml } from "../../export/chart/scxml.ts";
import { statechartMermaid } from "../../export/chart/statechart-mermaid.ts";
import { statechartOf } from "../../export/chart/statechart.ts";
import { xstateJson } from "../../export/chart/xstate-json.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { findRelease } from "../../compile/find-release.ts";
import { collect } from "../options/option-values.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

const formats = ["svg", "mermaid", "png", "xstate", "scxml"] as const;
type Format = (typeof formats)[number];

interface Options {
  readonly release?: string;
  readonly set: readonly string[];
  readonly messages?: string;
  readonly waits?: string;
  readonly format?: Format;
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

/** The format that was asked for, in whichever way; SVG where none was. */
function formatOf({ format, svg, mermaid, png }: Options): Format {
  const asked: readonly Format[] = [
    ...(format === undefined ? [] : [format]),
    ...(svg === true ? (["svg"] as const) : []),
    ...(mermaid === true ? (["mermaid"] as const) : []),
    ...(png === true ? (["png"] as const) : []),
  ];
  const [first = "svg"] = asked;
  if (asked.length > 1)
    throw new BadInput("--svg, --mermaid, --png and --format exclude each other");
  return first;
}

async function statechart({ name, machine }: CataloguedMachine, format: Format): Promise<string> {
  const chart = statechartOf(machine);
  const named = { name, charts: [{ role: name, chart }] };
  if (format === "mermaid") return statechartMermaid(chart);
  if (format === "xstate") return xstateJson(named);
  if (format === "scxml") return scxml(named);
  const drawing = await committedDrawing(name);
  if (drawing === null) {
    throw new BadInput(
      `${name} has not been laid out yet: run "npm run charts" in the sources, or ask for --mermaid`,
    );
  }
  return drawing;
}

/** The whole system: its actions as a table, or its machines side by side. */
function systemChart(release: Release, format: Format): string {
  const composition = compositionOf(release);
  const charts = machineCatalogue([release]).flatMap(({ machine, placements }) =>
    placements.map(({ role }) => ({ role, chart: statechartOf(machine) })),
  );
  const named = { name: release.name, charts };
  switch (format) {
    case "mermaid":
      return compositionMermaid(composition);
    case "xstate":
      return xstateJson(named);
    case "scxml":
      return scxml(named);
    case "svg":
    case "png":
      return compositionSvg(composition);
  }
}

async function chartOf(machine: string, options: Options, format: Format): Promise<string> {
  const { release, set, messages, waits } = options;
  const releases = await loadReleases();
  const usual = (): Release =>
    findRelease(releases, release ?? releases[0]?.system.usualRelease ?? "");
  const property = messages ?? waits;
  if (property === undefined) {
    if (set.length > 0) throw new BadInput("--set goes with --messages or --waits");
    return machine === wholeSystem
      ? systemChart(usual(), format)
      : statechart(findMachine(machine, releases, release), format);
  }
  if (messages !== undefined && waits !== undefined) {
    throw new BadInput("--messages and --waits exclude each other");
  }
  if (machine !== wholeSystem) throw new BadInput(`--messages and --waits are not of one machine`);
  if (format === "xstate" || format === "scxml") {
    throw new BadInput(`a run is no machine: there is no ${format} of it`);
  }
  const { runChart } = await import("./run-chart.ts");
  const shows = messages === undefined ? "waits" : "messages";
  return runChart(usual(), { shows, property, set }, format === "mermaid");
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
    .option("--messages <property>", "the way into this violation, as messages over time")
    .option("--waits <property>", "who waits for whom at the end of that way")
    .option(
      "--set <name=value>",
      "set a parameter of the scope of that way (repeatable)",
      collect,
      [],
    )
    .addOption(
      new Option("--format <format>", "svg is for light and dark pages, and the default").choices(
        formats,
      ),
    )
    .option("--svg", "the same as --format svg")
    .option("--mermaid", "the same as --format mermaid")
    .option("--png", "the same as --format png, with a program that is installed here")
    .option("--out <file>", "write to this file")
    .action(async (machine: string, options: Options) => {
      const { out } = options;
      const format = formatOf(options);
      if (format === "png" && out === undefined) throw new BadInput("--png needs --out FILE");
      const chart = await chartOf(machine, options, format);
      if (out === undefined) terminal.out(chart);
      else await save(out, format === "png" ? await pngOf(chart) : chart);
      finish(exitCode.holds);
    });
};
