import type { PropertyResult } from "../../explore/check-scope.ts";
import { foundLines } from "./found-lines.ts";
import { markdownTable } from "../markdown.ts";
import { pathKey, pathMarkdown, pathText } from "./path-words.ts";
import { wrapped } from "../wrapped.ts";
import { releaseCoverage } from "./release-coverage.ts";
import { releaseRows, releaseTable, type LetteredRun } from "./release-table.ts";
import { lengthWords, toldPaths } from "./scope-report.ts";
import { checkCommand } from "./scope-words.ts";
import type { Style } from "../style.ts";

/** A path that is told once, with every release that has it. */
interface SharedPath {
  readonly names: readonly string[];
  /** What is told of it. */
  readonly key: string;
  readonly releases: string[];
  readonly property: PropertyResult;
  readonly run: LetteredRun;
}

/**
 * The shortest path into each violated property of each release. Releases share a path if all that is told of it, the
 * reasons included, is so in each of them; a longer way into what is already shown is left out.
 */
function sharedPaths(runs: readonly LetteredRun[]): readonly SharedPath[] {
  const shared: SharedPath[] = [];
  const names = [...new Set(runs.map(({ release }) => release.name))];
  for (const name of names) {
    const shortest = new Map<string, { property: PropertyResult; run: LetteredRun }>();
    for (const run of runs.filter(({ release }) => release.name === name)) {
      for (const property of run.result.properties) {
        const known = shortest.get(property.property)?.property.path?.steps.length ?? Infinity;
        if (property.path !== null && property.path.steps.length < known) {
          shortest.set(property.property, { property, run });
        }
      }
    }
    for (const told of toldPaths([...shortest.values()].map(({ property }) => property))) {
      const run = shortest.get(told.names[0] ?? "")?.run;
      if (run === undefined) continue;
      const key = pathKey(told.property, run.result);
      const twin = shared.find((one) => one.names.join() === told.names.join() && one.key === key);
      if (twin === undefined) shared.push({ ...told, key, releases: [name], run });
      else twin.releases.push(name);
    }
  }
  return shared;
}

function title({ names, releases, property, run }: SharedPath): string {
  return `${releases.join(", ")}: ${names.join(" and ")} violated: ${lengthWords(property)}, in scope ${run.scope.letter}`;
}

/** A scope by its letter, in words. */
interface NamedScope {
  readonly letter: string;
  readonly title: string;
  readonly words: string;
}

function scopeLine({ letter, title: name, words }: NamedScope): string {
  return `(${letter}) ${name}: ${words}`;
}

const legend = [
  "holds: in each scope, every reachable state was visited.  violated (6 a): after 6 actions, in scope a.  –: nothing to say.",
  "chunks is N, task map is T, max chunks up is X, the over-limit quota is Q; a scope says every size that is not the release's own.",
];

/** All releases for a terminal: the table, the scopes, then the shortest way into each violation. */
export function releasesText(
  runs: readonly LetteredRun[],
  scopes: readonly NamedScope[],
  style: Style,
  width: number,
): string {
  return [
    ...foundLines(runs).map((line) => style.bold(wrapped(line, "", width))),
    "",
    releaseTable(runs, style, width),
    "",
    ...scopes.map((scope) => style.dim(scopeLine(scope))),
    ...legend.map((line) => style.dim(line)),
    ...releaseCoverage(runs).map((line) =>
      line.startsWith("!") ? style.yellow(line) : style.dim(line),
    ),
    ...sharedPaths(runs).flatMap((path) => [
      "",
      style.bold(title(path)),
      `should hold: ${path.property.meaning}`,
      style.dim(checkCommand(path.run.release, path.run.result.scope.parameters)),
      pathText(path.property, path.run.result, style),
    ]),
  ].join("\n");
}

/** All releases in Markdown, for an issue tracker. */
export function releasesMarkdown(
  runs: readonly LetteredRun[],
  scopes: readonly NamedScope[],
  style: Style,
): string {
  return [
    markdownTable(releaseRows(runs, style)),
    "",
    ...scopes.map((scope) => `- ${scopeLine(scope)}`),
    "",
    legend.join(" "),
    ...releaseCoverage(runs).flatMap((line) => ["", line]),
    ...sharedPaths(runs).flatMap((path) => [
      "",
      `#### ${title(path)}`,
      "",
      `\`${checkCommand(path.run.release, path.run.result.scope.parameters)}\``,
      "",
      ...pathMarkdown(path.property, path.run.result),
    ]),
  ].join("\n");
}
