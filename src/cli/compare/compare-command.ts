import { InvalidArgumentError } from "commander";
import { loadReleases } from "../../compile/load-releases.ts";
import { comparisonHtml } from "../../report/comparison/comparison-html.ts";
import { comparisonJson } from "../../report/comparison/comparison-json.ts";
import { comparisonMarkdown, comparisonText } from "../../report/comparison/comparison-text.ts";
import { style } from "../../report/style.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { compareReleases, comparisonParts, type ComparisonPart } from "./compare.ts";
import { exitCode } from "../exit-code.ts";
import { atLeastOne, wholeNumber } from "../options/option-values.ts";
import { ProgressLine } from "../progress-line.ts";
import { findRelease } from "../../compile/find-release.ts";
import { ResultFile } from "../simulate/simulate-files.ts";
import { modelOption } from "../options/model-option.ts";

interface Options {
  readonly only: readonly ComparisonPart[];
  readonly seed: number;
  readonly timeLimit: number;
  readonly json?: true;
  readonly markdown?: true;
  readonly html?: string;
}

/** `unstuck compare`. */
export const compareCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...modelOption)
    .argument("[release...]", "releases to compare (default: all)")
    .option(
      "--only <part>",
      `only ${comparisonParts.join(", ")} (repeatable; default: all)`,
      collectPart,
      [],
    )
    .option("--seed <number>", "of all that is left to chance in the simulator", wholeNumber, 1)
    .option(
      "--time-limit <seconds>",
      "for each system that is proved; what is not decided is ?",
      atLeastOne,
      60,
    )
    .option("--json", "print JSON")
    .option("--markdown", "print Markdown, for an issue tracker")
    .option("--html <file>", "also write a page with plots that needs nothing but itself")
    .action(async (names: readonly string[], options: Options) => {
      if (options.json && options.markdown) {
        throw new BadInput("--json and --markdown exclude each other");
      }
      const known = await loadReleases();
      const chosen = new Set(names.map((name) => findRelease(known, name)));
      const page = options.html === undefined ? undefined : new ResultFile(options.html);
      const progress = new ProgressLine(terminal);
      const comparison = await compareReleases(chosen.size === 0 ? known : [...chosen], {
        parts: new Set(options.only.length === 0 ? comparisonParts : options.only),
        seed: options.seed,
        timeLimit: options.timeLimit,
        onProgress: (words) => {
          progress.update(() => words.slice(0, 100));
        },
      }).finally(() => {
        progress.end();
      });
      page?.write(comparisonHtml(comparison));
      page?.close();
      if (options.json) terminal.out(`${JSON.stringify(comparisonJson(comparison))}\n`);
      else if (options.markdown) terminal.out(`${comparisonMarkdown(comparison, style(false))}\n`);
      else terminal.out(`${comparisonText(comparison, terminal.style)}\n`);
      finish(exitCode.holds);
    });
};

function collectPart(text: string, parts: readonly ComparisonPart[]): readonly ComparisonPart[] {
  const part = comparisonParts.find((known) => known === text);
  if (part !== undefined) return [...parts, part];
  throw new InvalidArgumentError(`it must be one of ${comparisonParts.join(", ")}.`);
}
