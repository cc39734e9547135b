import type { LimitRule, Parameters } from "../../../models/parameters.ts";
import { chunksThatReach, filesWithin, type ChunkRange } from "../../config/chunk-size.ts";
import type { OutputInstance } from "../../config/output-instance.ts";
import type { JudgedInput } from "./judged-inputs.ts";

/** The sizes of a scope. */
export interface Sizes {
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly chunks: number;
}

/**
 * How many chunks a `mem_buf_limit` stands for: none (it is never reached), one, or as many as may be in memory. What lies
 * between behaves as one of these.
 */
type BufferCase = "none" | "one" | "full";

/** How many chunks a `storage.total_limit_size` has room for: one, one less than a stuck engine holds, or as many. */
type LimitCase = "none" | "one" | "less" | "room";

/** One way in which bytes become chunks: a case for each judged input and output. */
export interface Variant {
  readonly buffers: readonly BufferCase[];
  readonly limits: readonly LimitCase[];
}

function buffersOf(input: JudgedInput, maxChunksUp: number): readonly BufferCase[] {
  if (input.memBufLimit === undefined) return ["none"];
  const { least, most } = chunksThatReach(input.memBufLimit.value);
  if (input.storageType === "memory") return ["one"];
  return [
    ...(most > maxChunksUp ? ["none" as const] : []),
    ...(least <= maxChunksUp ? (["full", "one"] as const) : []),
  ];
}

function limitsOf({ totalLimit }: OutputInstance, stuckChunks: number): readonly LimitCase[] {
  if (totalLimit === undefined) return ["none"];
  const { least, most } = filesWithin(totalLimit.value);
  return [
    ...(most >= stuckChunks ? ["room" as const] : []),
    ...(least < stuckChunks ? (["less", "one"] as const) : []),
  ];
}

function product<Case>(cases: readonly (readonly Case[])[]): readonly (readonly Case[])[] {
  return cases.reduce<readonly (readonly Case[])[]>(
    (all, next) => next.flatMap((one) => all.map((before) => [...before, one])),
    [[]],
  );
}

/**
 * Every way in which the limits of a configuration may be met, the one in which none is met first.
 *
 * @param sizes of the real engine
 */
export function variantsOf(
  inputs: readonly JudgedInput[],
  outputs: readonly OutputInstance[],
  sizes: Pick<Sizes, "taskMapSize" | "maxChunksUp">,
): readonly Variant[] {
  const stuckChunks = sizes.taskMapSize + sizes.maxChunksUp;
  const buffers = product(inputs.map((input) => buffersOf(input, sizes.maxChunksUp)));
  const limits = product(outputs.map((output) => limitsOf(output, stuckChunks)));
  return limits.flatMap((limit) => buffers.map((buffer) => ({ buffers: buffer, limits: limit })));
}

/** Whether all limits of a variant together leave room for what a stuck engine holds, at some sizes. */
export function leavesRoom({ limits }: Variant, { taskMapSize, maxChunksUp }: Sizes): boolean {
  const stuckChunks = taskMapSize + maxChunksUp;
  const chunks = { none: Infinity, one: 1, less: stuckChunks - 1, room: stuckChunks } as const;
  return limits.reduce((sum, limit) => sum + chunks[limit], 0) >= stuckChunks;
}

/** Whether the limits of outputs leave room, with the smallest chunks, for what a real stuck engine holds. */
export function leaveRoom(
  outputs: readonly OutputInstance[],
  sizes: Pick<Sizes, "taskMapSize" | "maxChunksUp">,
): boolean {
  const most = outputs.map(({ totalLimit }) =>
    totalLimit === undefined ? Infinity : filesWithin(totalLimit.value).most,
  );
  return most.reduce((sum, one) => sum + one, 0) >= sizes.taskMapSize + sizes.maxChunksUp;
}

/** Whether nothing is limited. */
export function isPlain({ buffers, limits }: Variant): boolean {
  return [...buffers, ...limits].every((one) => one === "none");
}

function clamped(chunks: number, { least, most }: ChunkRange): number {
  return Math.min(Math.max(chunks, least, 1), Math.max(most, 1));
}

/**
 * The limits of a variant at the sizes of the real engine: as many chunks as it says, or as near to that as chunks of
 * usual sizes come.
 */
export function realSettings(
  { buffers, limits }: Variant,
  inputs: readonly JudgedInput[],
  totalLimits: readonly (number | undefined)[],
  { taskMapSize, maxChunksUp }: Pick<Sizes, "taskMapSize" | "maxChunksUp">,
): Partial<Parameters> {
  const stuckChunks = taskMapSize + maxChunksUp;
  const limitChunks = { one: 1, less: stuckChunks - 1, room: stuckChunks } as const;
  const memBufLimit = inputs.map(({ memBufLimit: limit }, input) => {
    const buffer = buffers[input] ?? "none";
    if (limit === undefined || buffer === "none") return "none";
    return clamped(buffer === "one" ? 1 : maxChunksUp, chunksThatReach(limit.value));
  });
  const totalLimit = totalLimits.map((bytes, output) => {
    const limit = limits[output] ?? "none";
    if (bytes === undefined || limit === "none") return "none";
    return clamped(limitChunks[limit], filesWithin(bytes));
  });
  return { memBufLimit: single(memBufLimit), totalLimit: single(totalLimit) };
}

/** The parameters of a variant at some sizes. */
export function variantSettings(
  { buffers, limits }: Variant,
  sizes: Sizes,
  limitRule: LimitRule,
): Partial<Parameters> {
  const stuckChunks = sizes.taskMapSize + sizes.maxChunksUp;
  const bufferChunks = { none: "none", one: 1, full: sizes.maxChunksUp } as const;
  const limitChunks = { none: "none", one: 1, less: stuckChunks - 1, room: stuckChunks } as const;
  const isLimited = limits.some((one) => one !== "none");
  return {
    ...sizes,
    ...(buffers.every((one) => one === "none")
      ? {}
      : { memBufLimit: single(buffers.map((one) => bufferChunks[one])) }),
    ...(isLimited
      ? {
          totalLimit: single(limits.map((one) => limitChunks[one])),
          limitRule,
          // One chunk more than fits, so that something has to go.
          chunks: sizes.chunks + 1,
        }
      : {}),
  };
}

/** One value for all where all are the same. */
export function single<Value>(values: readonly Value[]): Value | readonly Value[] {
  const [first] = values;
  return first !== undefined && values.every((one) => one === first) ? first : values;
}
