import type { PropertyResult, ScopeResult } from "../../explore/check-scope.ts";
import { columns } from "../columns.ts";
import { markdownTable } from "../markdown.ts";
import { pathMarkdown, pathText } from "./path-words.ts";
import { scopeWords } from "./scope-words.ts";
import type { Style } from "../style.ts";
import type { TimedResult } from "./timed-result.ts";

function verdictWords(property: PropertyResult): string {
  switch (property.verdict) {
    case "violated":
      return property.length === null ? "violated" : `violated, ${property.length} actions`;
    case "unknown":
      return "unknown";
    case "holds":
      return property.vacuous ? "nothing to say here" : "holds";
  }
}

function painted(property: PropertyResult, style: Style): string {
  const words = verdictWords(property);
  if (property.verdict === "violated") return style.red(words);
  if (property.verdict === "unknown") return style.yellow(words);
  return property.vacuous ? style.dim(words) : style.green(words);
}

const mostDigits = 24;

/** A count in full, as long as anybody would read it; JSON has every digit. */
function inFull(count: bigint): string {
  const digits = count.toString();
  if (digits.length <= mostDigits) return digits;
  return `about ${digits.slice(0, 1)}.${digits.slice(1, 4)}e${digits.length - 1}`;
}

/** What was covered, in a sentence. */
export function coverage({ counts, complete, endedBy, visited, scope }: ScopeResult): string {
  const [gauge] = scope.system.vocabulary.gauges;
  const most = gauge === undefined ? "" : `, at most ${counts.mostUp} ${gauge.counted}`;
  const covered = `${inFull(counts.labelled)} states (${counts.canonical} up to permutation), ${inFull(counts.transitions)} transitions, ${inFull(counts.selfLoops)} of them self-loops${most}`;
  return complete
    ? covered
    : `not complete: the search ended at ${endedBy ?? "a bound"} after ${visited} states up to permutation; covered ${covered}`;
}

/** Actions that the scope never enables; and, where nothing is delivered, that what holds says nothing. */
function neverEnabled({ enabled, complete }: ScopeResult): readonly string[] {
  const { never, delivers } = enabled;
  return [
    ...(never.length === 0
      ? []
      : [`${complete ? "never enabled here" : "not enabled so far"}: ${never.join(", ")}`]),
    ...(delivers || !complete
      ? []
      : ["! nothing is ever delivered here, so what holds says nothing"]),
  ];
}

/** `6 actions`, or where an endless run begins for a property that has no length. */
export function lengthWords({ length, path }: PropertyResult): string {
  return length === null
    ? `after ${path?.steps.length ?? 0} actions an endless run begins`
    : `${length} actions`;
}

/** The paths of a result worth telling: one for each different sequence of actions. */
export function toldPaths(
  properties: readonly PropertyResult[],
): readonly { readonly names: readonly string[]; readonly property: PropertyResult }[] {
  const told = new Map<string, { names: string[]; property: PropertyResult }>();
  for (const property of properties) {
    if (property.path === null) continue;
    const loop = property.lasso()?.loop ?? [];
    const key = [...property.path.steps, ...loop]
      .map(({ taken: { move, slot } }) => `${move.action} ${slot ?? ""} ${move.output ?? ""}`)
      .join(", ");
    const known = told.get(key);
    if (known === undefined) told.set(key, { names: [property.property], property });
    else known.names.push(property.property);
  }
  return [...told.values()];
}

/** One scope for a terminal: what was covered, the verdicts, the paths. */
export function scopeText({ result, elapsedMs }: TimedResult, style: Style): string {
  const { scope } = result;
  const table = columns(
    result.properties.map((property) => [
      `  ${property.property}`,
      painted(property, style),
      style.dim(property.meaning),
    ]),
  );
  const paths = toldPaths(result.properties).map(
    ({ names, property }) =>
      `\n${style.bold(`${names.join(", ")}: ${lengthWords(property)}`)}\n${pathText(property, result, style)}`,
  );
  return [
    `${style.bold(scope.release)}  ${scopeWords(scope)}`,
    `${coverage(result)}, ${Math.round(elapsedMs)} ms`,
    ...neverEnabled(result),
    "",
    table,
    ...paths,
  ].join("\n");
}

/** One scope in Markdown, for an issue tracker. */
export function scopeMarkdown({ result }: TimedResult): string {
  const { scope } = result;
  const paths = toldPaths(result.properties).flatMap(({ names, property }) => [
    "",
    `#### ${names.join(", ")}: ${lengthWords(property)}`,
    "",
    ...pathMarkdown(property, result),
  ]);
  return [
    `### ${scope.release}: ${scopeWords(scope)}`,
    "",
    [coverage(result), ...neverEnabled(result)].join("; "),
    "",
    markdownTable([
      ["property", "verdict", "meaning"],
      ...result.properties.map((property) => [
        property.property,
        verdictWords(property),
        property.meaning,
      ]),
    ]),
    ...paths,
  ].join("\n");
}
