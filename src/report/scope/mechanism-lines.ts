import type { FoundOut } from "../../analysis/mechanism-findings.ts";
import { pathMarkdown } from "./path-words.ts";
import { checkCommand } from "./scope-words.ts";
import type { Style } from "../style.ts";

function actions({ judged }: FoundOut): string {
  return judged.verdict === "violated" ? String(judged.length ?? "–") : judged.verdict;
}

/** One line a mechanism, for a terminal: how many actions, by what, since when, and what happens. */
export function mechanismLines(found: readonly FoundOut[], style: Style): string {
  return [
    style.bold("What further mechanisms do, and after how many actions:"),
    ...found.map(
      (one) =>
        `${style.red(actions(one).padStart(4))}  ${one.mechanism} (${one.versions}) ${one.says}`,
    ),
    style.dim("docs/mechanisms.md has the ways, and the command that shows each"),
  ].join("\n");
}

/** A section for each finding: what happens, the command that shows it, and the way. */
export function mechanismMarkdown(found: readonly FoundOut[]): string {
  return found
    .map((one) =>
      [
        `## ${one.mechanism}`,
        "",
        `${one.versions}: ${one.says}. \`${one.property}\` is violated after ${actions(one)} actions.`,
        "",
        "```sh",
        `npx ${checkCommand(one.release, one.result.scope.parameters)}`,
        "```",
        "",
        ...pathMarkdown(one.judged, one.result),
      ].join("\n"),
    )
    .join("\n\n");
}
