import type { ReleaseParameters } from "./parameters.ts";
import { observeRelease } from "./release-observation.ts";
import type { Chunk, Delivery, ReleaseState } from "./release-state.ts";
import { isUp, tasksOf, upOf } from "./release-state.ts";
import type { Label, Rules, Step } from "./rules.ts";
import { masksOf, sortedSlots, upTo } from "./rules.ts";

/** The actions of Fluent Bit's releases and fixes, one after the other, as the semantics lists them. */
export function releaseRules(parameters: ReleaseParameters): Rules<ReleaseState> {
  const outputs = parameters.outputs ?? 1;
  const masks = masksOf(outputs, parameters.routing ?? "all");
  return {
    initial: {
      stopped: false,
      online: upTo(outputs).map(() => true),
      overLimitUp: upTo(outputs).map(() => 0),
      slots: upTo(parameters.chunks).map(() => null),
    },
    steps: (state) => stepsOf(parameters, masks, state),
    observe: (state) => observeRelease(parameters, state),
    canonical: (state) => ({ ...state, slots: sortedSlots(state.slots) }),
  };
}

function withSlot(state: ReleaseState, slot: number, chunk: Chunk | null): ReleaseState {
  return { ...state, slots: state.slots.with(slot, chunk) };
}

function addOverLimit(state: ReleaseState, output: number, by: number): ReleaseState {
  return {
    ...state,
    overLimitUp: state.overLimitUp.map((count, o) => (o === output ? count + by : count)),
  };
}

function putDown(state: ReleaseState, slot: number, chunk: Chunk): ReleaseState {
  const next = withSlot(state, slot, { ...chunk, storage: "down" });
  return typeof chunk.storage === "object"
    ? addOverLimit(next, chunk.storage.upForOutput, -1)
    : next;
}

function withDelivery(chunk: Chunk, output: number, changed: Omit<Delivery, "output">): Chunk {
  const task = (chunk.task ?? []).map((d) => (d.output === output ? { output, ...changed } : d));
  return { ...chunk, task };
}

