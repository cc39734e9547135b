import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { sizeNames } from "./sizes.ts";

/**
 * A scope moved up to where a release can move at all: T and X grow by what the release needs beyond 1, N by as much
 * and by what it needs itself. A quota is at least the release's own.
 */
export function movedUp({ least }: Pick<Release, "least">, parameters: Parameters): Parameters {
  const beyondOne = (name: "chunks" | "taskMapSize" | "maxChunksUp"): number =>
    (least[name] ?? 1) - 1;
  const tasks = beyondOne("taskMapSize");
  const memory = beyondOne("maxChunksUp");
  return {
    ...parameters,
    chunks: parameters.chunks + beyondOne("chunks") + tasks + memory,
    taskMapSize: parameters.taskMapSize + tasks,
    maxChunksUp: parameters.maxChunksUp + memory,
  };
}

/** The parameters of a release where nothing is set. */
export function ownParameters(release: Release): Parameters {
  return movedUp(release, { ...defaultParameters, ...release.defaults });
}

/** Why a size is too small for a release to move, as a sentence; `null` if none is. */
export function whyTooSmall({ name, least }: Release, parameters: Parameters): string | null {
  const small = sizeNames.find((size) => parameters[size] < (least[size] ?? 0));
  return small === undefined
    ? null
    : `${name} needs ${small} of at least ${least[small] ?? 0}, not ${parameters[small]}`;
}
