import { expect, it } from "vitest";
import type { AnyStateMachine } from "xstate";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { machineCatalogue, placementWords } from "../../src/export/chart/machine-catalogue.ts";

const releases = await loadReleases();
const machines = machineCatalogue(releases);

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
  const sections = machines.map((entry) => {
    const { machine } = entry;
    return [
      `## ${machine.id}`,
      "",
      `${placementWords(entry, releases)}.`.replace(/^./, (letter) => letter.toUpperCase()),
      "",
      ...Object.values(machine.states).map(
        (state) => `- **${state.key}**: ${state.description ?? ""}`,
      ),
      "",
      "| from | event | to | stands for |",
      "| --- | --- | --- | --- |",
      ...rows(machine),
      "",
    ].join("\n");
  });
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
