import { formatPosition } from "../../config/position.ts";
import type { SettingInUse } from "../../config/settings/setting-in-use.ts";
import { configurationFacts } from "./configuration-facts.ts";
import { decisionLines, everySizeLines, headline, warningWords } from "./configuration-headline.ts";
import { liftedSentences, outputLegend, whySentences } from "./configuration-path.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";
import { markdownTable } from "../markdown.ts";
import { pathRows } from "../scope/path-words.ts";
import { remedyTitle, remedyWords, sortedRemedies } from "./remedy-words.ts";
import { coverage } from "../scope/scope-report.ts";
import { scopeWords } from "../scope/scope-words.ts";
import { style as styleOf } from "../style.ts";

/** A line in Markdown; what is indented for a terminal becomes code. */
function asCode(line: string): string {
  return line.startsWith("    ") ? `\`${line.trim()}\`` : line;
}

function settingRows(settings: readonly SettingInUse[]): readonly (readonly string[])[] {
  return settings.map(({ setting, value, position, reason, cFunction }) => [
    `${setting} ${value}`.trim(),
    position === undefined ? "" : formatPosition(position),
    cFunction === undefined ? reason : `${reason} (${cFunction})`,
  ]);
}

function markdownSettings(title: string, settings: readonly SettingInUse[]): readonly string[] {
  return settings.length === 0
    ? []
    : ["", markdownTable([[title, "where", "why"], ...settingRows(settings)])];
}

const needed = {
  setting: "a setting",
  load: "less load",
  version: "another version",
  build: "a patched build",
} as const;

function remedyTable(verdict: ConfigurationVerdict): readonly string[] {
  const rows = sortedRemedies(verdict).map((remedy) => [
    remedy.change,
    remedyWords(verdict, remedy),
    remedy.cost,
    needed[remedy.needs],
  ]);
  const title = `what changes the verdict${remedyTitle(verdict.decision)}`;
  return rows.length === 0 ? [] : ["", markdownTable([[title, "", "price", "needs"], ...rows])];
}

function way({ judged, shape, lifted, ...verdict }: ConfigurationVerdict): readonly string[] {
  const neverStuck = judged?.properties.find(({ property }) => property === "neverStuck");
  if (judged === null || neverStuck === undefined || neverStuck.path === null) return [];
  return [
    ...(lifted === null ? [] : ["", whySentences({ judged, shape, lifted, ...verdict }).join(" ")]),
    ...(shape !== null && shape.outputs > 1 ? ["", outputLegend(shape.outputNames)] : []),
    "",
    markdownTable(pathRows(neverStuck, judged)),
    ...(lifted === null ? [] : liftedSentences(lifted).flatMap((line) => ["", asCode(line)])),
  ];
}

/** A configuration in Markdown, for an issue tracker. */
export function configurationMarkdown(verdict: ConfigurationVerdict): string {
  const { configuration, shape, judged } = verdict;
  const harmless = configuration.settings.filter(({ changes }) => changes === undefined);
  return [
    `### ${headline(verdict, styleOf(false))}`,
    ...decisionLines(verdict).flatMap((line) => ["", line]),
    ...everySizeLines(verdict).flatMap((line) => ["", line]),
    ...remedyTable(verdict),
    ...(verdict.restartFrees === true
      ? ["", "A restart frees a stuck engine; it can get stuck again."]
      : []),
    ...way(verdict),
    "",
    markdownTable([["what was read", ""], ...configurationFacts(configuration)]),
    ...configuration.warnings.flatMap((warning) => ["", warningWords(warning)]),
    ...(judged === null ? [] : ["", `${scopeWords(judged.scope)}: ${coverage(judged)}`]),
    ...(shape === null ? [] : shape.simplifications.flatMap((one) => ["", `Note: ${one}.`])),
    ...markdownSettings("Outside the model, and may change the verdict", verdict.decision.settings),
    ...markdownSettings("Outside the model, and harmless to the verdict", harmless),
  ].join("\n");
}
