import type { RoutedInput } from "./input-routes.ts";
import { retryLimitInEffect, type OutputInstance } from "./output-instance.ts";
import type { RetryLimit } from "./retry-limit.ts";
import { uniteRouteMasks, type RouteMask, type RouteMasks } from "./routing/route-mask.ts";
import type { StorageType } from "./storage-type.ts";

/** What the inputs with one type of storage have in common. */
export interface Traffic {
  readonly inputs: readonly RoutedInput[];
  /** Outputs that at least one of their chunks may be routed to, in file order: the model's M. */
  readonly outputs: readonly OutputInstance[];
  /** Every routes mask of their chunks; the indexes are places in `outputs` above. */
  readonly routes: RouteMasks;
  /**
   * `all` if every chunk goes to every one of `outputs`, otherwise `any`. With `any` the model also
   * allows masks that are not in `routes`, unless `routingIsExact`.
   */
  readonly routing: "all" | "any";
  /** Whether `routing` allows the masks of `routes` and no others. */
  readonly routingIsExact: boolean;
  /** The different retry limits of `outputs`, in file order; `no_retries` where none is ever asked for. */
  readonly retryLimits: readonly RetryLimit[];
  /** `storage.pause_on_chunks_overlimit` of `inputs`. */
  readonly pause: "on" | "off" | "differs";
}

function pauseOf(inputs: readonly RoutedInput[]): Traffic["pause"] {
  const values = new Set(inputs.map((input) => input.pauseOnChunksOverlimit.value));
  if (values.size > 1) {
    return "differs";
  }
  return values.has(true) ? "on" : "off";
}

/** Masks of a configuration's outputs in terms of the places of some of them. */
export function renamedMasks(
  masks: readonly RouteMask[],
  outputs: readonly OutputInstance[],
): readonly RouteMask[] {
  const place = new Map(outputs.map(({ index }, position) => [index, position]));
  return masks.map((mask) => mask.flatMap((index) => place.get(index) ?? []));
}

/** Sums up the inputs with one type of storage. */
export function trafficOf(
  storage: StorageType,
  allInputs: readonly RoutedInput[],
  allOutputs: readonly OutputInstance[],
): Traffic {
  const inputs = allInputs.filter(({ storageType }) => storageType.value === storage);
  const united = uniteRouteMasks(inputs.map(({ routes }) => routes));
  const reached = new Set(united.masks.flat());
  const outputs = allOutputs.filter(({ index }) => reached.has(index));
  const masks = renamedMasks(united.masks, outputs);
  const all = masks.every((mask) => mask.length === outputs.length);
  const everySubset = masks.length === 2 ** outputs.length - 1;
  return {
    inputs,
    outputs,
    routes: { ...united, masks, certain: renamedMasks(united.certain, outputs) },
    routing: all ? "all" : "any",
    routingIsExact: united.exact && (all || everySubset),
    retryLimits: [...new Set(outputs.map(retryLimitInEffect))],
    pause: pauseOf(inputs),
  };
}
