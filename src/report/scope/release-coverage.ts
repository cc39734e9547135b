import type { LeastSizes } from "../../../models/description.ts";
import { runsByRelease, type LetteredRun } from "./release-table.ts";

const sizeWords = {
  chunks: "chunks",
  taskMapSize: "task map",
  maxChunksUp: "max chunks up",
} as const;

/** Which scopes of a release are larger than the caption says, since it cannot move in smaller ones. */
function movedUpWords(name: string, least: LeastSizes): readonly string[] {
  const { chunks = 1, taskMapSize = 1, maxChunksUp = 1 } = least;
  const more = {
    chunks: chunks + taskMapSize + maxChunksUp - 3,
    taskMapSize: taskMapSize - 1,
    maxChunksUp: maxChunksUp - 1,
  };
  const words = (["chunks", "taskMapSize", "maxChunksUp"] as const)
    .filter((size) => more[size] > 0)
    .map((size) => `${sizeWords[size]} ${more[size]} more`);
  return words.length === 0
    ? []
    : [`${name} is checked with ${words.join(", ")} in each scope: it cannot move with less`];
}

/** Actions that no scope enables, each with the releases of which that is so. */
function neverEnabledWords(byRelease: readonly (readonly LetteredRun[])[]): readonly string[] {
  const releasesOf = new Map<string, string[]>();
  for (const runs of byRelease) {
    const [first] = runs;
    if (first === undefined) continue;
    const never = first.result.enabled.never.filter((action) =>
      runs.every(
        ({ result }) =>
          !result.scope.system.actions.includes(action) || result.enabled.never.includes(action),
      ),
    );
    for (const action of never) {
      releasesOf.set(action, [...(releasesOf.get(action) ?? []), first.release.name]);
    }
  }
  const words = [...releasesOf].map(([action, names]) =>
    names.length === byRelease.length ? action : `${action} (${names.join(", ")})`,
  );
  return words.length === 0 ? [] : [`never enabled in these scopes: ${words.join(", ")}`];
}

/** What the table of all releases does not show: what was explored, and what never happened. */
export function releaseCoverage(runs: readonly LetteredRun[]): readonly string[] {
  const byRelease = runsByRelease(runs);
  return [
    ...byRelease.flatMap(([first]) =>
      first === undefined ? [] : movedUpWords(first.release.name, first.release.least),
    ),
    ...runs
      .filter(({ result }) => !result.enabled.delivers)
      .map(
        ({ release, scope }) =>
          `! ${release.name}: nothing is ever delivered in scope ${scope.letter}, so what holds there says nothing`,
      ),
    ...neverEnabledWords(byRelease),
  ];
}
