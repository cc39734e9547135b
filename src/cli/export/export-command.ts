import { loadReleases } from "../../compile/load-releases.ts";
import { scopeOf, type Scope } from "../../compile/scope.ts";
import { checkScope } from "../../explore/check-scope.ts";
import type { PathStep } from "../../explore/path.ts";
import { itfOf, type SpecTrace } from "../../export/spec/itf.ts";
import { promelaOf } from "../../export/spec/promela.ts";
import { tlaConfiguration } from "../../export/spec/tla-configuration.ts";
import { tlaOf } from "../../export/spec/tla.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { collect } from "../options/option-values.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import { systemOption } from "../options/system-option.ts";
import { modelOption } from "../options/model-option.ts";

interface Options {
  readonly release: string;
  readonly set: readonly string[];
  readonly promela?: true;
  readonly tla?: true;
  readonly tlaConfig?: true;
  readonly itf?: string;
}

const module = "unstuck";

/** The run into a violation of a property, and round the loop after it where there is one. */
function traceOf(scope: Scope, property: string): SpecTrace {
  const { properties } = checkScope(scope);
  const found = properties.find((one) => one.property === property);
  if (found === undefined) {
    const known = properties.map((one) => one.property).join(", ");
    throw new BadInput(`there is no property "${property}"; known properties are ${known}`);
  }
  if (found.path === null) throw new BadInput(`${property} is not violated here: there is no run`);
  const { initial, steps } = found.path;
  const lasso = found.lasso();
  const before = [...steps, ...(lasso?.approach ?? [])];
  const told = ({ taken: { move, slot }, after }: PathStep): SpecTrace["states"][number] => ({
    state: after,
    action: [move.action, ...(slot === null ? [] : [`${scope.system.slots.noun} ${slot}`])].join(
      " ",
    ),
  });
  return {
    states: [
      { state: initial, action: "" },
      ...[...before, ...(lasso?.loop ?? [])].map((step) => told(step)),
    ],
    loop: lasso === null ? null : before.length,
  };
}

function exported(scope: Scope, { promela, tla, tlaConfig, itf }: Options): string {
  if (promela) return promelaOf(scope);
  if (tla) return tlaOf(scope, module);
  if (tlaConfig) return tlaConfiguration(scope);
  return `${JSON.stringify(itfOf(scope, traceOf(scope, itf ?? "")), null, 2)}\n`;
}

/** `unstuck export`. */
export const exportCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .option(...systemOption)
    .option(...modelOption)
    .option("--release <name>", "the release", "v3.0.4")
    .option("--set <name=value>", "set a parameter of the scope (repeatable)", collect, [])
    .option("--promela", "a Promela model, for SPIN")
    .option("--tla", `a TLA+ module called ${module}, for TLC`)
    .option("--tla-config", "the configuration by which TLC checks its invariants")
    .option("--itf <property>", "the run into a violation, in the Informal Trace Format")
    .action(async (options: Options) => {
      const { promela, tla, tlaConfig, itf } = options;
      if ([promela, tla, tlaConfig, itf].filter((one) => one !== undefined).length !== 1) {
        throw new BadInput("give one of --promela, --tla, --tla-config and --itf");
      }
      const release = findRelease(await loadReleases(), options.release);
      const scope = scopeOf(release, parametersOf(release, options.set));
      terminal.out(exported(scope, options));
      finish(exitCode.holds);
    });
};
