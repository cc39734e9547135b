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
 * The outputs that each chunk goes to, as far as its task and flushes tell; chunks that had no task are not listed. Where
 * a trace breaks off before every flush of a task began, any other outputs make up the number of its routes.
 *
 * @param outputs how many outputs the engine has
 */
export function routesOf(
  events: readonly TraceEvent[],
  outputs: number,
): ReadonlyMap<string, readonly number[]> {
  const routes = new Map<string, Set<number>>();
  const counts = new Map<string, number>();
  for (const { kind, chunk, output, routes: count } of events) {
    if (kind === "task_create") counts.set(chunk, count);
    if (kind === "flush_start" && output < outputs) {
      routes.set(chunk, (routes.get(chunk) ?? new Set()).add(output));
    }
  }
  for (const [chunk, count] of counts) {
    const mask = routes.get(chunk) ?? new Set();
    for (let output = 0; output < outputs && mask.size < count; output++) mask.add(output);
    if (mask.size > 0) routes.set(chunk, mask);
  }
  return new Map([...routes].map(([chunk, mask]) => [chunk, [...mask].sort((a, b) => a - b)]));
}

/** The most chunks that are open at once, counted by name: a total may be wrong. At least 1. */
function mostLive(events: readonly TraceEvent[]): number {
  const open = new Set<string>();
  let most = 1;
  for (const { kind, chunk } of events) {
    if (kind === "open_up" || kind === "open_down") open.add(chunk);
    if (kind === "close") open.delete(chunk);
    most = Math.max(most, open.size);
  }
  return most;
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
  return scopeOf(release, {
    ...parameters,
    chunks: mostLive(events),
    routing: partial ? "any" : "all",
    crash: release.applies.includes("crash"),
    schedulerFails: release.applies.includes("schedulerFails"),
    shutdown: release.applies.includes("shutdown"),
  });
}