function stepsOf(
  parameters: ReleaseParameters,
  masks: readonly (readonly number[])[],
  state: ReleaseState,
): Step<ReleaseState>[] {
  if (state.stopped) {
    return [];
  }
  const taskMapSize = parameters.taskMapSize ?? 1;
  const maxChunksUp = parameters.maxChunksUp ?? 1;
  const quota = parameters.overLimitQuota ?? 0;
  const limit = parameters.retryLimit ?? "unlimited";
  const releaseOnClose = parameters.releaseOnClose ?? true;
  const checkMapFirst = parameters.checkMapFirst ?? true;
  const up = upOf(state);
  const tasks = tasksOf(state);
  const steps: Step<ReleaseState>[] = [];

  const step = (label: Label, next: ReleaseState): void => {
    steps.push({ label, next, loses: false });
  };
  /** The delivery ends or waits as `changed` says; then *settle*. */
  const settle = (
    label: Label,
    before: ReleaseState,
    slot: number,
    chunk: Chunk,
    output: number,
    status: Delivery["status"],
  ): void => {
    const changed = withDelivery(chunk, output, { status, retriesUsed: 0 });
    const statuses = (changed.task ?? []).map((delivery) => delivery.status);
    if (statuses.includes("flushing") || statuses.includes("retry")) {
      const loses = statuses.includes("lost");
      steps.push({ label, next: withSlot(before, slot, changed), loses });
      return;
    }
    const closed = withSlot(before, slot, null);
    const next =
      typeof chunk.storage === "object" && releaseOnClose
        ? addOverLimit(closed, chunk.storage.upForOutput, -1)
        : closed;
    const mayClose = statuses.every(
      (ended) => ended === "delivered" || (ended === "dropped" && limit !== "unlimited"),
    );
    steps.push({ label, next, loses: !mayClose });
  };

  for (const [slot, chunk] of state.slots.entries()) {
    if (chunk === null) {
      if (!(parameters.pauseOnChunksOverlimit === true && up >= maxChunksUp)) {
        for (const mask of masks) {
          const storage = up < maxChunksUp ? "up" : "down";
          step({ action: "ingest", slot }, withSlot(state, slot, { storage, mask, task: null }));
        }
      }
      continue;
    }

    if (chunk.task === null) {
      const mapped = isUp(chunk);
      if (tasks < taskMapSize && (mapped || up < maxChunksUp)) {
        const storage = mapped ? chunk.storage : "up";
        const task = chunk.mask.map((output): Delivery => ({
          output,
          status: "flushing",
          retriesUsed: 0,
        }));
        step({ action: "dispatch", slot }, withSlot(state, slot, { ...chunk, storage, task }));
      }
      if (!checkMapFirst && !mapped && tasks === taskMapSize && up < maxChunksUp) {
        step(
          { action: "dispatchWithoutTask", slot },
          withSlot(state, slot, { ...chunk, storage: "up" }),
        );
      }
      if (
        parameters.evictIdleWhenMapFull === true &&
        chunk.storage === "up" &&
        tasks === taskMapSize
      ) {
        step({ action: "evict", slot }, putDown(state, slot, chunk));
      }
      continue;
    }

    for (const { output, status, retriesUsed } of chunk.task) {
      const scheduleFail: Label = { action: "scheduleFail", slot, output };

      if (status === "flushing" && state.online[output] === true) {
        settle({ action: "flushOk", slot, output }, state, slot, chunk, output, "delivered");
      } else if (status === "flushing" && retriesUsed === limit) {
        settle({ action: "flushDrop", slot, output }, state, slot, chunk, output, "dropped");
      } else if (status === "flushing") {
        const used = limit === "unlimited" ? 0 : retriesUsed + 1;
        const waiting = withDelivery(chunk, output, { status: "retry", retriesUsed: used });
        const alone = chunk.mask.length === 1;
        step(
          { action: "flushRetry", slot, output },
          alone ? putDown(state, slot, waiting) : withSlot(state, slot, waiting),
        );
        if (parameters.schedulerFails === true) {
          const before = alone ? putDown(state, slot, chunk) : state;
          const file: Chunk = alone ? { ...chunk, storage: "down" } : chunk;
          settle(scheduleFail, before, slot, file, output, "lost");
        }
      }

      if (status === "retry") {
        const flushing = withDelivery(chunk, output, { status: "flushing", retriesUsed });
        if (isUp(chunk)) {
          step({ action: "retryFire", slot, output }, withSlot(state, slot, flushing));
        } else if (up < maxChunksUp) {
          step(
            { action: "retryFire", slot, output },
            withSlot(state, slot, { ...flushing, storage: "up" }),
          );
        } else if ((state.overLimitUp[output] ?? 0) < quota) {
          const storage = { upForOutput: output };
          step(
            { action: "retryFireOverLimit", slot, output },
            addOverLimit(withSlot(state, slot, { ...flushing, storage }), output, 1),
          );
        } else {
          step({ action: "reschedule", slot, output }, state);
          if (parameters.schedulerFails === true) {
            settle(scheduleFail, state, slot, chunk, output, "lost");
          }
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
      {
        ...state,
        slots: state.slots.map((chunk) => chunk && { ...chunk, storage: "down", task: null }),
        overLimitUp: state.overLimitUp.map(() => 0),
      },
    );
  }
  if (parameters.shutdown === true) {
    step({ action: "shutdown" }, stop(state, parameters.detachOnOutputExit ?? false));
  }
  return steps;
}

function stop(state: ReleaseState, detach: boolean): ReleaseState {
  let stopped: ReleaseState = { ...state, stopped: true };
  for (const [slot, chunk] of state.slots.entries()) {
    if (detach && chunk !== null && typeof chunk.storage === "object") {
      const kept = withSlot(stopped, slot, { ...chunk, storage: "up" });
      stopped = addOverLimit(kept, chunk.storage.upForOutput, -1);
    }
  }
  return stopped;
}
