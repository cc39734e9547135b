import type { Message, Role, SlotView, SystemRule } from "./description.ts";
import { toChunk, toDelivery, toEngine, toInput, toOutput } from "./messages.ts";
import type { Points } from "./points.ts";

const work = toEngine("work");

/** What the world does to the outputs; the same for every system with outputs. */
export const networkRules: readonly SystemRule[] = [
  {
    action: "outputDown",
    for: "output",
    agent: "environment",
    tells: "the output goes offline",
    cFunction: "the network",
    send: ({ output }) => [work, toOutput(output, "goDown")],
  },
  {
    action: "outputUp",
    for: "output",
    agent: "environment",
    tells: "the output comes back",
    cFunction: "the network",
    send: ({ output }) => [work, toOutput(output, "comeBack")],
  },
];

/** A kill and a restart as every machine of a slot sees it. */
export function crashOfEvery(roles: readonly Role[], outputs: number): readonly Message[] {
  return roles.flatMap(({ name, perOutput }): readonly Message[] =>
    perOutput
      ? Array.from({ length: outputs }, (_, output) => ({
          to: name,
          output,
          event: { type: "crash" },
        }))
      : [{ to: name, event: { type: "crash" } }],
  );
}

/** A kill and a restart: what is in memory is gone, what is in files is not. */
export const crash: Pick<SystemRule, "action" | "for" | "agent" | "tells" | "cFunction"> = {
  action: "crash",
  for: "system",
  agent: "environment",
  tells: "the process is killed and restarted: every chunk is down and has no task",
  cFunction: "cio_scan.c::cio_scan_stream_files",
};

/** What a crash does to a slot: its task is gone, and with it a chunk that had no file. */
function crashOfSlot(slot: SlotView, outputs: number, points: Points): readonly Message[] {
  if (slot.is("chunk", "absent")) return [];
  const every = Array.from({ length: outputs }, (_, output) => output);
  const hasFile = !slot.is("chunk", "memory");
  return [
    toChunk(points.crashEvent),
    { to: "task", event: { type: "crash" } },
    ...every.map((output) => toDelivery(output, "crash")),
    ...(hasFile
      ? points.crashed(slot)
      : [...every.map((output) => toDelivery(output, "clear")), ...points.gone(slot)]),
  ];
}

/** A kill and a restart, for each case of the dead letters. */
export function crashRules(
  points: Points,
  latched: readonly number[],
  cases: readonly Pick<SystemRule, "guard" | "breaks" | "assigns">[],
): readonly SystemRule[] {
  return cases.map((one) => ({
    ...crash,
    ...one,
    send: () => [toEngine("restart"), ...latched.map((input) => toInput(input, "restart"))],
    broadcast: (slot, outputs) => crashOfSlot(slot, outputs, points),
  }));
}

/** The engine stops at once when it is told to. */
export const shutdown: SystemRule = {
  action: "shutdown",
  for: "system",
  agent: "environment",
  tells: "the engine shuts down: every output is destroyed, then the chunks will be closed",
  cFunction: "flb_engine.c::flb_engine_shutdown",
  send: () => [toEngine("shutdown")],
  broadcast: () => [toChunk("detach")],
};
