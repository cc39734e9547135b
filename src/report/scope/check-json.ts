import { viewState, type MachineView, type SystemStateView } from "../../compile/state-view.ts";
import type { PropertyResult, ScopeResult } from "../../explore/check-scope.ts";
import type { PathStep } from "../../explore/path.ts";

/** A value that JSON can hold. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Numbers above 2^53 are written as decimal strings, so that none is rounded. */
function exact(value: bigint): number | string {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value);
}

const settings = new Set(["retryLimit", "releaseOnClose", "detachOnOutputExit"]);

function machineJson({ state, context }: MachineView): Json {
  const extras = Object.entries(context).filter(
    ([key, value]) => !settings.has(key) && value !== null,
  );
  return extras.length === 0 ? state : { state, ...Object.fromEntries(extras) };
}

function stateJson(view: SystemStateView): Json {
  return {
    slots: view.slots.map((slot) =>
      Object.fromEntries(
        Object.entries(slot).map(([role, machine]): [string, Json] => [
          role,
          "state" in machine ? machineJson(machine) : machine.map(machineJson),
        ]),
      ),
    ),
    ...view.shared,
    ...view.gauges,
    ...view.counters,
  };
}

function stepsJson(steps: readonly PathStep[], result: ScopeResult): Json {
  return steps.map(({ taken: { move, slot }, after }) => ({
    action: move.action,
    slot,
    output: move.output,
    mask: "mask" in move ? move.mask : null,
    tells: move.tells,
    cFunction: move.cFunction,
    state: stateJson(viewState(result.scope, after)),
  }));
}

function namesOf(steps: readonly PathStep[]): Json {
  return steps.map(({ taken }) => taken.move.action);
}

function propertyJson(property: PropertyResult, result: ScopeResult): Json {
  const { path } = property;
  const lasso = property.lasso();
  return {
    verdict: property.verdict,
    vacuous: property.vacuous,
    length: property.length,
    path: path === null ? null : namesOf(path.steps),
    pointOfNoReturn: property.pointOfNoReturn,
    steps: path === null ? null : stepsJson(path.steps, result),
    approach: lasso === null ? null : namesOf(lasso.approach),
    approachSteps: lasso === null ? null : stepsJson(lasso.approach, result),
    loop: lasso === null ? null : namesOf(lasso.loop),
    loopSteps: lasso === null ? null : stepsJson(lasso.loop, result),
    waits: lasso === null ? null : lasso.waits,
  };
}

/** One run of `check` as JSON; the fields are documented in docs/cli.md and stable. */
export function runJson(result: ScopeResult, elapsedMs: number): Json {
  const { scope, counts } = result;
  return {
    release: scope.release,
    parameters: { ...scope.parameters },
    complete: result.complete,
    endedBy: result.endedBy,
    visited: result.visited,
    states: { labelled: exact(counts.labelled), canonical: counts.canonical },
    transitions: exact(counts.transitions),
    selfLoops: exact(counts.selfLoops),
    mostUp: counts.mostUp,
    neverEnabled: result.enabled.never,
    delivers: result.enabled.delivers || (result.complete ? false : null),
    elapsedMs: Math.round(elapsedMs),
    properties: Object.fromEntries(
      result.properties.map((property) => [property.property, propertyJson(property, result)]),
    ),
  };
}
