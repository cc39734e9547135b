import { expect, it } from "vitest";
import type { AnyStateMachine } from "xstate";
import { chunkMachine } from "../../models/chunk.ts";
import { deliveryMachine } from "../../models/delivery.ts";
import { engineMachine } from "../../models/engine.ts";
import { inputMachine } from "../../models/input.ts";
import { outputMachine } from "../../models/output.ts";
import { taskMachine } from "../../models/task.ts";

const machines: readonly AnyStateMachine[] = [
  chunkMachine,
  taskMachine,
  deliveryMachine,
  outputMachine,
  inputMachine,
  engineMachine,
];

function rows(machine: AnyStateMachine): readonly string[] {
  return Object.values(machine.states).flatMap((state) =>
    [...state.transitions.values()].flat().map((transition) => {
      const target = transition.target?.[0]?.key ?? state.key;
      const guard: unknown = transition.guard;
      const condition = typeof guard === "string" ? ` [${guard}]` : "";
      return `| ${state.key} | ${transition.eventType}${condition} | ${target} | ${transition.description ?? ""} |`;
    }),
  );
}

it("docs/machines.md lists every transition with the C function that it stands for", async () => {
  const sections = machines.map((machine) =>
    [
      `## ${machine.id}`,
      "",
      ...Object.values(machine.states).map(
        (state) => `- **${state.key}**: ${state.description ?? ""}`,
      ),
      "",
      "| from | event | to | stands for |",
      "| --- | --- | --- | --- |",
      ...rows(machine),
      "",
    ].join("\n"),
  );
  const page = [
    "# Machines",
    "",
    "Every transition of `models/`, with the C function that it stands for (release v3.0.4 unless it says otherwise).",
    "Written by `npx vitest run test/docs -u` from the machines themselves.",
    "",
    ...sections,
  ].join("\n");
  expect(sections.every((section) => !section.includes("|  |"))).toBe(true);
  await expect(page).toMatchFileSnapshot("../../docs/machines.md");
});
