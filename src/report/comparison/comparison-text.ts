import { columns } from "../columns.ts";
import { comparisonSections } from "./comparison-sections.ts";
import type { Comparison } from "./comparison.ts";
import { markdownTable } from "../markdown.ts";
import { headingRows } from "../scope/release-table.ts";
import type { Style } from "../style.ts";

/** A comparison for a terminal: a table for each section, all with the same columns. */
export function comparisonText(comparison: Comparison, style: Style): string {
  const sections = comparisonSections(comparison, style);
  const names = comparison.releases.map(({ release }) => release.name);
  const headings = headingRows(["", ...names])
    .filter((line) => line.some((word) => word !== ""))
    .map((line) => line.map((word) => style.bold(word)));
  const numbers = names.map((_, index) => index + 1);
  const lines = columns([...headings, ...sections.flatMap(({ rows }) => rows)], numbers).split(
    "\n",
  );
  const heading = lines.splice(0, headings.length);
  return sections
    .map(({ title, rows, notes }) =>
      [
        style.bold(title),
        ...heading,
        ...lines.splice(0, rows.length),
        ...notes.map((note) => style.dim(note)),
      ].join("\n"),
    )
    .join("\n\n");
}

/** A comparison in Markdown, with the command behind each table. */
export function comparisonMarkdown(comparison: Comparison, style: Style): string {
  const names = comparison.releases.map(({ release }) => release.name);
  return comparisonSections(comparison, style)
    .map(({ title, command, rows, notes }) =>
      [
        `#### ${title}`,
        "",
        markdownTable([["", ...names], ...rows]),
        "",
        ...notes.map((note) => `- ${note}`),
        `- \`npx ${command}\``,
      ].join("\n"),
    )
    .join("\n\n");
}
