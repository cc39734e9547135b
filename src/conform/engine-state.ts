import type { Report } from "../engine/core/engine.ts";
import type { EngineSnapshot, SlotSnapshot } from "../engine/lockstep/snapshot.ts";
import type { CoreParameters } from "../engine/lockstep/engine-core.ts";
import type { Json, JsonObject } from "./json.ts";

type Sizes = Pick<CoreParameters, "outputs" | "retryLimit" | "overLimitQuota">;

function slotState(slot: SlotSnapshot, { outputs, retryLimit }: Sizes): JsonObject {
  const { deliveries } = slot;
  const ids = Array.from({ length: outputs }, (_, output) => output);
  const of = (output: number) => deliveries?.find((one) => one.output === output);
  const delivery = ids.map((output): string => {
    if (deliveries === undefined) return slot.routes.includes(output) ? "routed" : "unrouted";
    return of(output)?.status ?? "unrouted";
  });
  return {
    chunk: slot.storage,
    chargedTo: slot.chargedTo ?? null,
    task: deliveries === undefined ? "vacant" : "running",
    delivery,
    stream: slot.restored ? "restored" : "own",
    ...(retryLimit === "unlimited"
      ? {}
      : {
          retriesUsed: ids.map((output) => {
            const one = of(output);
            return one?.status === "flushing" || one?.status === "retry" ? one.retriesUsed : 0;
          }),
        }),
  };
}

/** Where chunks are parked a delivery is owed until it ends, whether its chunk has a task or not. */
function parkedSlotState(
  slot: SlotSnapshot,
  parkedAs: Report,
  { outputs, retryLimit }: Sizes,
): JsonObject {
  const ids = Array.from({ length: outputs }, (_, output) => output);
  const flushes = (output: number): boolean =>
    slot.deliveries?.some((one) => one.output === output && one.status === "flushing") === true;
  return {
    chunk: slot.storage,
    task: slot.deliveries === undefined ? "vacant" : "running",
    delivery: ids.map((output) =>
      flushes(output) ? "flushing" : slot.routes.includes(output) ? "owed" : "settled",
    ),
    ...parkedAs,
    ...(retryLimit === "unlimited"
      ? {}
      : { failures: ids.map((output) => slot.failures[slot.routes.indexOf(output)] ?? 0) }),
  };
}

/** The state of the reference engine in the words of the port protocol. */
export function engineState(snapshot: EngineSnapshot, parameters: CoreParameters): JsonObject {
  const slots = snapshot.slots.map((slot): Json => {
    if (slot === undefined) return null;
    return slot.parkedAs === undefined
      ? slotState(slot, parameters)
      : parkedSlotState(slot, slot.parkedAs, parameters);
  });
  const reported = snapshot.outputs.flatMap(({ report }) => Object.keys(report));
  return {
    slots,
    engine: snapshot.running ? "running" : "stopped",
    input: snapshot.paused ? "paused" : "running",
    output: snapshot.outputs.map(({ online }) => (online ? "online" : "offline")),
    ...Object.fromEntries(
      reported.map((name) => [name, snapshot.outputs.map(({ report }) => report[name] ?? null)]),
    ),
    up: snapshot.up,
    tasks: snapshot.tasks,
  };
}
