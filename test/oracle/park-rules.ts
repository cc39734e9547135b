import type { ParkParameters } from "./parameters.ts";
import type { Label, Observation, Rules, StateProperty, Step } from "./rules.ts";
import { masksOf, sortedSlots, upTo } from "./rules.ts";

interface OwedOutput {
  readonly output: number;
  /** Failures so far, counted only under a retry limit; else 0. */
  readonly failures: number;
}

interface ParkedChunk {
  readonly storage: "down" | "up";
  readonly owed: readonly OwedOutput[];
  readonly phase: "new" | "old" | "task";
  /** Empty unless in a task. */
  readonly flushing: readonly number[];
  /** The same as being in a task, except in the ablation where a parked chunk keeps its task. */
  readonly holdsTask: boolean;
}

interface ParkState {
  readonly online: readonly boolean[];
  readonly slots: readonly (ParkedChunk | null)[];
}

/** The actions of the `park` candidate. */
export function parkRules(parameters: ParkParameters): Rules<ParkState> {
  const masks = masksOf(parameters.outputs ?? 1, parameters.routing ?? "all");
  return {
    initial: {
      online: upTo(parameters.outputs ?? 1).map(() => true),
      slots: upTo(parameters.chunks).map(() => null),
    },
    steps: (state) => stepsOf(parameters, masks, state),
    observe: (state) => observe(parameters, state),
    canonical: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

function chunksOf(state: ParkState): ParkedChunk[] {
  return state.slots.filter((chunk) => chunk !== null);
}

function gate(state: ParkState): ParkState {
  if (chunksOf(state).some(({ phase }) => phase === "old")) {
    return state;
  }
  return {
    ...state,
    slots: state.slots.map((chunk) =>
      chunk?.phase === "new" ? { ...chunk, phase: "old" } : chunk,
    ),
  };
}

function stepsOf(
  parameters: ParkParameters,
  masks: readonly (readonly number[])[],
  state: ParkState,
): Step<ParkState>[] {
  const taskMapSize = parameters.taskMapSize ?? 1;
  const maxChunksUp = parameters.maxChunksUp ?? 1;
  const limit = parameters.retryLimit ?? "unlimited";
  const chunks = chunksOf(state);
  const up = chunks.filter(({ storage }) => storage === "up").length;
  const tasks = chunks.filter(({ holdsTask }) => holdsTask).length;
  const idleDown = chunks.some(({ phase, storage }) => phase !== "task" && storage === "down");
  const steps: Step<ParkState>[] = [];

  const step = (label: Label, ungated: ParkState): void => {
    const next = gate(ungated);
    steps.push({ label, next, loses: loses(limit, label, state, next) });
  };
  const change = (label: Label, slot: number, chunk: ParkedChunk | null): void => {
    step(label, { ...state, slots: state.slots.with(slot, chunk) });
  };
  const settle = (label: Label, slot: number, chunk: ParkedChunk): void => {
    if (chunk.flushing.length > 0) {
      change(label, slot, chunk);
    } else if (chunk.owed.length === 0) {
      change(label, slot, null);
    } else {
      const holdsTask = parameters.without === "taskRelease";
      change(label, slot, { ...chunk, storage: "down", phase: "new", holdsTask });
    }
  };

  for (const [slot, chunk] of state.slots.entries()) {
    if (chunk === null) {
      for (const mask of masks) {
        const mayBeUp = !idleDown || parameters.without === "idleDownCheck";
        change({ action: "ingest", slot }, slot, {
          storage: up < maxChunksUp && mayBeUp ? "up" : "down",
          owed: mask.map((output) => ({ output, failures: 0 })),
          phase: "new",
          flushing: [],
          holdsTask: false,
        });
      }
    } else if (chunk.phase !== "task") {
      const ofAge = chunk.phase === "old" || parameters.without === "ages";
      const fits = chunk.holdsTask || tasks < taskMapSize;
      if (ofAge && fits && (chunk.storage === "up" || up < maxChunksUp)) {
        change({ action: "dispatch", slot }, slot, {
          storage: "up",
          owed: chunk.owed,
          phase: "task",
          flushing: chunk.owed.map(({ output }) => output),
          holdsTask: true,
        });
      }
    } else {
      for (const { output, failures } of chunk.owed) {
        if (!chunk.flushing.includes(output)) {
          continue;
        }
        const flushing = chunk.flushing.filter((other) => other !== output);
        const without = chunk.owed.filter((other) => other.output !== output);
        if (state.online[output] === true) {
          settle({ action: "flushOk", slot, output }, slot, { ...chunk, flushing, owed: without });
        } else if (failures === limit) {
          settle({ action: "flushDrop", slot, output }, slot, {
            ...chunk,
            flushing,
            owed: without,
          });
        } else {
          const failed = { output, failures: limit === "unlimited" ? 0 : failures + 1 };
          const owed = chunk.owed.map((other) => (other.output === output ? failed : other));
          settle({ action: "flushRetry", slot, output }, slot, { ...chunk, flushing, owed });
        }
      }
    }
  }

  for (const [output, online] of state.online.entries()) {
    step(
      { action: online ? "outputDown" : "outputUp", output },
      { ...state, online: state.online.with(output, !online) },
    );
  }
  if (parameters.crash === true) {
    step(
      { action: "crash" },
      { ...state, slots: state.slots.map((chunk) => chunk && kill(chunk)) },
    );
  }
  return steps;
}

function kill(chunk: ParkedChunk): ParkedChunk {
  return {
    storage: "down",
    owed: chunk.owed.map(({ output }) => ({ output, failures: 0 })),
    phase: chunk.phase === "task" ? "new" : chunk.phase,
    flushing: [],
    holdsTask: false,
  };
}

/** Whether an output leaves some chunk's `owed` otherwise than by its own `flushOk` or `flushDrop`. */
function loses(
  limit: number | "unlimited",
  { action, slot: actor, output: flushed }: Label,
  before: ParkState,
  after: ParkState,
): boolean {
  const mayEnd = action === "flushOk" || (action === "flushDrop" && limit !== "unlimited");
  return before.slots.some((chunk, slot) =>
    chunk?.owed.some(({ output }) => {
      const stillOwed = after.slots[slot]?.owed.some((other) => other.output === output) ?? false;
      return !stillOwed && !(mayEnd && slot === actor && output === flushed);
    }),
  );
}

function observe(parameters: ParkParameters, state: ParkState): Observation {
  const chunks = chunksOf(state);
  const up = chunks.filter(({ storage }) => storage === "up").length;
  const unsafe: StateProperty[] = [];
  if (up > (parameters.maxChunksUp ?? 1)) {
    unsafe.push("memoryBound");
  }
  if (chunks.some(({ storage, flushing }) => storage === "down" && flushing.length > 0)) {
    unsafe.push("flushingIsMapped");
  }
  if (chunks.filter(({ holdsTask }) => holdsTask).length > (parameters.taskMapSize ?? 1)) {
    unsafe.push("taskMapBound");
  }
  return {
    running: true,
    online: state.online,
    up,
    live: upTo(state.slots.length).filter((slot) => state.slots[slot] !== null),
    owed: state.slots.flatMap((chunk, slot) =>
      (chunk?.owed ?? []).map(({ output }) => ({ slot, output })),
    ),
    unsafe,
  };
}
