import { columns } from "../columns.ts";
import type { ConformRun } from "./conform-words.ts";
import { divergenceText } from "./divergence-text.ts";
import type { Style } from "../style.ts";

/** The result of `conform` for a terminal: what was covered, the verdict, the first divergence. */
export function conformText(run: ConformRun, style: Style): string {
  const { suites, coverage, divergence } = run.result;
  const rows = coverage.map(({ scope, covered, total }) => {
    const own = suites.filter((one) => one.scope === scope);
    const failed = own.some((one) => one.divergence !== null);
    return [
      failed ? style.red("diverges") : style.green("conforms"),
      scope.release,
      scope.title,
      total === null ? style.dim("too many to count") : `${covered}/${total}`,
      String(own.reduce((sum, { steps }) => sum + steps, 0)),
      style.dim(own.map(({ suite }) => suite.name).join(", ")),
    ];
  });
  const steps = suites.reduce((sum, one) => sum + one.steps, 0);
  const tests = suites.reduce((sum, one) => sum + one.passed, 0);
  const table = columns(
    [
      ["", "release", "scope", "transitions", "steps", "suites"].map((one) => style.dim(one)),
      ...rows,
    ],
    [3, 4],
  );
  const whole = coverage.filter(({ covered, total }) => covered === total).length;
  const figures = `${coverage.length} scopes, ${tests} tests, ${steps} steps, each compared in full, in ${(run.elapsedMs / 1000).toFixed(1)} s`;
  return [
    `${style.bold(run.port)}  random walks from seed ${run.seed} on`,
    table,
    "",
    divergence === null
      ? `${style.green("The port conforms.")} ${figures}; every transition of ${whole} scopes.`
      : `${style.red("The port does not conform.")} ${figures}.\n\n${divergenceText(run, divergence.scope, divergence.found, style)}`,
  ].join("\n");
}
