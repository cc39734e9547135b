import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location, Log, ReportingDescriptor, Result } from "sarif";
import type { Position } from "../../config/position.ts";
import {
  decisionLines,
  everySizeLines,
  headline,
  isolationLine,
} from "./configuration-headline.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";
import { isHelp, remedySentence, sortedRemedies } from "./remedy-words.ts";
import { style } from "../style.ts";

/** What became of one file: a verdict, or the sentence by which it was refused. */
export type JudgedFile =
  | { readonly file: string; readonly verdict: ConfigurationVerdict }
  | { readonly file: string; readonly line: number | undefined; readonly refused: string };

const rules = [
  {
    id: "can-get-stuck",
    shortDescription: { text: "The engine can stop for good, even after every output is back." },
    defaultConfiguration: { level: "error" },
  },
  {
    id: "output-cut-off",
    shortDescription: { text: "While one output is offline, others can be cut off, too." },
    defaultConfiguration: { level: "warning" },
  },
  {
    id: "not-decided",
    shortDescription: { text: "Whether the engine can get stuck was not decided." },
    defaultConfiguration: { level: "warning" },
  },
  {
    id: "setting",
    shortDescription: { text: "A setting is probably not what its author meant." },
    defaultConfiguration: { level: "note" },
  },
  {
    id: "cannot-be-read",
    shortDescription: { text: "The file is no configuration that Fluent Bit takes." },
    defaultConfiguration: { level: "error" },
  },
] as const satisfies readonly ReportingDescriptor[];

type RuleId = (typeof rules)[number]["id"];

function placeOf(file: string, line: number | undefined): Location {
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file);
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(line === undefined ? {} : { region: { startLine: line } }),
    },
  };
}

/** A file within a file (`configmap.yaml/fluent-bit.conf`) stands, for other tools, in the outer one. */
function outerFile(position: Position, file: string): string {
  return position.file.startsWith(`${file}/`) ? file : position.file;
}

function at(position: Position | undefined, file: string): Location {
  return position === undefined
    ? placeOf(file, 1)
    : placeOf(outerFile(position, file), position.line);
}

function result(
  ruleId: RuleId,
  text: string,
  location: Location,
  related: readonly Location[] = [],
): Result {
  const ruleIndex = rules.findIndex(({ id }) => id === ruleId);
  const level = rules.find(({ id }) => id === ruleId)?.defaultConfiguration.level ?? "none";
  return {
    ruleId,
    ruleIndex,
    level,
    message: { text },
    locations: [location],
    ...(related.length === 0 ? {} : { relatedLocations: [...related] }),
  };
}

/** What can be done now, in a sentence; nothing where nothing helps. */
function advice(verdict: ConfigurationVerdict): readonly string[] {
  const [first] = sortedRemedies(verdict).filter(
    (remedy) => remedy.needs === "setting" && isHelp(verdict, remedy),
  );
  return first === undefined ? [] : [remedySentence(verdict, first)];
}

function verdictResults(file: string, verdict: ConfigurationVerdict): readonly Result[] {
  const { configuration, decision, isolation } = verdict;
  const { service, outputs, inputs } = configuration;
  const output = at(outputs[0]?.position, file);
  const related = [
    service.maxChunksUp.position,
    ...inputs.map(({ storageType }) => storageType.position),
  ].flatMap((position) => (position === undefined ? [] : [at(position, file)]));
  const said = [headline(verdict, style(false)), ...decisionLines(verdict)];
  switch (decision.answer) {
    case "undecided": {
      const [setting] = decision.settings;
      return [result("not-decided", said.join(" "), at(setting?.position, file), related)];
    }
    case "stuck":
      return [
        result(
          "can-get-stuck",
          [...said, ...everySizeLines(verdict), ...advice(verdict)].join(" "),
          output,
          related,
        ),
        ...cutOff(verdict, output),
      ];
    case "free":
      return isolation === "violated" ? cutOff(verdict, output) : [];
  }
}

function cutOff(verdict: ConfigurationVerdict, location: Location): readonly Result[] {
  return verdict.isolation === "violated"
    ? [result("output-cut-off", isolationLine(verdict).join(" "), location)]
    : [];
}

function resultsOf(judged: JudgedFile): readonly Result[] {
  if ("refused" in judged) {
    return [result("cannot-be-read", judged.refused, placeOf(judged.file, judged.line ?? 1))];
  }
  const { file, verdict } = judged;
  return [
    ...verdictResults(file, verdict),
    ...verdict.configuration.warnings.map(({ message, position }) =>
      result("setting", message, at(position, file)),
    ),
  ];
}

/**
 * Judged configurations in the Static Analysis Results Interchange Format, version 2.1.0: for annotations in a code review.
 * A configuration that cannot get stuck has no result.
 *
 * @param version of this program
 */
export function configurationSarif(judged: readonly JudgedFile[], version: string): Log {
  return {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "unstuck", version, rules: [...rules] } },
        results: judged.flatMap(resultsOf),
      },
    ],
  };
}
