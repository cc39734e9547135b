import type { ProofSummary, PropertySummary } from "../../prove/proof-summary.ts";
import { columnsWithin } from "../columns.ts";
import { markdownTable } from "../markdown.ts";
import {
  outagesWords,
  rangeWords,
  replayWords,
  settingsWords,
  shapeWords,
  symbolsWords,
} from "./proof-words.ts";
import { headingRows } from "../scope/release-table.ts";
import type { Style } from "../style.ts";

/** The conditions of a table, each known by a letter. */
type Letters = ReadonlyMap<string, string>;

function lettersOf(proofs: readonly ProofSummary[]): Letters {
  const conditions = new Set(
    proofs.flatMap(({ properties }) =>
      properties.flatMap(({ condition }) => condition?.text ?? []),
    ),
  );
  return new Map(
    [...conditions].map((text, index) => [text, String.fromCharCode("a".charCodeAt(0) + index)]),
  );
}

function cell(property: PropertySummary | undefined, letters: Letters, style: Style): string {
  switch (property?.verdict) {
    case undefined:
      return "";
    case "proved":
      return style.green("proved");
    case "refuted": {
      const letter = letters.get(property.condition?.text ?? "");
      return style.red(letter === undefined ? "refuted" : `iff (${letter})`);
    }
    case "unknown":
      return style.yellow("unknown");
  }
}

/** Proofs of one shape, in the order of their releases. */
function byShape(proofs: readonly ProofSummary[]): readonly (readonly ProofSummary[])[] {
  const shapes = new Map<string, ProofSummary[]>();
  for (const proof of proofs) {
    const words = shapeWords(proof.parameters);
    shapes.set(words, [...(shapes.get(words) ?? []), proof]);
  }
  return [...shapes.values()];
}

function rowsOf(
  proofs: readonly ProofSummary[],
  letters: Letters,
  style: Style,
): readonly (readonly string[])[] {
  const names = [
    ...new Set(proofs.flatMap(({ properties }) => properties.map(({ property }) => property))),
  ];
  return names.map((name) => [
    name,
    ...proofs.map(({ properties }) =>
      cell(
        properties.find(({ property }) => property === name),
        letters,
        style,
      ),
    ),
  ]);
}

/** A run into violations, told once for all releases and properties that have it. */
interface SharedWay {
  readonly releases: Set<string>;
  readonly properties: Set<string>;
  readonly where: string;
  readonly actions: string;
  readonly told: string;
  /** By release, what came of the run at its real sizes. */
  readonly replays: Set<string>;
}

function sharedWays(proofs: readonly ProofSummary[]): readonly SharedWay[] {
  const ways = new Map<string, SharedWay>();
  for (const { release, properties } of proofs) {
    for (const { property, paths } of properties) {
      for (const path of paths ?? []) {
        const key = `${path.where}: ${path.actions}`;
        const way: SharedWay = ways.get(key) ?? {
          releases: new Set(),
          properties: new Set(),
          where: path.where,
          actions: path.actions,
          told: `${path.length} actions, ${outagesWords(path)}`,
          replays: new Set(),
        };
        way.releases.add(release);
        way.properties.add(property);
        const replayed = replayWords(path);
        if (replayed !== null) way.replays.add(replayed);
        ways.set(key, way);
      }
    }
  }
  return [...ways.values()];
}

const legend = (least: ProofSummary["least"]): readonly string[] => [
  `proved: holds for every ${symbolsWords(least)} of at least 1.`,
  "iff (a): violated exactly where condition a holds; proved to hold everywhere else.",
  "refuted: violated in some scopes; where exactly is not decided.  unknown: not decided.",
];

/** Systems of one kind have the same limits. */
function legendOf([first]: readonly ProofSummary[]): readonly string[] {
  return legend(first?.least ?? {});
}

function conditionLines(letters: Letters): readonly string[] {
  return [...letters].map(([text, letter]) => `(${letter}) ${text}`);
}

/** The shape, and in what the systems differ from their releases. */
function heading(proofs: readonly ProofSummary[], { parameters }: ProofSummary): string {
  const settings = new Set(proofs.map(settingsWords).filter((words) => words !== ""));
  const set = settings.size === 0 ? "" : `, with ${[...settings].join("; ")}`;
  const larger = proofs
    .filter(({ least }) => Math.max(...Object.values(least)) > 1)
    .map((proof) => `; ${proof.release} for every ${rangeWords(proof)}`);
  return `${shapeWords(parameters)}${set}${larger.join("")}`;
}

/** Properties by releases, a table for each shape; then what is violated when, and the runs into it. */
export function proofTable(proofs: readonly ProofSummary[], style: Style, width: number): string {
  const letters = lettersOf(proofs);
  const lines: string[] = [];
  for (const own of byShape(proofs)) {
    const [first] = own;
    if (first === undefined) continue;
    lines.push(
      style.bold(heading(own, first)),
      columnsWithin(
        [
          ...headingRows(["", ...own.map(({ release }) => release)]),
          ...rowsOf(own, letters, style),
          ["seconds", ...own.map(({ elapsedMs }) => (elapsedMs / 1000).toFixed(1))],
        ],
        width,
      ),
      "",
    );
  }
  lines.push(...conditionLines(letters).map(style.dim), ...legendOf(proofs).map(style.dim));
  for (const own of byShape(proofs)) {
    const [first] = own;
    const ways = sharedWays(own);
    if (first === undefined || ways.length === 0) continue;
    lines.push("", style.bold(`Ways into the violations, ${heading(own, first)}`));
    let before = "";
    for (const { releases, properties, where, actions, told, replays } of ways) {
      const about = `${[...properties].join(", ")}: ${[...releases].join(", ")}`;
      if (about !== before) lines.push(about);
      before = about;
      lines.push(
        `  ${where}: ${actions}`,
        style.dim(`    ${told}; each guard proved for every size`),
        ...[...replays].map((one) => style.dim(`    ${one}`)),
      );
    }
  }
  return lines.join("\n");
}

/** The same in Markdown; without times, so that it is the same every time. */
export function proofMarkdown(proofs: readonly ProofSummary[], style: Style): string {
  const letters = lettersOf(proofs);
  return [
    ...byShape(proofs).flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      return [
        `### ${heading(own, first)}`,
        "",
        markdownTable([["", ...own.map(({ release }) => release)], ...rowsOf(own, letters, style)]),
        "",
      ];
    }),
    legendOf(proofs).join("\n"),
    "",
    ...conditionLines(letters).map((line) => `- ${line}`),
    ...byShape(proofs).flatMap((own) => {
      const [first] = own;
      const ways = sharedWays(own);
      if (first === undefined || ways.length === 0) return [];
      return [
        "",
        `### Ways into the violations, ${heading(own, first)}`,
        "",
        ...ways.map(({ releases, properties, where, actions, told, replays }) =>
          [
            `- ${[...properties].join(", ")}: ${[...releases].join(", ")}; ${where}: \`${actions}\``,
            `${told}; each guard proved for every size`,
            ...replays,
          ].join(".\n  "),
        ),
      ];
    }),
  ].join("\n");
}
