import { viewState } from "../compile/state-view.ts";
import type { PropertyResult, ScopeResult } from "../explore/check-scope.ts";
import type { Path } from "../explore/path.ts";
import { columns } from "./columns.ts";
import { slotWords } from "./place-words.ts";
import type { Style } from "./style.ts";

function actionWords(action: string, slot: number | null, output: number | null): string {
  const about = [
    ...(slot === null ? [] : [`chunk ${slot}`]),
    ...(output === null ? [] : [`output ${output}`]),
  ];
  return about.length === 0 ? action : `${action} (${about.join(", ")})`;
}

/** The place that a slot is in while it holds no chunk. */
const freeSlot = 0;

/** The slots that ever hold a chunk on a path: the others need no column. */
function usedSlots({ steps }: Path): readonly number[] {
  const used = new Set<number>();
  for (const { after } of steps) {
    after.places.forEach((place, slot) => {
      if (place !== freeSlot) used.add(slot);
    });
  }
  return [...used].sort((a, b) => a - b);
}

/** The rows of a path: what happened, the state after it, and the C function; the first row is the heading. */
export function pathRows(
  property: PropertyResult,
  result: ScopeResult,
): readonly (readonly string[])[] {
  const { path, pointOfNoReturn } = property;
  if (path === null) return [];
  const { scope } = result;
  const { taskMapSize, maxChunksUp, overLimitQuota } = scope.parameters;
  const counters = Object.keys(viewState(scope, path.initial).counters);
  const counted = overLimitQuota > 0 ? counters : [];
  const slots = usedSlots(path);
  const heading = [
    "",
    "action",
    ...slots.map((slot) => `chunk ${slot}`),
    "outputs",
    "up",
    "tasks",
    ...counted,
    "what happened",
    "C function",
  ];
  const rows = path.steps.map(({ taken: { move, slot }, after }, index) => {
    const view = viewState(scope, after);
    const outputs = view.shared["output"];
    return [
      `${index + 1}${index === pointOfNoReturn ? " !" : ""}`,
      actionWords(move.action, slot, move.output),
      ...slots.map((slot) => slotWords(view.slots[slot] ?? {})),
      Array.isArray(outputs) ? outputs.join("/") : "",
      `${view.up}/${maxChunksUp}`,
      `${view.tasks}/${taskMapSize}`,
      ...counted.map((name) => (view.counters[name] ?? []).join("/")),
      move.tells,
      move.cFunction,
    ];
  });
  return [heading, ...rows];
}

/** Where it was decided that the path ends badly; empty where the question does not arise. */
export function pathConclusion(property: PropertyResult): string {
  const { pointOfNoReturn, path } = property;
  if (pointOfNoReturn === null || path === null) return "";
  const action = path.steps[pointOfNoReturn]?.taken.move.action ?? "";
  const lost =
    property.property === "isolation"
      ? "while the offline output stays away, the online one is cut off for good"
      : "recovery is impossible, short of a restart";
  return `point of no return: after step ${pointOfNoReturn + 1} (${action}) ${lost}`;
}

/** A path told step by step, for a terminal: the state after each step, and below it what happened. */
export function pathText(property: PropertyResult, result: ScopeResult, style: Style): string {
  const rows = pathRows(property, result);
  const [heading = "", ...states] = columns(rows.map((row) => row.slice(0, -2))).split("\n");
  const conclusion = pathConclusion(property);
  return [
    style.dim(heading),
    ...states.flatMap((line, index) => {
      const [tells = "", cFunction = ""] = rows[index + 1]?.slice(-2) ?? [];
      return [
        index === property.pointOfNoReturn ? style.yellow(line) : line,
        style.dim(`      ${tells}  [${cFunction}]`),
      ];
    }),
    ...(conclusion === "" ? [] : [style.yellow(`! ${conclusion}`)]),
  ].join("\n");
}
