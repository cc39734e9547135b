import type { Release } from "../../../models/description.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { Remedy } from "./configuration-verdict.ts";
import type { Scope } from "../../compile/scope.ts";
import type { ScopeResult } from "../../explore/check-scope.ts";
import type { Deadline } from "./deadline.ts";
import { isOutOfTime, judgeSizes, mostTelling, searchWithin, violates } from "./judged-sizes.ts";
import type { Sizes } from "./judged-variants.ts";
import { remedyQuestions } from "./remedy-questions.ts";
import { findRelease } from "../../compile/find-release.ts";
import type { ConfigurationShape } from "./scope-of-configuration.ts";

/** States of one scope: a larger one says no more in the time that there is. */
const mostStates = 60_000;

/** More tasks than places in memory, as in real engines. */
const moreTasks: Sizes = { taskMapSize: 2, maxChunksUp: 1, chunks: 3 };

/** After how many actions one output can cut off another, at the least. */
function cutOffAfter(
  release: Release,
  shape: ConfigurationShape,
  search: (scope: Scope) => ScopeResult,
): number {
  const lengths = judgeSizes(release, shape, search, { sizes: [moreTasks] }).map(
    ({ result }) =>
      result.properties.find(({ property }) => property === "isolation")?.length ?? Infinity,
  );
  return Math.min(...lengths);
}

/** What changes the verdict; what there is no time for stays open. */
export function judgeRemedies(
  { engine, service }: FluentBitConfiguration,
  shape: ConfigurationShape,
  isStuck: boolean,
  releases: readonly Release[],
  clock: Deadline,
): readonly Remedy[] {
  const search = searchWithin(mostStates, clock);
  const sizes = { taskMapSize: engine.taskMapSize, maxChunksUp: service.maxChunksUp.value };
  return remedyQuestions(shape, sizes, releases, isStuck).map(
    ({ change, needs, cost, ...question }): Remedy => {
      const told = { change, needs, cost, delays: false };
      if (clock.left() === 0) return { ...told, result: null };
      const candidate = findRelease(releases, question.release ?? engine.release);
      const changed = { ...shape, ...question.shape };
      const judged = judgeSizes(candidate, changed, search, {
        ...(question.resize === undefined ? {} : { resize: question.resize }),
        isEnough: (result) => violates(result, "neverStuck"),
      });
      if (judged.some(({ result }) => isOutOfTime(result))) return { ...told, result: null };
      const delays =
        question.mayDelay === true &&
        cutOffAfter(candidate, changed, search) > cutOffAfter(candidate, shape, search);
      return { ...told, delays, result: mostTelling(judged).result };
    },
  );
}
