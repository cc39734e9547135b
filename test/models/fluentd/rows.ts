import { readFileSync } from "node:fs";
import type { Release } from "../../../models/description.ts";
import { release as corrected } from "../../../models/fluentd/releases/corrected.ts";
import { release as v01411 } from "../../../models/fluentd/releases/v0.14.11.ts";
import { release as v111 } from "../../../models/fluentd/releases/v1.11.ts";
import { release as v112 } from "../../../models/fluentd/releases/v1.12.ts";
import { release as v119 } from "../../../models/fluentd/releases/v1.19.ts";
import { parametersOf } from "../../../src/cli/options/scope-arguments.ts";
import { scopeOf, type Scope } from "../../../src/compile/scope.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";

const short: Readonly<Record<string, string>> = { N: "slots", L: "limit", F: "threads" };

/** Every version, from the oldest. */
export const versions = [v01411, v111, v112, v119] as const;

/** A release and its settings, as `--set` has them. */
export interface Asked {
  readonly release: Release;
  readonly settings: readonly string[];
}

/** A row of the page. */
export interface Row extends Asked {
  readonly words: string;
  /** What the page says of the scope: counts, and the violated properties. */
  readonly says: string;
}

/** `N=2 block release=v1.11` as a release and its settings. */
function rowOf(line: string): Row {
  const [words = "", ...cells] = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  const parts = words.split(" ").map((part) => (part.includes("=") ? part : `${part}=true`));
  const named = parts.find((part) => part.startsWith("release="))?.slice("release=".length);
  const release = versions.find(({ name }) => name === (named ?? "v1.19"));
  if (release === undefined) throw new Error(`${words}: no such release`);
  const settings = parts
    .filter((part) => !part.startsWith("release="))
    .map((part) => part.replace(/^[NLF](?==)/u, (letter) => short[letter] ?? letter));
  return { words, release, settings, says: cells.join(" | ") };
}

/** Every row of section 7 of the page. */
export const rows: readonly Row[] = readFileSync("test/fixtures/systems/fluentd-rows.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| N="))
  .map(rowOf);

/** `v1.19: slots=2 race` as a release and its settings. */
export function askedIn(words: string): Asked {
  const [name = "", ...settings] = words.split(/:? /u);
  const release = [...versions, corrected].find((one) => one.name === name);
  if (release === undefined) throw new Error(`${words}: no such release`);
  return { release, settings: settings.map((one) => (one.includes("=") ? one : `${one}=true`)) };
}

/** The scope of a row, with its release or a changed one. */
export function scopeOfRow({ release, settings }: Asked, changed: Release = release): Scope {
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
