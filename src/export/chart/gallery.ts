import type { Release } from "../../../models/description.ts";
import { placementWords, type CataloguedMachine } from "./machine-catalogue.ts";
import { statechartOf, type ChartTransition } from "./statechart.ts";

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function row({ from, to, event, guard, actions, description }: ChartTransition): string {
  const cells = [
    code(from),
    code(event),
    code(guard ?? ""),
    actions.map(code).join(", "),
    code(to ?? ""),
    cell(description),
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(machine: CataloguedMachine, releases: readonly Release[]): string {
  return [
    `## ${machine.name}`,
    "",
    `${placementWords(machine, releases)}.`,
    "",
    `![Statechart of ${machine.name}](${machine.name}.svg)`,
    "",
    "| from | event | guard | actions | to | stands for |",
    "| --- | --- | --- | --- | --- | --- |",
    ...statechartOf(machine.machine).transitions.map(row),
    "",
  ].join("\n");
}

/** The page that shows every chart, with what each transition stands for in Fluent Bit. */
export function galleryMarkdown(
  machines: readonly CataloguedMachine[],
  releases: readonly Release[],
): string {
  return [
    "# Charts",
    "",
    "Drawn from the machines by `npm run charts`; a test fails where they no longer agree. To get one, as SVG, PNG or",
    "Mermaid: `unstuck chart chunk`, `unstuck chart --release park --mermaid`.",
    "",
    "A transition without a target leaves its state as it is. A guard `else` is our word for a transition that applies where",
    "the guards above it do not hold.",
    "",
    ...machines.map((machine) => section(machine, releases)),
    "## How they are composed",
    "",
    "Each row is an action: who takes it, under which guard, and which events it sends to which machines in one step.",
    "",
    ...releases.flatMap(({ name, summary }) => [
      `### ${name}`,
      "",
      `${summary}.`,
      "",
      `![How the system of ${name} is composed](system-${name}.svg)`,
      "",
    ]),
  ].join("\n");
}
