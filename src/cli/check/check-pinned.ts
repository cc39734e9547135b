import type { Release } from "../../../models/description.ts";
import { runJson } from "../../report/scope/check-json.ts";
import { findOut } from "../../analysis/mechanism-findings.ts";
import { mechanismLines } from "../../report/scope/mechanism-lines.ts";
import { releasesCoverage, releasesUnmet } from "../../report/scope/releases-coverage.ts";
import { findRelease } from "../../compile/find-release.ts";
import { releasesMarkdown, releasesText } from "../../report/scope/releases-report.ts";
import { scopeWords } from "../../report/scope/scope-words.ts";
import { style } from "../../report/style.ts";
import { defaultParameters } from "../../../models/parameters.ts";
import { checkReleases } from "./check-releases.ts";
import { exitCode } from "../exit-code.ts";
import { pinnedScopes } from "../../analysis/pinned-scopes.ts";
import { drift, pinOf } from "../../analysis/pinned-verdicts.ts";
import { pageScope } from "./page-scopes.ts";
import { ProgressLine } from "../progress-line.ts";
import type { Terminal } from "../terminal.ts";
import { writeViewer } from "./write-viewer.ts";
import { fluentBitSystem } from "../../../models/fluent-bit-system.ts";

/** What is wanted besides the verdicts. */
interface PinnedOptions {
  /** Where to write the counterexample viewer. */
  readonly html?: string | undefined;
  /** Whether to tell what of the model no scope of a release meets. */
  readonly coverage?: boolean;
}

/**
 * Judges every release at the pinned scopes and compares each verdict and count with the pinned one.
 */
export function checkPinned(
  releases: readonly Release[],
  format: "text" | "json" | "markdown",
  terminal: Terminal,
  { html, coverage = false }: PinnedOptions = {},
): number {
  const started = performance.now();
  const progress = new ProgressLine(terminal);
  const runs = checkReleases(releases, (release, { letter }) => {
    progress.update(() => `checking ${release} at scope ${letter}`);
  });
  const reference = findRelease(releases, "v3.0.4");
  const found = findOut(reference, ({ mechanism }) => {
    progress.update(() => `checking ${mechanism}`);
  });
  progress.end();
  if (html !== undefined) {
    const shown = runs.map(({ release, scope, result }) =>
      pageScope(release, result.scope, scope.title, result),
    );
    writeViewer(html, shown, "unstuck: every release");
  }
  const scopes = pinnedScopes.map(({ letter, title, settings }) => ({
    letter,
    title,
    words: scopeWords({
      system: { declared: fluentBitSystem.parameters },
      parameters: { ...defaultParameters, ...settings },
    }),
  }));
  switch (format) {
    case "json":
      terminal.out(
        `${JSON.stringify({
          runs: runs.map(({ result, elapsedMs }) => runJson(result, elapsedMs)),
          ...(coverage ? { coverage: releasesUnmet(runs) } : {}),
        })}\n`,
      );
      break;
    case "markdown":
      terminal.out(`${releasesMarkdown(runs, scopes, style(false))}\n`);
      break;
    case "text":
      terminal.out(`${releasesText(runs, scopes, terminal.style, terminal.width)}\n`);
      terminal.out(`\n${mechanismLines(found, terminal.style)}\n`);
      if (coverage) terminal.out(`\n${releasesCoverage(runs, terminal.style)}`);
      break;
  }
  const drifts = runs.flatMap((run) =>
    drift(run.release.name, run.scope.letter, pinOf(run.result)),
  );
  for (const one of drifts) terminal.err(`${one}\n`);
  if (drifts.length > 0) return exitCode.violated;
  if (format === "text") {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    terminal.out(
      `\n${terminal.style.green(`All ${runs.length} verdicts and counts are the pinned ones`)} (${seconds} s).\n`,
    );
  }
  return exitCode.holds;
}
