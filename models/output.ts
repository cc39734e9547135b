import { setup } from "xstate";
import type { MachineEvent } from "./description.ts";

type OutputEvent =
  | { type: "goDown" }
  | { type: "comeBack" }
  | { type: "accept" }
  | { type: "refuse" }
  | { type: "fail" }
  | { type: "hang" }
  | { type: "unhang" };

/** The far end of an `[OUTPUT]` section: a network endpoint that may go away and come back. */
export const outputMachine = setup({
  types: { events: {} as OutputEvent },
  actions: {
    answerOk: () => undefined,
    answerRetry: () => undefined,
    answerError: () => undefined,
  },
}).createMachine({
  id: "output",
  initial: "online",
  states: {
    online: {
      description: "Accepts what is flushed.",
      on: {
        accept: { actions: "answerOk", description: "flb_output.h::flb_output_return, FLB_OK" },
        fail: { actions: "answerError", description: "flb_output.h::flb_output_return, FLB_ERROR" },
        goDown: { target: "offline", description: "the network, or the far end, goes away" },
        hang: { target: "hung", description: "the far end takes what comes and answers nothing" },
      },
    },
    offline: {
      description: "Every flush ends in FLB_RETRY.",
      on: {
        refuse: {
          actions: "answerRetry",
          description: "flb_output.h::flb_output_return, FLB_RETRY",
        },
        fail: { actions: "answerError", description: "flb_output.h::flb_output_return, FLB_ERROR" },
        comeBack: { target: "online", description: "the far end answers again" },
      },
    },
    hung: {
      description: "A flush does not end.",
      on: {
        unhang: { target: "online", description: "the far end answers again" },
      },
    },
  },
});

/** Events of outputs that may hang. */
export const hangEvents: readonly MachineEvent[] = [{ type: "hang" }, { type: "unhang" }];

/** Every event of the output machine, where outputs do not hang. */
export const outputEvents: readonly MachineEvent[] = [
  { type: "goDown" },
  { type: "comeBack" },
  { type: "accept" },
  { type: "refuse" },
  { type: "fail" },
];
