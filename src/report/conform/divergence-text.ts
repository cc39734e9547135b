import { callWords } from "../../conform/action-call.ts";
import type { ConformScope } from "../../conform/conform-scopes.ts";
import type { Divergence } from "../../conform/divergence.ts";
import { columns } from "../columns.ts";
import { replayCommand, type ConformRun } from "./conform-words.ts";
import { scopeWords } from "../scope/scope-words.ts";
import type { Style } from "../style.ts";

/** What the model does in the last step. */
function ruleWords({ rule, tells, cFunction }: Divergence): string {
  return rule === null ? "the model refuses it" : `rule ${rule}: ${tells} [${cFunction}]`;
}

/** How a port parted from the model: the way there, the rule, the states, and how to see it again. */
export function divergenceText(
  run: ConformRun,
  scope: ConformScope,
  divergence: Divergence,
  style: Style,
): string {
  const { steps, before, expected, actual, differences, sentence } = divergence;
  const table = columns(
    differences.map(({ where, expected: should, actual: is }) => [
      `    ${where === "" ? "the state" : where}`,
      `expected ${JSON.stringify(should)}`,
      `the port says ${JSON.stringify(is)}`,
    ]),
  );
  const way = steps.map(
    ({ call, refused }, index) =>
      `  ${index + 1}  ${callWords(call, scope.scope.system.slots.noun)}${refused ? "  (not enabled)" : ""}`,
  );
  return [
    style.bold(`${scope.release}  ${scopeWords(scope.scope)}`),
    `${style.red(sentence)}, after ${steps.length} ${steps.length === 1 ? "step" : "steps"}:`,
    ...way,
    ...(steps.length === 0 ? [] : [style.dim(`     ${ruleWords(divergence)}`)]),
    ...(table === "" ? [] : [table]),
    `  before    ${style.dim(JSON.stringify(before))}`,
    `  expected  ${style.dim(JSON.stringify(expected))}`,
    ...(actual === null ? [] : [`  reported  ${style.dim(JSON.stringify(actual))}`]),
    `  again     ${replayCommand(run, scope, steps)}`,
  ].join("\n");
}
