import {
  type BesideDeadFigures,
  deadBacklog,
  type LiveTraffic,
} from "../../engine/simulation/beside-dead.ts";
import { proofRows } from "./comparison-proofs.ts";
import type { ComparedRelease, Comparison, Lettered } from "./comparison.ts";
import { propertyRows } from "../scope/release-table.ts";
import { countWords, durationWords } from "../simulation/simulation-words.ts";
import type { Style } from "../style.ts";

/** A part of a comparison: a table with a column for each release, and what one must know to read it. */
export interface ComparisonSection {
  readonly title: string;
  /** What prints these numbers alone. */
  readonly command: string;
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** A number as people read it: three digits, and no more than three decimals. */
export function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US");
}

function letteredLine({ letter, title, words }: Lettered): string {
  return `(${letter}) ${title}: ${words}`;
}

/** The sections of a comparison that were asked for. */
export function comparisonSections(
  comparison: Comparison,
  style: Style,
): readonly ComparisonSection[] {
  return [
    ...scopesSection(comparison, style),
    ...proofsSection(comparison, style),
    ...memorySection(comparison),
    ...besideDeadSection(comparison),
    ...outageSection(comparison),
  ];
}

function scopesSection({ releases, scopes }: Comparison, style: Style): ComparisonSection[] {
  const runs = releases.flatMap((one) => one.runs);
  if (runs.length === 0) return [];
  return [
    {
      title: "Small scopes, explored exhaustively",
      command: "unstuck check",
      rows: propertyRows(runs, style),
      notes: [
        ...scopes.map(letteredLine),
        "no 6 (a): violated, after 6 actions in scope a.  –: nothing to say.",
      ],
    },
  ];
}

function proofsSection({ releases, shapes }: Comparison, style: Style): ComparisonSection[] {
  if (releases.every(({ proofs }) => proofs.length === 0)) return [];
  const { rows, notes } = proofRows(releases, style);
  return [
    {
      title: "Every number of chunks N, tasks T, chunks up X and quota Q",
      command: "unstuck compare --only sizes",
      rows,
      notes: [
        ...shapes.map(({ letter, title }) => `(${letter}) ${title}`),
        ...notes,
        "(B): in shape B only.  ?: not decided in the time.",
      ],
    },
  ];
}

function memorySection({ releases, crashScopes }: Comparison): ComparisonSection[] {
  const row = cellsOf(releases, ({ memory }) => memory);
  if (row === undefined) return [];
  return [
    {
      title: "Memory, and what a crash sends twice",
      command: "unstuck compare --only memory",
      rows: [
        row("chunks in memory, 2 outputs", ({ bound }) => bound ?? "–"),
        row("most above X in any scope", ({ mostAbove }) => String(mostAbove)),
        ...crashScopes.map((scope, index) =>
          row(`twice: ${scope}`, ({ repeated }) => String(repeated[index] ?? "?")),
        ),
        row("twice at the real limits", ({ sentTwice }) =>
          sentTwice === null ? "–" : countWords(sentTwice),
        ),
      ],
      notes: [
        "twice: the most deliveries of a scope that were over before a crash and are owed again after it.",
        "At the real limits: records that arrived twice in the simulator, killed while one of two outputs was down.",
      ],
    },
  ];
}

const traffics: readonly { readonly traffic: LiveTraffic; readonly words: string }[] = [
  { traffic: "both", words: "new chunks go to both" },
  { traffic: "healthy only", words: "new chunks go to the healthy one" },
];

function besideDeadSection({ releases }: Comparison): ComparisonSection[] {
  return traffics.flatMap(({ traffic, words }) => {
    const row = cellsOf(releases, ({ throughput }) => throughput?.[traffic] ?? null);
    if (row === undefined) return [];
    return [
      {
        title: `A healthy output beside a dead one with a backlog of ${countWords(deadBacklog)} chunks: ${words}`,
        command: "unstuck compare --only throughput",
        rows: besideDeadRows(row),
        notes: [
          "70 tags, one record a second each, a flush every second; 2,048 tasks (or the release's own), 128 chunks up; 20 minutes after a warm-up of two.",
        ],
      },
    ];
  });
}

function besideDeadRows(row: RowOf<BesideDeadFigures>): readonly (readonly string[])[] {
  return [
    row("records/s to the healthy one", (one) => figure(one.recordsPerSecond)),
    row("deliveries/s to it", (one) => figure(one.deliveriesPerSecond)),
    row("delay, median", ({ delay }) => orNone(delay?.median, seconds)),
    row("delay, longest", ({ delay }) => orNone(delay?.longest, seconds)),
    row("attempts/s on the dead one", (one) => figure(one.attemptsPerSecond)),
    row("wasted attempts per delivery", (one) => orNone(one.wastedPerDelivery, figure)),
    row("loads from disk per delivery", (one) => orNone(one.loadsPerDelivery, figure)),
    row("chunk files at the end", ({ filesLeft }) => filesLeft.toLocaleString("en-US")),
  ];
}

function outageSection({ releases }: Comparison): ComparisonSection[] {
  const row = cellsOf(releases, ({ outage }) => outage);
  if (row === undefined) return [];
  return [
    {
      title: "Two hours without the only output",
      command: "unstuck compare --only outage",
      rows: [
        row("stuck since", ({ drain }) => orNone(drain.stuckSince, durationWords)),
        row("no new input: 99% arrived after", ({ drain }) => after(drain.backlog.mostlyGoneAfter)),
        row("no new input: all arrived after", ({ drain }) => after(drain.backlog.goneAfter)),
        row("no new input: left after 1h", ({ drain }) => countWords(drain.backlog.left)),
        row("input goes on: 99% after", (one) => after(one.inputGoesOn.backlog.mostlyGoneAfter)),
        row("input goes on: all after", (one) => after(one.inputGoesOn.backlog.goneAfter)),
        row("input goes on: left after 1h", (one) => countWords(one.inputGoesOn.backlog.left)),
        row("most chunks up", ({ drain }) => figure(drain.mostUp)),
        row("loads per delivery, healthy", ({ drain }) => figure(drain.healthyLoadsPerDelivery)),
        row("loads/s in the outage", ({ drain }) => figure(drain.outageLoadsPerSecond)),
      ],
      notes: [
        "140 tags, one record a second each, before and during the outage; the records are those that were owed at the return.",
        "loads: chunks brought up from disk, to be flushed or to be written to.",
      ],
    },
  ];
}

type RowOf<Findings> = (label: string, words: (findings: Findings) => string) => readonly string[];

/** Makes rows of what was found out; undefined if nothing was found out about any release. */
function cellsOf<Findings>(
  releases: readonly ComparedRelease[],
  findingsOf: (release: ComparedRelease) => Findings | null,
): RowOf<Findings> | undefined {
  const found = releases.map(findingsOf);
  if (found.every((findings) => findings === null)) return undefined;
  return (label, words) => [
    label,
    ...found.map((findings) => (findings === null ? "–" : words(findings))),
  ];
}

function after(value: number | null): string {
  return value === null ? "over 1h" : durationWords(value);
}

function seconds(value: number): string {
  return `${figure(value)}s`;
}

function orNone(value: number | null | undefined, words: (value: number) => string): string {
  return value === null || value === undefined ? "–" : words(value);
}
