import type { ConfigurationWarning } from "../config/configuration-warning.ts";
import { formatPosition } from "../config/position.ts";
import type { SettingInUse } from "../config/settings/setting-in-use.ts";
import type { ScopeResult } from "../explore/check-scope.ts";
import { columns } from "./columns.ts";
import { configurationFacts } from "./configuration-facts.ts";
import type { ConfigurationVerdict, LiftedPath } from "./configuration-verdict.ts";
import { limitsWords } from "./limits-words.ts";
import { markdownTable } from "./markdown.ts";
import { pathRows, pathText } from "./path-words.ts";
import { coverage } from "./scope-report.ts";
import { scopeWords } from "./scope-words.ts";
import { style as styleOf, type Style } from "./style.ts";

/** A chunk is sealed when it holds about this much. */
const chunkMegabytes = 2;

function verdictOf(result: ScopeResult, name: string): "holds" | "violated" | "unknown" {
  return result.properties.find(({ property }) => property === name)?.verdict ?? "unknown";
}

/** Whether every number of chunks is decided. */
function isProved({ everySize }: ConfigurationVerdict): boolean {
  return (
    everySize?.kind === "asked" &&
    everySize.proof.properties.some(
      ({ property, verdict }) => property === "neverStuck" && verdict === "proved",
    )
  );
}

/** Whether the configuration can get stuck, in a sentence. */
function headline(verdict: ConfigurationVerdict, style: Style): string {
  const { decision, lifted } = verdict;
  switch (decision.answer) {
    case "stuck":
      return style.red(
        lifted === null
          ? "This engine can get stuck."
          : `This engine can get stuck, once ${lifted.chunks} chunks are waiting.`,
      );
    case "free":
      return style.green(
        isProved(verdict)
          ? "This engine cannot get stuck by this mechanism."
          : "This engine cannot get stuck by this mechanism, as far as small scopes tell.",
      );
    case "undecided":
      return style.yellow(`Not decided: ${decision.reasons[0] ?? "no reason is known."}`);
  }
}

/** What stands below the headline: more reasons, conditions, and what the model says without some settings. */
function decisionLines({ decision, judged }: ConfigurationVerdict): readonly string[] {
  const { answer, reasons, conditions, settings } = decision;
  const stuck = judged !== null && verdictOf(judged, "neverStuck") === "violated";
  switch (answer) {
    case "undecided":
      return [
        ...reasons.slice(1),
        ...(judged === null
          ? []
          : [
              stuck
                ? "As far as the model goes, there is a way to get stuck; it is shown below."
                : "The rest of the configuration was judged without that: no way to get stuck was found.",
            ]),
      ];
    case "stuck":
      return [
        ...conditions,
        ...(settings.length === 0
          ? []
          : [
              `Outside the model: ${namesOf(settings)}. There may be other ways in, with fewer chunks; the one below needs none of that.`,
            ]),
      ];
    case "free":
      return [];
  }
}

function namesOf(settings: readonly { readonly setting: string }[]): string {
  return [...new Set(settings.map(({ setting }) => setting))].join(", ");
}

function liftedLines(lifted: LiftedPath): readonly string[] {
  const { taskMapSize, maxChunksUp, chunks } = lifted;
  return [
    `At the real sizes (T = ${taskMapSize} tasks, X = ${maxChunksUp} chunks up) the way in is`,
    `    ${lifted.words}`,
    `which was replayed on the model step by step: ${lifted.steps} steps, ending with ${lifted.tasks} tasks that wait for memory and ${lifted.up} chunks in memory that wait for a task, ${lifted.live} live chunks in all.`,
    `It becomes possible at T + X = ${chunks} live chunks. A chunk holds at most about ${chunkMegabytes} MB: up to ${chunks * chunkMegabytes} MB on disk and ${maxChunksUp * chunkMegabytes} MB in memory; small chunks get there with far less.`,
  ];
}

const notLifted =
  "The way in was not found at the real sizes; at the small scope above it is certain.";

function warningWords({ message, position }: ConfigurationWarning): string {
  return `warning: ${position === undefined ? "" : `${formatPosition(position)}: `}${message}`;
}

/** Which output of the scope is which of the configuration. */
function outputLegend(names: readonly string[]): string {
  return `Here ${names.map((name, output) => `output ${output} is ${name}`).join(", ")}.`;
}

