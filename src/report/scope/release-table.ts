import type { Release } from "../../../models/description.ts";
import type { PropertyResult } from "../../explore/check-scope.ts";
import { columnsWithin } from "../columns.ts";
import type { Style } from "../style.ts";
import type { TimedResult } from "./timed-result.ts";

/** A release at one of several scopes, each known by a letter. */
export interface LetteredRun extends TimedResult {
  readonly scope: { readonly letter: string };
  readonly release: Release;
}

interface Cell {
  readonly mark: "holds" | "violated" | "unknown" | "nothing to say";
  readonly text: string;
}

/** The verdict over all scopes of a release: the shortest violation if there is one. */
function cellOf(runs: readonly LetteredRun[], property: string): Cell {
  const found: { readonly letter: string; readonly one: PropertyResult }[] = runs.flatMap(
    ({ scope, result }) =>
      result.properties
        .filter((one) => one.property === property)
        .map((one) => ({ letter: scope.letter, one })),
  );
  const violated = found
    .filter(({ one }) => one.verdict === "violated")
    .sort((a, b) => (a.one.length ?? 0) - (b.one.length ?? 0))[0];
  if (violated !== undefined) {
    const length = violated.one.length === null ? "" : `${violated.one.length} `;
    return { mark: "violated", text: `violated (${length}${violated.letter})` };
  }
  if (found.some(({ one }) => one.verdict === "unknown")) return { mark: "unknown", text: "?" };
  if (found.every(({ one }) => one.vacuous)) return { mark: "nothing to say", text: "–" };
  return { mark: "holds", text: "holds" };
}

function sum(runs: readonly LetteredRun[], number: (run: LetteredRun) => number): string {
  return String(Math.round(runs.reduce((total, run) => total + number(run), 0)));
}

/** The runs of each release, in the order in which releases first occur. */
export function runsByRelease(runs: readonly LetteredRun[]): readonly (readonly LetteredRun[])[] {
  const names = [...new Set(runs.map(({ release }) => release.name))];
  return names.map((name) => runs.filter(({ release }) => release.name === name));
}

/** A row for each property: its name, then the verdict on each release over all its scopes. */
export function propertyRows(runs: readonly LetteredRun[], style: Style): readonly string[][] {
  const properties = runs[0]?.result.properties.map(({ property }) => property) ?? [];
  const paint = ({ mark, text }: Cell): string => {
    switch (mark) {
      case "holds":
        return style.green(text);
      case "violated":
        return style.red(text);
      case "unknown":
        return style.yellow(text);
      case "nothing to say":
        return style.dim(text);
    }
  };
  return properties.map((property) => [
    property,
    ...runsByRelease(runs).map((own) => paint(cellOf(own, property))),
  ]);
}

/** The rows of the table of properties by releases: heading, properties, then states, transitions and time. */
export function releaseRows(runs: readonly LetteredRun[], style: Style): readonly string[][] {
  const byRelease = runsByRelease(runs);
  return [
    ["", ...byRelease.map((own) => own[0]?.release.name ?? "")],
    ...propertyRows(runs, style),
    ["states", ...byRelease.map((own) => sum(own, ({ result }) => Number(result.counts.labelled)))],
    [
      "transitions",
      ...byRelease.map((own) => sum(own, ({ result }) => Number(result.counts.transitions))),
    ],
    ["ms", ...byRelease.map((own) => sum(own, ({ elapsedMs }) => elapsedMs))],
  ];
}

/** The names of releases as headings over two lines, so that columns stay narrow. */
export function headingRows(names: readonly string[]): readonly (readonly string[])[] {
  const halves = names.map((name) => /^(\w+)-(\w+)$/.exec(name)?.slice(1) ?? [name]);
  return [
    halves.map(([first = "", second]) => (second === undefined ? "" : first)),
    halves.map(([first = "", second]) => second ?? first),
  ];
}

/** The table of properties by releases, for a terminal of so many columns. */
export function releaseTable(runs: readonly LetteredRun[], style: Style, width: number): string {
  const [heading = [], ...rows] = releaseRows(runs, style);
  return columnsWithin([...headingRows(heading), ...rows], width);
}
