import type { Release } from "../../../models/description.ts";
import type { ConformScope } from "../../conform/conform-scopes.ts";
import type { ConformResult, SuiteResult } from "../../conform/conform.ts";
import { stepsWords } from "../../conform/shrink.ts";
import type { SuiteStep } from "../../conform/suite.ts";
import { parameterText } from "../parameter-text.ts";

/** What a report of `conform` tells of. */
export interface ConformRun {
  /** The name that the port gives itself. */
  readonly port: string;
  readonly command: readonly string[];
  readonly seed: number;
  readonly releases: readonly Release[];
  /** The model files that were named. */
  readonly models: readonly string[];
  readonly result: ConformResult;
  readonly elapsedMs: number;
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The options that choose a scope. */
function scopeOptions({ releases, models }: ConformRun, { release, scope }: ConformScope): string {
  const defaults = releases.find(({ name }) => name === release)?.defaults ?? {};
  const sets = scope.system.declared.flatMap(({ name, default: usual }) => {
    const value = scope.parameters[name];
    return value === undefined || value === (defaults[name] ?? usual)
      ? []
      : [` --set ${name}=${parameterText(value)}`];
  });
  // With a model file the first release is Fluent Bit's all the same.
  const system = releases[0]?.system.name ?? "fluent-bit";
  const named = system === "fluent-bit" ? "" : `--system ${system} `;
  const files = models.map((file) => `--model ${shellWord(file)} `).join("");
  return `${named}${files}--release ${release}${sets.join("")}`;
}

/** The command that takes these steps again, and nothing else. */
export function replayCommand(
  run: ConformRun,
  scope: ConformScope,
  steps: readonly SuiteStep[],
): string {
  const command = run.command.map(shellWord).join(" ");
  return `unstuck conform ${scopeOptions(run, scope)} --replay ${shellWord(stepsWords(steps))} -- ${command}`;
}

/** Where a suite was run, and what it is called. */
export function suiteTitle({ scope, suite }: SuiteResult): string {
  return `${scope.release}, ${scope.title}: ${suite.name}`;
}
