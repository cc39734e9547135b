import type { UnderMechanism } from "../../analysis/fixes-under-mechanisms.ts";
import { markdownTable } from "../markdown.ts";
import { checkCommand } from "./scope-words.ts";

function cellOf({ broken }: UnderMechanism): string {
  if (broken === null) return "undecided";
  const words = broken.map(({ property, length, byTheFix }) =>
    byTheFix ? `**${property} ${length}**` : `${property} ${length}`,
  );
  return words.length === 0 ? "holds" : words.join(", ");
}

/** A table of mechanisms by releases, and the command that shows each row of the first release. */
export function fixesUnderMechanismsMarkdown(found: readonly UnderMechanism[]): string {
  const titles = [...new Set(found.map(({ beside }) => beside.title))];
  const rows = titles.map((title) => ({
    title,
    cells: found.filter(({ beside }) => beside.title === title),
  }));
  const first = rows[0]?.cells ?? [];
  const table = markdownTable([
    ["beside it", ...first.map(({ release }) => release.name)],
    ...rows.map(({ title, cells }) => [title, ...cells.map(cellOf)]),
  ]);
  const commands = rows.flatMap(({ title, cells: [shown] }) =>
    shown === undefined
      ? []
      : [`- ${title}: \`npx ${checkCommand(shown.release, shown.parameters)}\``],
  );
  return [table, "", "Each row of the first column:", "", ...commands].join("\n");
}
