import { expect } from "vitest";

const full = "N >= T + X";
const least = "N >= X + 1 or N >= T + 1";
const leastBelowTheLastPlace = "N >= X or N >= T + 1";
const untouched = ["v3.0.1", "v3.0.4", "v5.1"];
const unfair = [...untouched, "published-fix", "corrected-fix", "hardened-fix", "evict-idle"];
const reserving = ["reserve-slot"];
const fair = ["park", "park-breaker"];

type Refuted = Readonly<Record<string, readonly Condition[]>>;
type Condition = readonly [condition: string, releases: readonly string[]];

const unfairly: readonly Condition[] = [
  [least, unfair],
  [leastBelowTheLastPlace, reserving],
];

const stuck: Refuted = {
  quotaConserved: [["N >= X + 1", ["published-fix"]]],
  neverStuck: [[full, [...untouched, "published-fix"]]],
  recovery: [[full, [...untouched, "published-fix"]]],
};

/** What is refuted, when, and of which releases; everything else is proved. */
export const refutedByShape: Readonly<Record<string, Refuted>> = {
  "1 output": { ...stuck, noStarvation: unfairly },
  "2 outputs, every chunk goes to all of them (routing all)": {
    isolation: unfairly,
    isolationFair: unfairly,
    noStarvation: unfairly,
  },
  "2 outputs, chunks go to any of them (routing any)": {
    ...stuck,
    isolation: unfairly,
    isolationFair: unfairly,
    noStarvation: unfairly,
  },
};

/** What is refuted, by shape and release: each property with the condition, as a table in Markdown says it. */
function refutedIn(markdown: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const conditions = new Map(
    [...markdown.matchAll(/^- \((\w)\) (.*)$/gm)].map(([, letter = "", text = ""]) => [
      letter,
      text,
    ]),
  );
  const refuted = new Map<string, Record<string, string>>();
  for (const section of markdown.split(/^### /m).slice(1)) {
    const [headline = "", ...lines] = section.split("\n");
    // What follows says from which sizes on a release can move.
    const [title = ""] = headline.split(";");
    const [heading = [], , ...rows] = lines
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    for (const [, property = "", ...cells] of rows) {
      cells.slice(0, -1).forEach((cell, index) => {
        const system = `${title}: ${heading[index + 2] ?? "?"}`;
        const own = refuted.get(system) ?? {};
        refuted.set(system, own);
        if (cell === "proved") return;
        const letter = /^iff \((\w)\)$/.exec(cell)?.[1] ?? "";
        own[property] = conditions.get(letter) ?? cell;
      });
    }
  }
  return refuted;
}

/** Expects of each release that what the table of a shape refutes is what is known to be wrong, with its condition. */
export function expectRefuted(markdown: string, shape: string): void {
  const refuted = refutedIn(markdown);
  for (const release of [...unfair, ...reserving, ...fair]) {
    const known = Object.entries(refutedByShape[shape] ?? {}).flatMap(([property, conditions]) =>
      conditions.flatMap(([condition, names]) =>
        names.includes(release) ? [[property, condition] as const] : [],
      ),
    );
    expect([release, refuted.get(`${shape}: ${release}`)]).toEqual([
      release,
      Object.fromEntries(known),
    ]);
  }
}
