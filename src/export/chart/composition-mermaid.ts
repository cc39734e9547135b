import type { Composition, CompositionRow } from "./composition.ts";

const actors = [
  ["input", "theInput", "the input"],
  ["engine", "theEngine", "the engine"],
  ["environment", "theWorld", "the world outside"],
] as const;

/** Text that Mermaid does not take for its own syntax. */
function plain(text: string): string {
  return text.replaceAll("#", "#35;").replaceAll(";", "#59;");
}

function block(row: CompositionRow, participant: (role: string) => string): readonly string[] {
  const { action, agent, where, guard, sends, counters, reactions, tells } = row;
  const actor = actors.find(([known]) => known === agent)?.[1];
  const needs = [where, ...guard].filter((text) => text !== "").join(", ");
  const after = [...counters, ...reactions.map((reaction) => `then ${reaction}`)].join(", ");
  return [
    `  opt ${plain(`${action}${needs === "" ? "" : ` [${needs}]`}`)}`,
    ...sends.map(({ role, event, toEach, always }) => {
      const from = actor ?? participant(role);
      const arrow = always ? "->>" : "-->>";
      return `    ${from}${arrow}${participant(role)}: ${event}${toEach ? " (each)" : ""}`;
    }),
    ...(sends[0] === undefined
      ? []
      : [
          `    Note over ${participant(sends[0].role)}: ${plain(after === "" ? tells : `${tells} / ${after}`)}`,
        ]),
    "  end",
  ];
}

/**
 * How a release is composed, as a Mermaid sequence diagram: a participant for each machine, a box for each action. A
 * dashed arrow is an event that is sent in some cases only.
 */
export function compositionMermaid({ release, slots, lanes, rows }: Composition): string {
  // "end" and names of actors would clash with Mermaid's words and with each other.
  const participant = (role: string): string => `${role}Machine`;
  const declared = (inSlot: boolean): readonly string[] =>
    lanes
      .filter((lane) => lane.inSlot === inSlot)
      .map(
        ({ role, perOutput }) =>
          `participant ${participant(role)} as ${role}${perOutput ? " × outputs" : ""}`,
      );
  return [
    "---",
    `title: system ${release}`,
    "---",
    "sequenceDiagram",
    ...actors
      .filter(([agent]) => rows.some((row) => row.agent === agent))
      .map(([, id, words]) => `  actor ${id} as ${words}`),
    ...declared(false).map((line) => `  ${line}`),
    `  box slot × ${slots}`,
    ...declared(true).map((line) => `    ${line}`),
    "  end",
    ...rows.flatMap((row) => block(row, participant)),
    "",
  ].join("\n");
}
