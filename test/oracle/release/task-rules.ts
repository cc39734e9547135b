import type { Step } from "../rules.ts";
import { subsetsOf } from "../rules.ts";
import type { Change } from "./change.ts";
import { act, chunkIn } from "./change.ts";
import { become, putDown } from "./chunk-life.ts";
import type { Chunk, Delivery, ReleaseState } from "./release-state.ts";
import { hasRoomForNew, isMapped, tasksOf } from "./release-state.ts";
import type { Settings } from "./settings.ts";

/** What the engine may do with an idle chunk. */
export function* idleSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  chunk: Chunk,
): Iterable<Step<ReleaseState>> {
  if (chunk.storage === "onDisk") {
    if (state.phase === "running") {
      yield act(settings, state, { action: "queue", slot }, (change) => {
        chunkIn(change, slot).storage = "down";
      });
    }
    return;
  }
  const tasks = tasksOf(state);
  const mayBringUp = hasRoomForNew(settings, state);
  if (tasks < settings.taskMapSize && (isMapped(chunk) || mayBringUp)) {
    yield* dispatchSteps(settings, state, slot, chunk);
  }
  if (tasks === settings.taskMapSize) {
    if (!settings.checkMapFirst && chunk.storage === "down" && mayBringUp) {
      yield act(settings, state, { action: "dispatchWithoutTask", slot }, (change) => {
        chunkIn(change, slot).storage = "up";
      });
    }
    if (settings.evictIdleWhenMapFull && chunk.storage === "up") {
      yield act(settings, state, { action: "evict", slot }, (change) => {
        putDown(change, slot);
      });
    }
  }
}

/** `dispatch(c)`, and beside it each way in which some of its flushes do not start (§9.5). */
function* dispatchSteps(
  settings: Settings,
  state: ReleaseState,
  slot: number,
  chunk: Chunk,
): Iterable<Step<ReleaseState>> {
  yield act(settings, state, { action: "dispatch", slot }, (change) => {
    createTask(change, slot);
  });
  for (const [failure, status] of [
    ["start", "orphaned"],
    ["worker", "pinned"],
  ] as const) {
    if (settings.flushFails.includes(failure)) {
      for (const failed of subsetsOf(chunk.charged)) {
        yield act(settings, state, { action: "flushFails", slot }, (change) => {
          createTask(change, slot)
            .filter(({ output }) => failed.includes(output))
            .forEach((delivery) => {
              become(delivery, status);
            });
        });
      }
    }
  }
}

function createTask(change: Change, slot: number): Delivery[] {
  const chunk = chunkIn(change, slot);
  if (!isMapped(chunk)) {
    chunk.storage = "up";
  }
  chunk.task = chunk.charged.map((output) => ({
    output,
    status: "flushing",
    retriesUsed: 0,
    marked: false,
  }));
  return chunk.task;
}
