import type { SystemDescription } from "../../models/description.ts";
import type { LiftedContext } from "../../src/compile/lifted-event.ts";
import type { JsonObject } from "../../src/conform/json.ts";

type Snapshots = LiftedContext["shared"];

/** The machines of a group by role: one snapshot, or one for each output. */
function byRole(
  roles: SystemDescription["slot"],
  snapshots: Snapshots,
  outputs: number,
): ReadonlyMap<string, Snapshots> {
  let at = 0;
  return new Map(
    roles.map(({ name, perOutput }) => {
      const from = at;
      at += perOutput ? outputs : 1;
      return [name, snapshots.slice(from, at)];
    }),
  );
}

function valueOf(snapshot: Snapshots[number] | undefined): string {
  const value: unknown = snapshot?.value;
  return typeof value === "string" ? value : "";
}

function numberIn(snapshot: Snapshots[number] | undefined, key: string): number | null {
  const context: unknown = snapshot?.context;
  if (typeof context !== "object" || context === null) return null;
  const entry = Object.entries(context).find(([name]) => name === key);
  const value: unknown = entry?.[1];
  return typeof value === "number" ? value : null;
}

/** A state of the lifted machine in the words of the port protocol, read from the snapshots of its machines. */
export function liftedState(
  { slots, shared, counters }: LiftedContext,
  description: SystemDescription,
  { outputs, retryLimit }: { readonly outputs: number; readonly retryLimit: number | "unlimited" },
): JsonObject {
  const views = slots.map((slot) => {
    const machines = byRole(description.slot, slot, outputs);
    const chunk = machines.get("chunk")?.[0];
    if (valueOf(chunk) === "absent") return null;
    const deliveries = machines.get("delivery") ?? [];
    const counter = machines.has("age") ? "failures" : "retriesUsed";
    const counts = deliveries.map((one) => numberIn(one, counter) ?? 0);
    return {
      chunk: valueOf(chunk),
      chargedTo: numberIn(chunk, "chargedTo"),
      task: valueOf(machines.get("task")?.[0]),
      delivery: deliveries.map(valueOf),
      ...(machines.has("age") ? { age: valueOf(machines.get("age")?.[0]) } : {}),
      ...(retryLimit === "unlimited" ? {} : { [counter]: counts }),
    };
  });
  const outside = byRole(description.shared, shared, outputs);
  return {
    slots: views,
    engine: valueOf(outside.get("engine")?.[0]),
    output: (outside.get("output") ?? []).map(valueOf),
    ...counters,
    up: views.filter((view) => view !== null && view.chunk !== "down").length,
    tasks: views.filter((view) => view?.task === "running").length,
  };
}
