import type { Release } from "../../../models/description.ts";
import { ConfigurationError } from "../../config/configuration-error.ts";
import type { Json } from "../../report/scope/check-json.ts";
import { configurationVerdictJson } from "../../report/configuration/configuration-json.ts";
import { configurationMarkdown } from "../../report/configuration/configuration-markdown.ts";
import {
  configurationSarif,
  type JudgedFile,
} from "../../report/configuration/configuration-sarif.ts";
import { configurationText } from "../../report/configuration/configuration-text.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";
import { askedVersion } from "../options/asked-version.ts";
import { exitCode } from "../exit-code.ts";
import { judgeFile } from "./judge-file.ts";
import { ProgressLine } from "../progress-line.ts";
import type { Terminal } from "../terminal.ts";
import { version as ownVersion } from "../version.ts";
import { writeConfigurationPage } from "./write-configuration-page.ts";

/** What `check --config` was asked. */
export interface AskedConfigurations {
  /** At least one. */
  readonly files: readonly string[];
  /** The version of Fluent Bit, as written. */
  readonly fluentBit: string | undefined;
  /** The path that Fluent Bit is given on its command line. */
  readonly storagePath: string | undefined;
  readonly format: "text" | "json" | "markdown" | "sarif";
  /** Whether the text shows the state after each step of the path. */
  readonly trace: boolean;
  /** Whether the text shows the model's own scopes. */
  readonly verbose: boolean;
  /** Milliseconds for each file; 0 for no limit, and no proof. */
  readonly timeLimitMs: number;
  /** Where to write a page on which every step can be looked at. */
  readonly html: string | undefined;
}

const exitCodes = {
  stuck: exitCode.violated,
  free: exitCode.holds,
  undecided: exitCode.notComplete,
} as const;

/** Columns where there is no terminal. */
const usualWidth = 80;

/** A judged file with the time that it took. */
type Timed = JudgedFile & { readonly elapsedMs: number };

function worstCode(judged: readonly JudgedFile[]): number {
  const codes = judged.map((one) =>
    "refused" in one ? exitCode.badInput : exitCodes[one.verdict.decision.answer],
  );
  const order = [exitCode.badInput, exitCode.violated, exitCode.notComplete];
  return order.find((code) => codes.some((one) => one === code)) ?? exitCode.holds;
}

/** One after the other; of several, one that cannot be read does not keep the others from being judged. */
async function judgeAll(
  { files, fluentBit, storagePath, timeLimitMs, format }: AskedConfigurations,
  releases: readonly Release[],
  progress: ProgressLine,
): Promise<readonly Timed[]> {
  const version = askedVersion(fluentBit);
  const judged: Timed[] = [];
  for (const file of files) {
    const started = performance.now();
    const taken = (): number => performance.now() - started;
    try {
      const asked = { version, storagePath, timeLimitMs };
      const verdict = await judgeFile(file, asked, releases, progress);
      judged.push({ file, verdict, elapsedMs: taken() });
    } catch (error) {
      const isOne = files.length === 1 && format !== "sarif";
      if (isOne || !(error instanceof ConfigurationError)) throw error;
      judged.push({ file, line: error.line, refused: error.message, elapsedMs: taken() });
    }
  }
  return judged;
}

function json(one: Timed): Json {
  return "refused" in one
    ? { file: one.file, refused: one.refused }
    : configurationVerdictJson(one.verdict, one.elapsedMs);
}

function text(
  verdict: ConfigurationVerdict,
  { trace, verbose }: AskedConfigurations,
  { style, width }: Terminal,
): string {
  const columns = Number.isFinite(width) ? width : usualWidth;
  return configurationText(verdict, { style, width: columns, trace, verbose });
}

function report(judged: readonly Timed[], asked: AskedConfigurations, terminal: Terminal): string {
  const several = judged.length > 1;
  const headed = (
    heading: string,
    one: Timed,
    told: (of: ConfigurationVerdict) => string,
  ): string =>
    `${several ? `${heading}\n\n` : ""}${"refused" in one ? one.refused : told(one.verdict)}`;
  switch (asked.format) {
    case "json":
      return JSON.stringify(several ? { configurations: judged.map(json) } : judged.map(json)[0]);
    case "sarif":
      return JSON.stringify(configurationSarif(judged, ownVersion()), null, 2);
    case "markdown":
      return judged
        .map((one) => headed(`## \`${one.file}\``, one, configurationMarkdown))
        .join("\n\n");
    case "text":
      return judged
        .map((one) =>
          headed(terminal.style.bold(`== ${one.file} ==`), one, (verdict) =>
            text(verdict, asked, terminal),
          ),
        )
        .join("\n\n\n");
  }
}

/**
 * `unstuck check --config FILE`: can each of these configurations get stuck, how, and what changes that?
 *
 * @returns the worst of their exit codes: bad input, then stuck, then undecided
 */
export async function checkConfigurations(
  asked: AskedConfigurations,
  releases: readonly Release[],
  terminal: Terminal,
): Promise<number> {
  const progress = new ProgressLine(terminal);
  const judged = await judgeAll(asked, releases, progress);
  progress.end();
  if (asked.html !== undefined) writeConfigurationPage(asked.html, judged, releases);
  terminal.out(`${report(judged, asked, terminal)}\n`);
  return worstCode(judged);
}
