import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type OutputEvent =
  { type: "goDown" } | { type: "comeBack" } | { type: "accept" } | { type: "refuse" };

/** The far end of an `[OUTPUT]` section: a network endpoint that may go away and come back. */
export const outputMachine = setup({
  types: { events: {} as OutputEvent },
  actions: { answerOk: () => undefined, answerRetry: () => undefined },
}).createMachine({
  id: "output",
  initial: "online",
  states: {
    online: {
      description: "Accepts what is flushed.",
      on: {
        accept: { actions: "answerOk", description: "flb_output.h::flb_output_return, FLB_OK" },
        goDown: { target: "offline", description: "the network, or the far end, goes away" },
      },
    },
    offline: {
      description: "Every flush ends in FLB_RETRY.",
      on: {
        refuse: {
          actions: "answerRetry",
          description: "flb_output.h::flb_output_return, FLB_RETRY",
        },
        comeBack: { target: "online", description: "the far end answers again" },
      },
    },
  },
});

/** Every event of the output machine. */
export const outputEvents: readonly MachineEvent[] = [
  { type: "goDown" },
  { type: "comeBack" },
  { type: "accept" },
  { type: "refuse" },
];
