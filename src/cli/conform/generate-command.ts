import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadReleases } from "../../compile/load-releases.ts";
import { stepsOf } from "../../conform/suite.ts";
import { vectorFile, vectorFormat } from "../../conform/vectors.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { atLeastOne, collect, wholeNumber } from "../options/option-values.ts";
import { ProgressLine } from "../progress-line.ts";
import { findRelease } from "../../compile/find-release.ts";
import { scopesFor, suitesFor, type SuiteOptions } from "../options/suite-options.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";
import { modelOption } from "../options/model-option.ts";
import { systemOption } from "../options/system-option.ts";

interface Options extends SuiteOptions {
  readonly out: string;
  readonly release?: string;
}

async function generate(options: Options, terminal: Terminal): Promise<number> {
  const known = await loadReleases();
  const releases = options.release === undefined ? known : [findRelease(known, options.release)];
  const scopes = scopesFor(releases, options.set);
  const generator = `unstuck ${version()}`;
  const progress = new ProgressLine(terminal);
  const files: object[] = [];
  let steps = 0;
  try {
    for (const made of suitesFor(scopes, options)) {
      const folder = join(made.scope.release, made.scope.name);
      mkdirSync(join(options.out, folder), { recursive: true });
      for (const suite of made.suites) {
        progress.update(() => `writing ${folder}: ${suite.name}`);
        const file = join(folder, `${suite.name}.json`);
        writeFileSync(join(options.out, file), vectorFile(made, suite, generator));
        const { name, covers, tests } = suite;
        files.push({ file, suite: name, covers, tests: tests.length, steps: stepsOf(suite) });
        steps += stepsOf(suite);
      }
    }
    const index = { format: vectorFormat, generator, files };
    writeFileSync(join(options.out, "index.json"), `${JSON.stringify(index, null, 2)}\n`);
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      throw new BadInput(`cannot write into ${options.out}: ${error.message}`);
    }
    throw error;
  } finally {
    progress.end();
  }
  terminal.out(`${files.length} suites with ${steps} steps written to ${options.out}\n`);
  return exitCode.holds;
}

/** `unstuck generate`. */
export const generateCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .requiredOption("--out <folder>", "where to write")
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "for this release only")
    .option("--set <name=value>", "at this scope only; sets a parameter", collect, [])
    .option("--random <number>", "random walks for each scope", wholeNumber, 2)
    .option("--length <number>", "steps of a random walk", atLeastOne, 200)
    .option("--seed <number>", "seed of the first random walk", wholeNumber, 1)
    .action(async (options: Options) => {
      finish(await generate(options, terminal));
    });
};
