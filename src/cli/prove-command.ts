import type { Release } from "../../models/description.ts";
import type { ParameterName } from "../../models/parameters.ts";
import { loadReleases } from "../compile/load-releases.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import { readFluentBitConfiguration } from "../config/read-configuration.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../config/version.ts";
import { proveSystem, type SystemProof } from "../prove/prove.ts";
import { startZ3 } from "../prove/solver.ts";
import { proofJson } from "../report/proof-json.ts";
import { proofTable, proofText } from "../report/proof-report.ts";
import { BadInput } from "./bad-input.ts";
import type { CommandRegistrar } from "./command-registrar.ts";
import { exitCode } from "./exit-code.ts";
import { atLeastOne, collect } from "./option-values.ts";
import { ProgressLine } from "./progress-line.ts";
import { findRelease, parametersOf } from "./scope-arguments.ts";
import { scopeOfShape, shapeOfConfiguration } from "./scope-of-configuration.ts";
import { searchForProver } from "./search-for-prover.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly release?: string;
  readonly outputs: number;
  readonly routing: string;
  readonly set: readonly string[];
  readonly config?: string;
  readonly fluentBit?: string;
  readonly timeLimit: number;
  readonly json?: true;
}

const open: readonly ParameterName[] = ["chunks", "taskMapSize", "maxChunksUp"];

/** The smallest sizes: a proof looks at the shape of a scope only. */
function scopesOf(releases: readonly Release[], options: Options): readonly Scope[] {
  const { config, release, set, outputs, routing } = options;
  if (config !== undefined) {
    const text = options.fluentBit;
    const version = text === undefined ? NEWEST_KNOWN_VERSION : parseFluentBitVersion(text);
    if (version === undefined) {
      throw new BadInput(`--fluent-bit needs a version such as 3.0.4, not "${text ?? ""}"`);
    }
    const configuration = readFluentBitConfiguration(config, { version, environment: process.env });
    if (configuration.filesystem.outputs.length === 0 || !configuration.engine.limitsChunksUp) {
      throw new BadInput(`${config}: nothing that is stored on disk reaches an output`);
    }
    const found = findRelease(releases, release ?? configuration.engine.release);
    return [
      scopeOfShape(found, shapeOfConfiguration(configuration), {
        taskMapSize: configuration.engine.taskMapSize,
        maxChunksUp: configuration.service.maxChunksUp.value,
      }),
    ];
  }
  const closed = set.find((one) => open.some((name) => one.startsWith(`${name}=`)));
  if (closed !== undefined) {
    throw new BadInput(`a proof is for every size: leave out --set ${closed}`);
  }
  const chosen = release === undefined ? releases : [findRelease(releases, release)];
  return chosen.map((one) =>
    scopeOf(one, parametersOf(one, [`outputs=${outputs}`, `routing=${routing}`, ...set])),
  );
}

function exitCodeOf(proofs: readonly SystemProof[]): number {
  const verdicts = proofs.flatMap(({ properties }) => properties.map(({ verdict }) => verdict));
  if (verdicts.includes("refuted")) return exitCode.violated;
  return verdicts.includes("unknown") ? exitCode.notComplete : exitCode.holds;
}

async function proveAll(
  scopes: readonly Scope[],
  timeLimit: number,
  terminal: Terminal,
): Promise<readonly SystemProof[]> {
  const progress = new ProgressLine(terminal);
  const solver = await startZ3();
  try {
    const proofs: SystemProof[] = [];
    for (const scope of scopes) {
      proofs.push(
        await proveSystem(scope, {
          solver,
          search: searchForProver,
          now: () => performance.now(),
          timeLimit: timeLimit * 1000,
          onQuestion: (claim) => {
            progress.update(() => `${scope.release}: ${claim}`.slice(0, 100));
          },
        }),
      );
    }
    return proofs;
  } finally {
    progress.end();
    await solver.close();
  }
}

/** What a proof says of the very limits of a configuration. */
function limitsLine(proofs: readonly SystemProof[]): string {
  const [proof] = proofs;
  const stalled = proof?.properties.find(({ property }) => property === "stalled");
  if (proof === undefined || stalled === undefined) return "";
  const { taskMapSize, maxChunksUp } = proof.parameters;
  const limits = `T = ${taskMapSize} tasks and X = ${maxChunksUp} chunks up`;
  if (stalled.verdict === "proved") return `With ${limits}, as at any size, it never gets stuck.`;
  if (stalled.condition === null) return `With ${limits}: not decided.`;
  return `With ${limits} it can get stuck if and only if ${stalled.condition.text}, that is with ${taskMapSize + maxChunksUp} live chunks or more.`;
}

/** `unstuck prove`. */
export const proveCommand: CommandRegistrar = (program, terminal, finish) => {
  program
    .command("prove")
    .description("decide every property for all sizes at once, by counting and SMT")
    .option("--release <name>", "prove this release only")
    .option("--outputs <number>", "how many outputs", atLeastOne, 1)
    .option("--routing <all|any>", "whether every chunk goes to every output", "all")
    .option("--set <name=value>", "set a flag of the system (repeatable)", collect, [])
    .option("--config <file>", "the outputs, routes and limits of this Fluent Bit configuration")
    .option("--fluent-bit <version>", "the version that reads it (default: the newest known)")
    .option(
      "--time-limit <seconds>",
      "for each system; what is not decided is unknown",
      atLeastOne,
      60,
    )
    .option("--json", "print JSON")
    .action(async (options: Options) => {
      const scopes = scopesOf(await loadReleases(), options);
      const proofs = await proveAll(scopes, options.timeLimit, terminal);
      const [first] = proofs;
      if (options.json) {
        terminal.out(`${JSON.stringify({ runs: proofs.map(proofJson) })}\n`);
      } else if (first !== undefined && proofs.length === 1) {
        terminal.out(`${proofText(first, terminal.style)}\n`);
        if (options.config !== undefined) terminal.out(`\n${limitsLine(proofs)}\n`);
      } else {
        terminal.out(`${proofTable(proofs, terminal.style)}\n`);
      }
      finish(exitCodeOf(proofs));
    });
};
