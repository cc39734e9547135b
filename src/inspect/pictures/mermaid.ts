import type { Messages } from "../tell/messages.ts";
import { needsOf, type WaitGraph } from "../tell/wait-for.ts";

function quoted(text: string): string {
  return `"${text.replaceAll('"', "#quot;")}"`;
}

/** Who waits for whom, as a Mermaid flowchart. */
export function waitMermaid(graph: WaitGraph): string {
  const { groups, resources, holds } = graph;
  return [
    "flowchart LR",
    ...groups.map(
      ({ name, parts }, group) => `  g${group}[${quoted([name, ...parts].join("<br>"))}]`,
    ),
    ...resources.map(({ name, count, leaked }, resource) => {
      const lost = leaked === 0 ? [] : [`${leaked} by nobody: leaked`];
      const lines = [name, ...(count === "" ? [] : [count]), ...lost];
      return `  r${resource}([${quoted(lines.join("<br>"))}])`;
    }),
    ...groups.flatMap((_, group) =>
      needsOf(graph, group).map((resource) => `  g${group} -. needs .-> r${resource}`),
    ),
    ...holds.map(({ resource, group }) => `  r${resource} -- held by --> g${group}`),
    "",
  ].join("\n");
}

/** In a sequence diagram a semicolon ends a line, and a number sign begins an entity. */
function plain(text: string): string {
  return text.replaceAll("#", "#35;").replaceAll(";", "#59;");
}

/** A run as a Mermaid sequence diagram: a message for each event that a machine got. */
export function messageMermaid({ lines, bands }: Messages): string {
  const agents = [...new Set(bands.map(({ agent }) => agent))];
  return [
    "sequenceDiagram",
    ...agents.map((agent) => `  actor ${agent}`),
    ...lines.map(({ owner, name }, line) => {
      const words = owner === "" ? name : `${owner}<br>${name}`;
      return `  participant m${line} as ${plain(words)}`;
    }),
    ...bands.flatMap(({ step, words, agent, moved }) => [
      `  Note over ${agent}: ${step} ${plain(words)}`,
      ...moved.map(({ line, event, from, to }) => {
        const change = from === to ? "stays" : `${from} → ${to}`;
        const told = event === "" ? change : `${event} (${change})`;
        return `  ${agent}->>m${line}: ${plain(told)}`;
      }),
    ]),
    "",
  ].join("\n");
}
