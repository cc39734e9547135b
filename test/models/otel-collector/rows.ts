import { readFileSync } from "node:fs";
import type { Release } from "../../../models/description.ts";
import { release as v0121 } from "../../../models/otel-collector/releases/v0.121.ts";
import { release as v0129 } from "../../../models/otel-collector/releases/v0.129.ts";
import { release as v0159 } from "../../../models/otel-collector/releases/v0.159.ts";
import { parametersOf } from "../../../src/cli/options/scope-arguments.ts";
import { scopeOf, type Scope } from "../../../src/compile/scope.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";

const short: Readonly<Record<string, string>> = { N: "requests", Q: "queueSize", C: "consumers" };

/** A row of the page. */
export interface Row {
  readonly words: string;
  readonly release: Release;
  readonly settings: readonly string[];
  /** What the page says of the scope: counts, and the violated properties. */
  readonly says: string;
  readonly labelled: number;
}

/** `N=2 block crash=running release=v0.129` as a release and its settings. */
function rowOf(line: string): Row {
  const [words = "", ...cells] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  const parts = words.split(" ").map((part) => (part.includes("=") ? part : `${part}=true`));
  const named = parts.find((part) => part.startsWith("release="))?.slice("release=".length);
  const release = [v0121, v0129, v0159].find(({ name }) => name === (named ?? "v0.159"));
  if (release === undefined) throw new Error(`${words}: no such release`);
  const settings = parts
    .filter((part) => !part.startsWith("release="))
    .map((part) => part.replace(/^[NQC](?==)/u, (letter) => short[letter] ?? letter));
  return { words, release, settings, says: cells.join(" | "), labelled: Number(cells[0]) };
}

/** Every row of section 7 of the page. */
export const rows: readonly Row[] = readFileSync(
  "test/fixtures/systems/otel-collector-rows.md",
  "utf8",
)
  .split("\n")
  .filter((line) => line.startsWith("| N="))
  .map(rowOf);

/** The scope of a row, with its release or a changed one. */
export function scopeOfRow(
  { release, settings }: Pick<Row, "release" | "settings">,
  changed: Release = release,
): Scope {
  return scopeOf(changed, parametersOf(release, settings));
}

/** What the explorer finds in a scope, written as the page writes it. */
export function foundIn(scope: Scope): string {
  const { counts, properties, complete } = checkScope(scope);
  if (!complete) throw new Error("the search ended early");
  const violated = properties
    .filter(({ verdict }) => verdict === "violated")
    .map(({ property, length }) => `${property} ${length ?? "?"}`);
  const { labelled, canonical, transitions, selfLoops, mostUp } = counts;
  return [labelled, canonical, transitions, selfLoops, mostUp, violated.join(", ") || "–"].join(
    " | ",
  );
}
