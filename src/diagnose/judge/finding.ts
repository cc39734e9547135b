import type { EvidencePlace } from "../evidence-place.ts";

interface Since {
  /** The first line that shows it; null where none does. */
  readonly since: EvidencePlace | null;
  /** The last one. */
  readonly last: EvidencePlace | null;
}

/**
 * What each kind of finding rests on. The words are made of it in `report`. The verdicts: `stuck`, nothing leaves any more, and
 * nothing that the engine does changes it; `stopped`, the process ended by itself; `loss`, records are gone; `paused`, an input
 * waits; `starving`, one output cuts off another; `failing`, an output takes nothing; `draining`, retries wait, and deliveries
 * happen; `healthy`, deliveries happen, and nothing is known to wait; `undecided`, what was read fits several of these.
 */
interface FindingDetails {
  readonly "map-waits": {
    readonly verdict: "stuck";
    readonly tasks: number;
    readonly gone: number;
    readonly refusals: number;
  };
  readonly "snapshot-waits": {
    readonly verdict: "stuck";
    readonly busy: number;
    readonly up: number;
    readonly down: number;
  };
  readonly "letters-hold-memory": { readonly verdict: "stuck"; readonly up: number };
  readonly "all-unreadable": { readonly verdict: "stuck"; readonly tasks: number };
  readonly "waits-to-end": {
    readonly verdict: "stuck" | "undecided";
    readonly reloads: boolean;
    readonly chunks: number;
    readonly seconds: number;
  };
  readonly exited: { readonly verdict: "stopped" };
  readonly crashed: { readonly verdict: "stopped"; readonly signal: string };
  readonly "no-timer": { readonly verdict: "loss"; readonly chunks: number };
  readonly refused: {
    readonly verdict: "loss";
    readonly appends: number;
    /** Outputs that keep too much, where the log says so. */
    readonly overTotalLimit: readonly string[];
  };
  readonly "given-up": {
    readonly verdict: "loss";
    readonly chunks: number;
    readonly quarantined: number;
  };
  readonly evicted: { readonly verdict: "loss"; readonly chunks: number };
  readonly unreadable: {
    readonly verdict: "loss";
    readonly chunks: number;
    readonly gone: number;
  };
  readonly "dropped-records": {
    readonly verdict: "loss";
    readonly output: string;
    readonly records: number;
  };
  readonly "no-descriptors": { readonly verdict: "undecided"; readonly times: number };
  readonly paused: {
    readonly verdict: "paused";
    readonly input: string;
    readonly limit: string;
    /** Whether nothing will resume it. */
    readonly forGood: boolean;
    /** Appends that it refused since then; told at level debug only. */
    readonly refused: number;
  };
  readonly starving: {
    readonly verdict: "starving";
    readonly output: string;
    readonly served: readonly string[];
    readonly tasks: number;
    readonly refusals: number;
  };
  readonly blocked: {
    readonly verdict: "undecided";
    readonly output: string | null;
    readonly tasks: number;
    /** Of those, the ones whose retry found no memory since anything moved. */
    readonly refused: number;
    /** Whether any line at all shows an attempt or a delivery. */
    readonly moved: boolean;
    readonly seconds: number;
  };
  readonly overdue: {
    readonly verdict: "undecided";
    readonly output: string | null;
    readonly tasks: number;
    readonly seconds: number;
    readonly tellsInfo: boolean;
  };
  readonly lookalike: {
    readonly verdict: "undecided";
    readonly busy: number;
    readonly up: number;
    readonly down: number;
    readonly missing: readonly ("limit" | "map" | "bytes")[];
  };
  readonly "standing-still": {
    readonly verdict: "undecided";
    readonly output: string | null;
    readonly busy: number;
    readonly up: number;
    readonly seconds: number;
  };
  readonly unanswered: {
    readonly verdict: "failing";
    readonly output: string;
    readonly complaints: number;
    /** The last one, in the plugin's words. */
    readonly words: string;
  };
  readonly unexplained: {
    readonly verdict: "undecided";
    readonly lines: number;
    /** Retries of tasks that never failed, or deliveries while all tasks that can exist wait. */
    readonly what: "retries" | "deliveries";
  };
  readonly failing: {
    readonly verdict: "failing";
    readonly output: string | null;
    readonly tasks: number;
    /** Whether retries are seen to be attempted, so that the engine works. */
    readonly attempted: boolean;
  };
  readonly draining: {
    readonly verdict: "draining";
    readonly output: string | null;
    readonly tasks: number;
  };
  readonly silent: { readonly verdict: "undecided"; readonly seconds: number };
  readonly "one-sample": {
    readonly verdict: "undecided";
    /** Null where the storage is not told. */
    readonly busy: number | null;
  };
  readonly idle: { readonly verdict: "undecided"; readonly storageIsTold: boolean };
  readonly healthy: { readonly verdict: "healthy"; readonly outputs: readonly string[] };
}

/** What kinds of findings there are. */
export type FindingKind = keyof FindingDetails;

/** A finding of one of these kinds. */
export type FindingOf<K extends FindingKind> = {
  [P in K]: Since & { readonly kind: P } & FindingDetails[P];
}[K];

/** What was found, with what it rests on. */
export type Finding = FindingOf<FindingKind>;

/** What finding leads: the first of these kinds. */
const order: readonly Finding["kind"][] = [
  "map-waits",
  "snapshot-waits",
  "letters-hold-memory",
  "all-unreadable",
  "crashed",
  "exited",
  "waits-to-end",
  "no-timer",
  "refused",
  "given-up",
  "evicted",
  "unreadable",
  "dropped-records",
  "no-descriptors",
  "starving",
  "blocked",
  "lookalike",
  "paused",
  "overdue",
  "standing-still",
  "unexplained",
  "unanswered",
  "failing",
  "silent",
  "one-sample",
  "idle",
  "draining",
  "healthy",
];

function rank(finding: Finding): number {
  return order.indexOf(finding.kind);
}

/** The findings, the worst first. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(compareFindings);
}

/** Compares by what is worse: negative where the first is. */
export function compareFindings(a: Finding | undefined, b: Finding | undefined): number {
  return (a === undefined ? order.length : rank(a)) - (b === undefined ? order.length : rank(b));
}

/** Whether somebody has to do something: data is lost, or does not move again by itself. */
export function isBad(finding: Finding): boolean {
  const { verdict } = finding;
  if (verdict === "paused") return finding.forGood || finding.refused > 0;
  return verdict === "stuck" || verdict === "stopped" || verdict === "loss";
}

/** Whether what was read says too little to call the engine well. */
export function isOpen(finding: Finding): boolean {
  const { verdict } = finding;
  if (verdict === "failing") return finding.kind !== "failing" || !finding.attempted;
  return verdict === "undecided" || verdict === "starving" || verdict === "paused";
}
