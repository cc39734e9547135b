import type { SystemRule } from "../description.ts";
import type { Mechanism } from "../mechanism.ts";
import { toEngine, toOutput } from "../messages.ts";
import type { Parameters } from "../parameters.ts";
import { isolationHangFair } from "../progress.ts";

const rules: readonly SystemRule[] = [
  {
    action: "hang",
    for: "output",
    agent: "environment",
    tells: "the output takes what comes and answers nothing",
    cFunction: "the network, or a blocked worker thread",
    send: ({ output }) => [toEngine("work"), toOutput(output, "hang")],
  },
  {
    action: "unhang",
    for: "output",
    agent: "environment",
    tells: "the output answers again",
    cFunction: "the network, or a blocked worker thread",
    send: ({ output }) => [toEngine("work"), toOutput(output, "unhang")],
  },
];

/** Outputs that hang: no outcome of a flush comes. */
export function hungOutputs({ outputHangs }: Parameters): Mechanism | null {
  return outputHangs
    ? { parts: () => ({ systemRules: rules, properties: [isolationHangFair] }) }
    : null;
}
