import type { Release } from "../../models/description.ts";
import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import type { Remedy } from "../report/configuration-verdict.ts";
import type { Deadline } from "./deadline.ts";
import { isOutOfTime, judgeSizes, mostTelling, searchWithin, violates } from "./judged-sizes.ts";
import type { Sizes } from "./judged-variants.ts";
import { findRelease } from "./scope-arguments.ts";
import type { ConfigurationShape } from "./scope-of-configuration.ts";

/** States of one scope: a larger one says no more in the time that there is. */
const mostStates = 60_000;

interface RemedyQuestion {
  readonly change: string;
  readonly release?: string;
  readonly shape?: Partial<ConfigurationShape>;
  readonly resize?: (sizes: Sizes) => Sizes;
}

/** Retry limits to ask about; an output that never asks for a retry has none. */
function retryQuestions({
  retryLimit,
  asksForRetries,
}: ConfigurationShape): readonly RemedyQuestion[] {
  if (!asksForRetries) return [];
  return [
    retryLimit === "unlimited"
      ? { change: "Retry_Limit 1", shape: { retryLimit: 1 } }
      : { change: "Retry_Limit no_limits", shape: { retryLimit: "unlimited" } },
    ...(retryLimit === 0 ? [] : [{ change: "Retry_Limit no_retries", shape: { retryLimit: 0 } }]),
  ];
}

/** The inputs, all of them pausing on `storage.max_chunks_up`, or none. */
function pauseQuestions({ inputs }: ConfigurationShape): readonly RemedyQuestion[] {
  const change = "storage.pause_on_chunks_overlimit";
  const to = (pauses: boolean): Partial<ConfigurationShape> => ({
    inputs: inputs.map((input) => ({ ...input, pauses })),
  });
  return [
    ...(inputs.every(({ pauses }) => pauses) ? [] : [{ change: `${change} on`, shape: to(true) }]),
    ...(inputs.some(({ pauses }) => pauses) ? [{ change: `${change} off`, shape: to(false) }] : []),
  ];
}

/** What people try, and what would help; the model answers each. */
function questions(
  shape: ConfigurationShape,
  maxChunksUp: number,
  releases: readonly Release[],
): readonly RemedyQuestion[] {
  return [
    ...pauseQuestions(shape),
    ...retryQuestions(shape),
    {
      change: `storage.max_chunks_up ${maxChunksUp * 2} (larger), with as many more chunks waiting`,
      resize: (sizes) => ({
        ...sizes,
        maxChunksUp: sizes.maxChunksUp + 1,
        chunks: sizes.chunks + 1,
      }),
    },
    {
      change: "a task map that is larger (newer version), with as many more chunks waiting",
      resize: (sizes) => ({
        ...sizes,
        taskMapSize: sizes.taskMapSize + 1,
        chunks: sizes.chunks + 1,
      }),
    },
    {
      change: "fewer chunks waiting than task map + storage.max_chunks_up",
      resize: (sizes) => ({ ...sizes, chunks: sizes.chunks - 1 }),
    },
    ...releases.flatMap(({ name, offeredAs }) =>
      offeredAs === undefined ? [] : [{ change: offeredAs, release: name }],
    ),
  ];
}

/** What changes the verdict; what there is no time for stays open. */
export function judgeRemedies(
  { engine, service }: FluentBitConfiguration,
  shape: ConfigurationShape,
  releases: readonly Release[],
  clock: Deadline,
): readonly Remedy[] {
  const search = searchWithin(mostStates, clock);
  return questions(shape, service.maxChunksUp.value, releases).map(
    ({ change, ...question }): Remedy => {
      if (clock.left() === 0) return { change, result: null };
      const candidate = findRelease(releases, question.release ?? engine.release);
      const changed = { ...shape, ...question.shape };
      const judged = judgeSizes(candidate, changed, search, {
        ...(question.resize === undefined ? {} : { resize: question.resize }),
        isEnough: (result) => violates(result, "neverStuck"),
      });
      const isOpen = judged.some(({ result }) => isOutOfTime(result));
      return { change, result: isOpen ? null : mostTelling(judged).result };
    },
  );
}
