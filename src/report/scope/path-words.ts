import { noReturnWords } from "../../inspect/tell/no-return-words.ts";
import { viewState } from "../../compile/state-view.ts";
import type { PropertyResult, ScopeResult } from "../../explore/check-scope.ts";
import type { PathStep } from "../../explore/path.ts";
import { columns } from "../columns.ts";
import { lassoConclusion, waitingWords } from "./lasso-words.ts";
import { markdownTable } from "../markdown.ts";
import { slotWords } from "./place-words.ts";
import type { Style } from "../style.ts";
import { type Scope, boundValue, limitValue } from "../../compile/scope.ts";

function actionWords(
  { system }: Scope,
  action: string,
  slot: number | null,
  output: number | null,
): string {
  const about = [
    ...(slot === null ? [] : [`${system.slots.noun} ${slot}`]),
    ...(output === null ? [] : [`output ${output}`]),
  ];
  return about.length === 0 ? action : `${action} (${about.join(", ")})`;
}

/** The place that a slot is in while it holds no chunk. */
const freeSlot = 0;

/** The shared machines that a path shows: the outputs, or all of them where there are none. */
function columnsOfShared({
  system: { shared, vocabulary, outputs },
}: Scope): readonly { readonly role: string; readonly title: string }[] {
  const online = vocabulary.online.flatMap(({ machine }) => shared[machine]?.role ?? []);
  const roles = new Set(outputs > 0 ? online : shared.map(({ role }) => role));
  return [...roles].map((role) => ({ role, title: outputs > 0 ? `${role}s` : role }));
}

/** The counters; none of them where one has no room at all. */
function shownCounters(scope: Scope): readonly string[] {
  const { counters, quantities } = scope.system;
  const all = counters.flatMap((index) => quantities[index] ?? []);
  const isOff = all.some(({ bound }) => bound !== null && boundValue(bound, scope) === 0);
  return isOff ? [] : [...new Set(all.map(({ name }) => name))];
}

/** The slots that ever hold a chunk on a path: the others need no column. */
function usedSlots(steps: readonly PathStep[]): readonly number[] {
  const used = new Set<number>();
  for (const { after } of steps) {
    after.places.forEach((place, slot) => {
      if (place !== freeSlot) used.add(slot);
    });
  }
  return [...used].sort((a, b) => a - b);
}

/** The steps of a path, of what leads from there to the loop, and of the loop; where each begins. */
function toldSteps(property: PropertyResult): {
  readonly steps: readonly PathStep[];
  readonly approachAt: number;
  readonly loopAt: number;
} {
  const { path } = property;
  const lasso = property.lasso();
  const approachAt = path?.steps.length ?? 0;
  return {
    steps: [...(path?.steps ?? []), ...(lasso?.approach ?? []), ...(lasso?.loop ?? [])],
    approachAt,
    loopAt: approachAt + (lasso?.approach.length ?? 0),
  };
}

/**
 * The rows of a path and of the loop after it: what happened, the state after it, and the C function; the first row is
 * the heading. Steps of the loop are marked ↻, the point of no return !.
 */
export function pathRows(
  property: PropertyResult,
  result: ScopeResult,
): readonly (readonly string[])[] {
  const { path, pointOfNoReturn } = property;
  if (path === null) return [];
  const { scope } = result;
  const { vocabulary, slots: held } = scope.system;
  const counted = shownCounters(scope);
  const { steps, loopAt } = toldSteps(property);
  const slots = usedSlots(steps);
  const heading = [
    "",
    "action",
    ...slots.map((slot) => `${held.noun} ${slot}`),
    ...columnsOfShared(scope).map(({ title }) => title),
    ...vocabulary.gauges.map(({ name }) => name),
    ...counted,
    "what happened",
    "C function",
  ];
  const rows = steps.map(({ taken: { move, slot }, after }, index) => {
    const view = viewState(scope, after);
    return [
      `${index + 1}${index === pointOfNoReturn ? " !" : ""}${index >= loopAt ? " ↻" : ""}`,
      actionWords(scope, move.action, slot, move.output),
      ...slots.map((slot) => slotWords(view.slots[slot] ?? {})),
      ...columnsOfShared(scope).map(({ role }) => [view.shared[role] ?? ""].flat().join("/")),
      ...vocabulary.gauges.map(
        ({ name, limit }) => `${view.gauges[name] ?? 0}/${limitValue(scope, limit)}`,
      ),
      ...counted.map((name) => (view.counters[name] ?? []).join("/")),
      move.tells,
      move.cFunction,
    ];
  });
  return [heading, ...rows];
}

/** Where it was decided that the path ends badly, and who waits for ever; empty where the question does not arise. */
export function pathConclusion(property: PropertyResult, result: ScopeResult): readonly string[] {
  const { pointOfNoReturn, path } = property;
  const endless = lassoConclusion(property, result);
  if (pointOfNoReturn === null || path === null) return endless;
  const action = path.steps[pointOfNoReturn]?.taken.move.action ?? "";
  const lost = noReturnWords(property.property);
  return [`point of no return: after step ${pointOfNoReturn + 1} (${action}) ${lost}`, ...endless];
}

/**
 * Everything that is told of a path, but for counters that stay 0. Where it is equal for two releases, both go this way, step
 * by step, and wait for the same things.
 */
export function pathKey(property: PropertyResult, result: ScopeResult): string {
  const rows = pathRows(property, result);
  const told = rows[0]?.map((_, column) => rows.slice(1).some((row) => !isZero(row[column] ?? "")));
  const lasso = property.lasso();
  return JSON.stringify([
    rows.map((row) => row.filter((_, column) => told?.[column] === true)),
    lasso === null ? [] : waitingWords(lasso, result),
    pathConclusion(property, result),
  ]);
}

function isZero(cell: string): boolean {
  return /^0(?:\/0)*$/u.test(cell);
}

/** A path told step by step, for a terminal: the state after each step, and below it what happened. */
export function pathText(property: PropertyResult, result: ScopeResult, style: Style): string {
  const rows = pathRows(property, result);
  const lasso = property.lasso();
  const { approachAt, loopAt } = toldSteps(property);
  const why = lasso === null ? [] : waitingWords(lasso, result);
  const [heading = "", ...states] = columns(rows.map((row) => row.slice(0, -2))).split("\n");
  return [
    style.dim(heading),
    ...states.flatMap((line, index) => {
      const [tells = "", cFunction = ""] = rows[index + 1]?.slice(-2) ?? [];
      const waits = why[index - loopAt] ?? "";
      return [
        ...(index === approachAt && index < loopAt ? [style.bold("from there to the loop:")] : []),
        ...(index === loopAt ? [style.bold("then for ever:")] : []),
        index === property.pointOfNoReturn ? style.yellow(line) : line,
        style.dim(`      ${tells}${cFunction === "" ? "" : `  [${cFunction}]`}`),
        ...(waits === "" ? [] : [style.dim(`      ${waits}`)]),
      ];
    }),
    ...pathConclusion(property, result).map((sentence) => style.yellow(`! ${sentence}`)),
  ].join("\n");
}

/** A path in Markdown: its table, and below it what it comes to. */
export function pathMarkdown(property: PropertyResult, result: ScopeResult): readonly string[] {
  const loops = (property.lasso()?.loop.length ?? 0) > 0;
  const notes = [
    ...(loops ? ["What is marked ↻ is repeated for ever."] : []),
    ...pathConclusion(property, result),
  ];
  return [markdownTable(pathRows(property, result)), ...notes.flatMap((note) => ["", note])];
}
