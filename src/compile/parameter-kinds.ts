import type { Release } from "../../models/description.ts";
import { parameterNames, type ParameterName, type Parameters } from "../../models/parameters.ts";
import { ownParameters, whyTooSmall } from "./own-parameters.ts";

/**
 * Whose a parameter is: a size, which a proof leaves open; chosen by who runs the engine, or by the world; or what makes a
 * release the one that it is.
 */
const parameterKinds: Readonly<Record<ParameterName, "size" | "chosen" | "release">> = {
  chunks: "size",
  taskMapSize: "size",
  maxChunksUp: "size",
  // Its value is a size, too; but whether there is one is the release's.
  overLimitQuota: "release",
  outputs: "chosen",
  routing: "chosen",
  retryLimit: "chosen",
  pauseOnChunksOverlimit: "chosen",
  crash: "chosen",
  schedulerFails: "chosen",
  shutdown: "chosen",
  releaseOnClose: "release",
  checkMapFirst: "release",
  evictIdleWhenMapFull: "release",
  detachOnOutputExit: "release",
  flushError: "chosen",
  inputs: "chosen",
  memBufLimit: "chosen",
  chunksFull: "chosen",
  storageType: "chosen",
  outputHangs: "chosen",
  flushFails: "chosen",
  readCostsAttempt: "chosen",
  totalLimit: "chosen",
  limitRule: "chosen",
  backlog: "chosen",
  shutdownPhase: "chosen",
  reload: "chosen",
  flushOnShutdown: "chosen",
  deadLetter: "chosen",
  deadLetterLimit: "chosen",
  deadLetterRestart: "chosen",
};

/**
 * Parameters that differ from the release's own, but for sizes and for the shape, outputs and routing. A quota that the
 * release does not have, or lacks, differs.
 */
export function settingsOf(release: Release, parameters: Parameters): readonly ParameterName[] {
  const own = ownParameters(release);
  return parameterNames.filter((name) => {
    if (name === "overLimitQuota") return parameters[name] > 0 !== own[name] > 0;
    const isTold = parameterKinds[name] === "size" || ["outputs", "routing"].includes(name);
    return !isTold && JSON.stringify(parameters[name]) !== JSON.stringify(own[name]);
  });
}

/** With ten outputs a slot alone has more local states than can be tabulated. */
const mostOutputs = 9;

/** Why these are no parameters that the release can have, as a sentence; `null` if it can. */
export function whyNotOf(release: Release, parameters: Parameters): string | null {
  const own = ownParameters(release);
  const { name, applies } = release;
  const { outputs, chunks, taskMapSize, maxChunksUp, retryLimit } = parameters;
  const changed = settingsOf(release, parameters).find(
    (one) => parameterKinds[one] === "release" || !applies.includes(one),
  );
  if (changed !== undefined) {
    return `${name} has ${changed}=${JSON.stringify(own[changed])}, not ${JSON.stringify(parameters[changed])}`;
  }
  const smallForIt = whyTooSmall(release, parameters);
  if (smallForIt !== null) return smallForIt;
  const tooSmall = Object.entries({ outputs, chunks, taskMapSize, maxChunksUp }).find(
    ([, value]) => value < 1,
  );
  if (tooSmall !== undefined) return `${tooSmall[0]} must be at least 1, not ${tooSmall[1]}`;
  if (outputs > mostOutputs) return `outputs must be at most ${mostOutputs}, not ${outputs}`;
  if (retryLimit !== "unlimited" && retryLimit < 0) return "retryLimit must not be negative";
  return null;
}

/** Why these are no routes masks of a system with so many outputs, as a sentence; `null` if they are. */
export function whyNoMasks(masks: readonly (readonly number[])[], outputs: number): string | null {
  if (masks.length === 0) return "there is no routes mask: no chunk could be made";
  const wrong = masks.find(
    (mask) =>
      mask.length === 0 ||
      mask.some((output, index) => {
        return output < 0 || output >= outputs || (index > 0 && output <= (mask[index - 1] ?? -1));
      }),
  );
  if (wrong === undefined) return null;
  return `[${wrong.join(",")}] is no routes mask: it must be a rising list of outputs below ${outputs}`;
}
