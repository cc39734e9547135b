import { action, closing, outside, type StepReaders } from "./meaning.ts";

/** Who has a task, and what it costs above the limit. */
export const taskSteps: StepReaders<
  | "task_create"
  | "task_destroy"
  | "map_full"
  | "alt_down"
  | "quota_take"
  | "quota_release"
  | "quota_leak"
  | "quota_exhausted"
  | "quota_detach"
> = {
  task_create: () => action("dispatch"),
  task_destroy: closing,
  map_full: () => ({ kind: "refusedDispatch" }),
  alt_down: (cursor) => {
    cursor.follow("down");
    return action("evict");
  },
  quota_take: () => outside("no chunk was forced up for a retry"),
  quota_release: () => outside("no chunk went down or was closed"),
  quota_leak: () => outside("no chunk was closed"),
  quota_exhausted: () => outside("no retry was refused"),
  quota_detach: () => ({ kind: "detached" }),
};
