import { setup } from "xstate";
import type { MachineEvent, StateProperty, Total } from "./description.ts";

type TaskEvent = { type: "create" } | { type: "destroy" } | { type: "crash" };

/** The place in the task map that a chunk holds while it is delivered. */
export const taskMachine = setup({
  types: { events: {} as TaskEvent },
  // What it does to the input is said by the composition.
  actions: { setLimits: () => undefined },
}).createMachine({
  id: "task",
  initial: "vacant",
  states: {
    vacant: {
      description: "The chunk is idle: no task.",
      on: {
        create: {
          target: "running",
          description: "flb_task.c::flb_task_create: takes a free task id",
        },
      },
    },
    running: {
      description: "A place of the task map is held.",
      on: {
        destroy: {
          target: "vacant",
          actions: "setLimits",
          description:
            "flb_task.c::flb_task_destroy: gives the task id back, and asks whether the input may go on",
        },
        crash: { target: "vacant", description: "the task map died with the process" },
      },
    },
  },
});

/** Every event of the task machine. */
export const taskEvents: readonly MachineEvent[] = [
  { type: "create" },
  { type: "destroy" },
  { type: "crash" },
];

/** Places of the task map that are held. */
export const tasks: Total = {
  name: "tasks",
  perOutput: false,
  counts: (slot) => slot.is("task", "running"),
};

/** The task map never overflows. */
export const taskMapBound: StateProperty = {
  kind: "state",
  name: "taskMapBound",
  meaning: "there are never more tasks than the task map has places",
  perOutput: false,
  requires: () => [
    { quantity: { total: "tasks" }, relation: "<", bound: { constant: 1, taskMapSize: 1 } },
  ],
};
