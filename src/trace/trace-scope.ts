import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import type { TraceEvent } from "./trace-event.ts";

/**
 * What must be known of the engine that wrote a trace: the sizes of its task map and memory, its outputs, its quota. What
 * is not given is as the release has it. The number of chunks and the routing are read from the trace.
 */
export type RecordedSettings = Partial<
  Omit<Parameters, "chunks" | "routing" | "crash" | "schedulerFails" | "shutdown">
>;

/**
 * The outputs that each chunk goes to, as far as its task and flushes tell; chunks that had no task are not listed.
 *
 * @param outputs how many outputs the engine has
 */
export function routesOf(
  events: readonly TraceEvent[],
  outputs: number,
): ReadonlyMap<string, readonly number[]> {
  const routes = new Map<string, Set<number>>();
  for (const { kind, chunk, output, routes: count } of events) {
    if (kind === "task_create" && count === outputs) {
      routes.set(chunk, new Set(Array.from({ length: outputs }, (_, index) => index)));
    } else if (kind === "flush_start") {
      routes.set(chunk, (routes.get(chunk) ?? new Set()).add(output));
    }
  }
  return new Map([...routes].map(([chunk, mask]) => [chunk, [...mask].sort((a, b) => a - b)]));
}

/**
 * The model at the sizes of a trace: as many slots as the trace has live chunks at once, and an environment that may do
 * everything.
 */
export function traceScope(
  release: Release,
  settings: RecordedSettings,
  events: readonly TraceEvent[],
): Scope {
  const parameters = { ...defaultParameters, ...release.defaults, ...settings };
  const partial = [...routesOf(events, parameters.outputs).values()].some(
    (mask) => mask.length < parameters.outputs,
  );
  // An event that opens a chunk does not count it yet.
  const chunks = events.reduce((most, { total }) => Math.max(most, total + 1), 1);
  return scopeOf(release, {
    ...parameters,
    chunks,
    routing: partial ? "any" : "all",
    crash: release.applies.includes("crash"),
    schedulerFails: release.applies.includes("schedulerFails"),
    shutdown: release.applies.includes("shutdown"),
  });
}
