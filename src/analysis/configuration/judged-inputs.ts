import type { RoutedInput } from "../../config/input-routes.ts";
import { retryLimitInEffect, type OutputInstance } from "../../config/output-instance.ts";
import type { RouteMask } from "../../config/routing/route-mask.ts";
import { compareMasks } from "../../config/routing/route-mask.ts";
import type { Setting } from "../../config/setting.ts";
import { renamedMasks, type Traffic } from "../../config/traffic.ts";
import type { JudgedRoutes } from "./judged-routes.ts";

/** An input as the model sees it; it may stand for others that are like it. */
export interface JudgedInput {
  /** What the configuration calls it, and the others that it stands for. */
  readonly names: readonly string[];
  readonly storageType: "filesystem" | "memory";
  /** Whether it pauses on `storage.max_chunks_up`. */
  readonly pauses: boolean;
  /** `mem_buf_limit` in bytes, where it can matter: on chunks in memory, or on files with several routes. */
  readonly memBufLimit: Setting<number> | undefined;
  readonly masks: readonly RouteMask[];
}

/** The inputs to judge. */
export interface JudgedInputs {
  readonly inputs: readonly JudgedInput[];
  /** Whether some kinds of inputs were left out. */
  readonly leftOut: boolean;
}

/** Kinds of inputs that are judged together. */
const mostInputs = 3;

/** Whether chunks of these routes may lose their place in memory to `mem_buf_limit`, and to nothing else. */
function waitsWithSeveralRoutes(
  masks: readonly RouteMask[],
  outputs: readonly OutputInstance[],
): boolean {
  const asks = outputs.map((output) => retryLimitInEffect(output) !== "no_retries");
  return masks.some((mask) => mask.length > 1 && mask.some((output) => asks[output] === true));
}

function judgedInput(
  input: RoutedInput,
  traffic: Traffic,
  { outputs, judge }: JudgedRoutes,
  certainOnly: boolean,
): JudgedInput {
  const own = certainOnly ? input.routes.certain : input.routes.masks;
  const masks = new Map(
    renamedMasks(own, traffic.outputs).flatMap((mask) => {
      const judged = judge(mask);
      return judged === null ? [] : [[judged.join(), judged] as const];
    }),
  );
  const all = [...masks.values()].sort(compareMasks);
  const storageType = input.storageType.value === "memory" ? "memory" : "filesystem";
  const matters = storageType === "memory" || waitsWithSeveralRoutes(all, outputs);
  return {
    names: [input.alias ?? input.name],
    storageType,
    pauses: input.pauseOnChunksOverlimit.value,
    memBufLimit: matters && input.memBufLimit.value > 0 ? input.memBufLimit : undefined,
    masks: all,
  };
}

/** What makes two inputs differ in more than their names. On files, a limit counts for the chunks of one input. */
function kindOf({ pauses, memBufLimit, masks, storageType }: JudgedInput): string {
  const limit =
    memBufLimit === undefined ? "" : storageType === "memory" ? "limited" : masks.join(" ");
  return `${String(pauses)}|${limit}`;
}

/** One input for two of a kind, with the routes of both and the limit that is reached first. */
function together(one: JudgedInput, other: JudgedInput): JudgedInput {
  const masks = new Map([...one.masks, ...other.masks].map((mask) => [mask.join(), mask] as const));
  const limits = [one.memBufLimit, other.memBufLimit].filter((limit) => limit !== undefined);
  const [least] = limits.toSorted((a, b) => a.value - b.value);
  return {
    ...one,
    names: [...one.names, ...other.names],
    memBufLimit: least,
    masks: [...masks.values()].sort(compareMasks),
  };
}

/**
 * The inputs of a traffic as the model sees them: one for all that differ in nothing but their names and tags. Where one
 * chunk fills the memory, two inputs that pause are not one: each may make the chunk that fills it.
 */
export function judgedInputs(
  traffic: Traffic,
  routes: JudgedRoutes,
  { maxChunksUp, certainOnly }: { readonly maxChunksUp: number; readonly certainOnly: boolean },
): JudgedInputs {
  const kinds = new Map<string, JudgedInput>();
  const seconds: JudgedInput[] = [];
  for (const input of traffic.inputs) {
    const judged = judgedInput(input, traffic, routes, certainOnly);
    if (judged.masks.length === 0) continue;
    const kind = kindOf(judged);
    const known = kinds.get(kind);
    if (known !== undefined && judged.pauses && maxChunksUp === 1) seconds.push(judged);
    kinds.set(kind, known === undefined ? judged : together(known, judged));
  }
  const all = [...kinds.values(), ...seconds.slice(0, 1)];
  return { inputs: all.slice(0, mostInputs), leftOut: all.length > mostInputs };
}
