import type { RoutedInput } from "./input-routes.ts";
import { retryLimitInEffect, type OutputInstance } from "./output-instance.ts";
import type { RetryLimit } from "./retry-limit.ts";
import { uniteRouteMasks, type RouteMask, type RouteMasks } from "./routing/route-mask.ts";

/** What the inputs with filesystem storage have in common: the part that the model is about. */
export interface FilesystemTraffic {
  readonly inputs: readonly RoutedInput[];
  /** Outputs that at least one chunk file may be routed to, in file order: the model's M. */
  readonly outputs: readonly OutputInstance[];
  /** Every routes mask of a chunk file; the indexes are places in `outputs` above. */
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

function pauseOf(inputs: readonly RoutedInput[]): FilesystemTraffic["pause"] {
  const values = new Set(inputs.map((input) => input.pauseOnChunksOverlimit.value));
  if (values.size > 1) {
    return "differs";
  }
  return values.has(true) ? "on" : "off";
}

/** Sums up the inputs with filesystem storage. */
export function filesystemTraffic(
  allInputs: readonly RoutedInput[],
  allOutputs: readonly OutputInstance[],
): FilesystemTraffic {
  const inputs = allInputs.filter(({ storageType }) => storageType.value === "filesystem");
  const united = uniteRouteMasks(inputs.map(({ routes }) => routes));
  const reached = new Set(united.masks.flat());
  const outputs = allOutputs.filter(({ index }) => reached.has(index));
  const place = new Map(outputs.map(({ index }, position) => [index, position]));
  const renamed = (mask: RouteMask): RouteMask => mask.flatMap((index) => place.get(index) ?? []);
  const masks = united.masks.map(renamed);
  const all = masks.every((mask) => mask.length === outputs.length);
  const everySubset = masks.length === 2 ** outputs.length - 1;
  return {
    inputs,
    outputs,
    routes: { ...united, masks, certain: united.certain.map(renamed) },
    routing: all ? "all" : "any",
    routingIsExact: united.exact && (all || everySubset),
    retryLimits: [...new Set(outputs.map(retryLimitInEffect))],
    pause: pauseOf(inputs),
  };
}
