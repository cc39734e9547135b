import { flushingStates, waitingStates } from "../delivery.ts";
import type { Comparison, SystemRule, Total } from "../description.ts";
import type { Mechanism } from "../mechanism.ts";
import { toChunk, toEngine } from "../messages.ts";
import type { Parameters } from "../parameters.ts";
import { shutdownEnds } from "../progress.ts";

/** Tasks that a shutdown waits for: an orphan alone is none. */
const pendingTasks: Total = {
  name: "pendingTasks",
  perOutput: false,
  counts: (slot) =>
    slot.outputsIn("delivery", ...flushingStates, ...waitingStates, "pinned").length > 0,
};

function none(quantity: Comparison["quantity"]): Comparison {
  return { quantity, relation: "<", bound: { constant: 1 } };
}

function some(quantity: Comparison["quantity"]): Comparison {
  return { quantity, relation: ">=", bound: { constant: 1 } };
}

/** What the engine waits for: it has nothing to wait for where none of these is there. */
function waitsFor({ shutdownPhase, deadLetter }: Parameters): readonly Comparison["quantity"][] {
  if (shutdownPhase === "tasks") return [{ total: "pendingTasks" }];
  return [{ total: "live" }, ...(deadLetter ? [{ counter: "lettersUp" }] : [])];
}

/** The disjoint cases in which there is something to wait for. */
function waiting(parameters: Parameters): readonly (readonly Comparison[])[] {
  const quantities = waitsFor(parameters);
  return quantities.map((quantity, index) => [
    ...quantities.slice(0, index).map(none),
    some(quantity),
  ]);
}

function rules(parameters: Parameters): readonly SystemRule[] {
  const { reload, flushOnShutdown } = parameters;
  const stop: Pick<SystemRule, "for" | "send" | "broadcast"> = {
    for: "system",
    send: () => [toEngine("stop")],
    broadcast: () => [toChunk("detach")],
  };
  return [
    {
      action: reload ? "reload" : "shutdown",
      for: "system",
      agent: "environment",
      tells: reload
        ? "a hot reload begins: every input is paused, and the engine waits without end"
        : "the engine is told to stop: every input is paused, and the grace time begins",
      cFunction: reload ? "flb_reload.c::flb_reload" : "flb_engine.c::flb_engine_exit",
      send: () => [toEngine("endService")],
    },
    {
      ...stop,
      action: "shutdownDone",
      agent: "engine",
      fairness: "shutdownDone",
      tells: "nothing is left to wait for: the engine stops",
      cFunction: "flb_engine.c::flb_engine_shutdown",
      guard: waitsFor(parameters).map(none),
    },
    ...(reload ? [] : waiting(parameters)).map((guard): SystemRule => ({
      ...stop,
      action: "graceOver",
      agent: "environment",
      tells: "the grace time is over: the engine stops with work undone",
      cFunction: "flb_engine.c::flb_engine_start",
      guard,
    })),
    ...(flushOnShutdown ? waiting(parameters) : []).map((guard): SystemRule => ({
      action: "segregate",
      for: "system",
      agent: "engine",
      fairness: "shutdownDone",
      tells:
        "storage.backlog.flush_on_shutdown: every chunk that is up is put down, flushing or not",
      cFunction: "sb.c::sb_segregate_chunks",
      guard,
      send: () => [toEngine("segregate")],
      broadcast: () => [toChunk("down")],
    })),
  ];
}

/** A shutdown, or a hot reload, as a phase: what is under way goes on, and the engine waits for it. */
export function ending(parameters: Parameters): Mechanism | null {
  if (parameters.shutdownPhase === "none") return null;
  return {
    parts: () => ({
      totals: [pendingTasks],
      systemRules: rules(parameters),
      properties: [shutdownEnds],
    }),
  };
}