/** The property that the remedies are for: the stall, or else the isolation of several outputs. */
function trouble(judged: ScopeResult): "neverStuck" | "isolation" | null {
  if (verdictOf(judged, "neverStuck") === "violated") return "neverStuck";
  return verdictOf(judged, "isolation") === "violated" ? "isolation" : null;
}

function remedyWords(result: ScopeResult | null, property: "neverStuck" | "isolation"): string {
  if (result === null) return "not decided in the time that there was";
  const loss =
    result.scope.parameters["retryLimit"] === 0 ? " (but every failed flush is dropped)" : "";
  const verdict = verdictOf(result, property);
  if (verdict === "unknown") return "not decided";
  if (property === "neverStuck") {
    return verdict === "holds" && verdictOf(result, "recovery") === "holds"
      ? `helps: cannot get stuck${loss}`
      : "does not help: still gets stuck";
  }
  if (verdict === "violated") return "does not help: one output still cuts off the other";
  return verdictOf(result, "isolationFair") === "violated"
    ? `helps a little: the other output can go on, but may wait for ever${loss}`
    : `helps: outputs are isolated${loss}`;
}

/** What the remedies do not reckon with. */
function remedyTitle({ decision: { settings } }: ConfigurationVerdict): string {
  const without = settings.length === 0 ? "" : `, without ${namesOf(settings)}`;
  return `What changes the verdict, each answered by the model${without}:`;
}

function remedyRows({ remedies, judged }: ConfigurationVerdict): readonly (readonly string[])[] {
  const property = judged === null ? null : trouble(judged);
  if (property === null) return [];
  return remedies.map(({ change, result }) => [
    change,
    remedyWords(result, property),
    result === null ? "" : `${result.scope.release}, ${scopeWords(result.scope)}`,
  ]);
}

function paintRemedy(
  [change = "", words = "", scope = ""]: readonly string[],
  style: Style,
): string[] {
  const painted = words.startsWith("helps") ? style.green(words) : style.red(words);
  return [`  ${change}`, painted, style.dim(scope)];
}

/** That outputs go on is not said where a setting outside the model may change it. */
function isolationLine({ isolation, decision }: ConfigurationVerdict): readonly string[] {
  if (decision.answer === "undecided") return [];
  if (decision.settings.length > 0 && isolation === "holds") return [];
  switch (isolation) {
    case null:
      return [];
    case "violated":
      return [
        "While one output is offline, the others can be cut off too (isolation is violated).",
      ];
    case "holds":
      return ["While one output is offline, the others can go on (isolation holds)."];
  }
}

/** What was proved for every number of chunks. */
function everySizeLines(verdict: ConfigurationVerdict): readonly string[] {
  const { everySize, shape, configuration, decision } = verdict;
  if (everySize === null) return [];
  const judged = shape?.outputs ?? 0;
  const all = configuration.filesystem.outputs.length;
  const without =
    decision.settings.length === 0
      ? ""
      : `Without ${namesOf(decision.settings)}, which may change it: `;
  const of = judged < all ? `For ${judged} of ${all} outputs: ` : "";
  return everySize.kind === "asked"
    ? limitsWords(everySize.proof).map((sentence) => `${without}${of}${sentence}`)
    : [`Not decided for every number of chunks: ${everySize.sentence}.`];
}

/** A configuration for a terminal: what was read, whether it can get stuck and how, what changes the verdict. */
export function configurationText(verdict: ConfigurationVerdict, style: Style): string {
  const { configuration, shape, judged, lifted } = verdict;
  const lines = [
    columns(configurationFacts(configuration).map(([name, value]) => [style.bold(name), value])),
    ...configuration.warnings.map((warning) => style.yellow(warningWords(warning))),
    "",
    style.bold(headline(verdict, style)),
    ...decisionLines(verdict),
  ];
  if (judged !== null && shape !== null) {
    const neverStuck = judged.properties.find(({ property }) => property === "neverStuck");
    lines.push(
      ...isolationLine(verdict),
      ...everySizeLines(verdict),
      "",
      `Judged at small scopes of the same shape: one or two tasks, one or two chunks up and just enough chunks to fill both,`,
      "with the outputs, routes, retry limit and pause of this configuration. The scope shown is",
      `${scopeWords(judged.scope)}:`,
      `${coverage(judged)}.`,
      ...(shape.outputs > 1 ? [outputLegend(shape.outputNames)] : []),
      ...shape.simplifications.map((sentence) => `Note: ${sentence}.`),
    );
    if (neverStuck !== undefined && neverStuck.path !== null) {
      lines.push("", pathText(neverStuck, judged, style));
    }
    if (lifted !== null) lines.push("", ...liftedLines(lifted));
    else if (neverStuck?.verdict === "violated") lines.push("", notLifted);
    const rows = remedyRows(verdict);
    if (rows.length > 0) {
      lines.push(
        "",
        style.bold(remedyTitle(verdict)),
        columns(rows.map((row) => paintRemedy(row, style))),
      );
    }
    if (verdict.restartFrees === true) {
      lines.push(
        "  A restart frees a stuck engine (tried on the model: everything is delivered after it); it can get stuck again.",
      );
    }
  }
  lines.push(...settingLines(verdict, style));
  return lines.join("\n");
}

function settingRows(settings: readonly SettingInUse[]): readonly (readonly string[])[] {
  return settings.map(({ setting, value, position, reason, cFunction }) => [
    `${setting} ${value}`.trim(),
    position === undefined ? "" : formatPosition(position),
    cFunction === undefined ? reason : `${reason} (${cFunction})`,
  ]);
}

/** Settings outside the model, those that may change the verdict first. */
const settingTitles = {
  deciding: "Outside the model, and may change the verdict:",
  harmless: "Outside the model, and harmless to the verdict:",
} as const;

function settingLines({ configuration, decision }: ConfigurationVerdict, style: Style): string[] {
  const harmless = configuration.settings.filter(({ changes }) => changes === undefined);
  const table = (title: string, settings: readonly SettingInUse[]): string[] =>
    settings.length === 0
      ? []
      : [
          "",
          style.bold(title),
          columns(
            settingRows(settings).map(([name = "", where = "", why = ""]) => [
              `  ${name}`,
              where,
              style.dim(why),
            ]),
          ),
        ];
  return [
    ...table(settingTitles.deciding, decision.settings),
    ...table(settingTitles.harmless, harmless),
  ];
}

/** A line in Markdown; what is indented for a terminal becomes code. */
function asCode(line: string): string {
  return line.startsWith("    ") ? `\`${line.trim()}\`` : line;
}

function markdownSettings(title: string, settings: readonly SettingInUse[]): readonly string[] {
  return settings.length === 0
    ? []
    : ["", markdownTable([[title.replace(/:$/u, ""), "where", "why"], ...settingRows(settings)])];
}

/** A configuration in Markdown, for an issue tracker. */
export function configurationMarkdown(verdict: ConfigurationVerdict): string {
  const { configuration, shape, judged, lifted } = verdict;
  const harmless = configuration.settings.filter(({ changes }) => changes === undefined);
  const remedies = remedyRows(verdict);
  const neverStuck = judged?.properties.find(({ property }) => property === "neverStuck");
  return [
    `### ${headline(verdict, styleOf(false))}`,
    "",
    markdownTable([["what was read", ""], ...configurationFacts(configuration)]),
    ...configuration.warnings.flatMap((warning) => ["", warningWords(warning)]),
    ...decisionLines(verdict).flatMap((line) => ["", line]),
    ...everySizeLines(verdict).flatMap((line) => ["", line]),
    ...(judged === null ? [] : ["", `${scopeWords(judged.scope)}: ${coverage(judged)}`]),
    ...(shape !== null && shape.outputs > 1 ? ["", outputLegend(shape.outputNames)] : []),
    ...(shape === null ? [] : shape.simplifications.flatMap((one) => ["", `Note: ${one}.`])),
    ...(judged === null || neverStuck === undefined || neverStuck.path === null
      ? []
      : ["", markdownTable(pathRows(neverStuck, judged))]),
    ...(lifted === null ? [] : liftedLines(lifted).flatMap((line) => ["", asCode(line)])),
    ...(remedies.length === 0
      ? []
      : ["", markdownTable([["change", "verdict", "scope"], ...remedies])]),
    ...markdownSettings(settingTitles.deciding, verdict.decision.settings),
    ...markdownSettings(settingTitles.harmless, harmless),
    ...(verdict.restartFrees === true
      ? ["", "A restart frees a stuck engine; it can get stuck again."]
      : []),
  ].join("\n");
}
