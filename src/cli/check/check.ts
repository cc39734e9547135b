import { loadReleases } from "../../compile/load-releases.ts";
import { scopeOf } from "../../compile/scope.ts";
import { judgeGraph, type ScopeResult } from "../../explore/check-scope.ts";
import { runJson } from "../../report/scope/check-json.ts";
import { coverageText, unmetJson } from "../../report/conform/coverage-report.ts";
import { scopeMarkdown, scopeText } from "../../report/scope/scope-report.ts";
import { BadInput } from "../bad-input.ts";
import { boundedSearch } from "./bounded-search.ts";
import { exitCode } from "../exit-code.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import type { Terminal } from "../terminal.ts";

/** What `check` was asked. */
export interface CheckArguments {
  /** The system, where one was named: then one release is checked. */
  readonly system?: string;
  readonly release?: string;
  readonly set: readonly string[];
  /** Fluent Bit configurations to judge. */
  readonly config?: readonly string[];
  /** The version of Fluent Bit that reads it. */
  readonly fluentBit?: string;
  /** The storage path that it gets on its command line. */
  readonly storagePath?: string;
  /** Milliseconds for the search of a scope, or for everything about each configuration (with 0, no limit and no proof). */
  readonly timeLimitMs?: number;
  readonly format: "text" | "json" | "markdown" | "sarif";
  /** Whether a configuration's way in is shown state by state. */
  readonly trace?: true;
  /** Whether the scopes of a configuration are shown. */
  readonly verbose?: true;
  /** Whether to tell what of the model was not met. */
  readonly coverage?: true;
  readonly maxStates?: number;
  readonly maxBytes?: number;
  /** Where to write the counterexample viewer. */
  readonly html?: string;
}

/** How long a configuration may take, unless asked otherwise. */
const configurationTimeMs = 20_000;

function exitCodeOf(result: ScopeResult): number {
  if (result.properties.some(({ verdict }) => verdict === "violated")) return exitCode.violated;
  return result.complete && result.enabled.delivers ? exitCode.holds : exitCode.notComplete;
}

/**
 * `unstuck check`: every release at the pinned scopes, or one release at one scope.
 *
 * @returns the exit code
 */
export async function check(asked: CheckArguments, terminal: Terminal): Promise<number> {
  const ofOneScope =
    asked.config === undefined &&
    (asked.system !== undefined || asked.release !== undefined || asked.set.length > 0);
  if (!ofOneScope && (asked.maxStates !== undefined || asked.maxBytes !== undefined)) {
    throw new BadInput("--max-states and --max-memory go with --release or --set");
  }
  if (asked.coverage && (asked.config !== undefined || asked.format === "markdown")) {
    throw new BadInput("--coverage goes with neither --config nor --markdown");
  }
  const releases = await loadReleases();
  if (asked.config !== undefined) {
    if (asked.release !== undefined || asked.set.length > 0) {
      throw new BadInput("--config gives the release and the scope; leave out --release and --set");
    }
    const {
      config: files,
      fluentBit,
      storagePath,
      format,
      html,
      timeLimitMs = configurationTimeMs,
    } = asked;
    const { checkConfigurations } = await import("./check-configuration.ts");
    return checkConfigurations(
      {
        files,
        fluentBit,
        storagePath,
        format,
        html,
        timeLimitMs,
        trace: asked.trace === true,
        verbose: asked.verbose === true,
      },
      releases,
      terminal,
    );
  }
  if (asked.fluentBit !== undefined) throw new BadInput("--fluent-bit goes with --config");
  if (asked.storagePath !== undefined) throw new BadInput("--storage-path goes with --config");
  if (asked.trace ?? asked.verbose) throw new BadInput("--trace and --verbose go with --config");
  const { format } = asked;
  if (format === "sarif") throw new BadInput("--sarif goes with --config");
  if (!ofOneScope) {
    if (asked.timeLimitMs !== undefined) {
      throw new BadInput("--time-limit goes with --config, --release or --set");
    }
    const { checkPinned } = await import("./check-pinned.ts");
    const { html, coverage } = asked;
    return checkPinned(releases, format, terminal, { html, coverage: coverage ?? false });
  }
  const release = findRelease(releases, asked.release ?? releases[0]?.system.usualRelease ?? "");
  const parameters = parametersOf(release, asked.set);
  const { maxStates, maxBytes, timeLimitMs } = asked;
  const started = performance.now();
  const graph = await boundedSearch(
    scopeOf(release, parameters),
    {
      ...(maxStates === undefined ? {} : { maxStates }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      // As with --config, 0 is no limit.
      ...(timeLimitMs === undefined || timeLimitMs === 0 ? {} : { timeLimitMs }),
    },
    terminal,
  );
  const result = judgeGraph(graph);
  const timed = { result, elapsedMs: performance.now() - started };
  if (asked.html !== undefined) {
    const { otherScopes, pageScope } = await import("./page-scopes.ts");
    const { writeViewer } = await import("./write-viewer.ts");
    const shown = pageScope(release, result.scope, "", result);
    const others = otherScopes(releases, result.scope, "");
    writeViewer(asked.html, [shown, ...others], `unstuck: ${release.name}`);
  }
  switch (format) {
    case "json":
      terminal.out(
        `${JSON.stringify({
          runs: [runJson(result, timed.elapsedMs)],
          ...(asked.coverage ? { coverage: { [release.name]: unmetJson(result.coverage()) } } : {}),
        })}\n`,
      );
      break;
    case "markdown":
      terminal.out(`${scopeMarkdown(timed)}\n`);
      break;
    case "text":
      terminal.out(`${scopeText(timed, terminal.style)}\n`);
      if (asked.coverage) {
        const where = `${release.name} in this scope${result.complete ? "" : ", so far"}`;
        terminal.out(`\n${coverageText(result.coverage(), where, terminal.style)}`);
      }
      break;
  }
  return exitCodeOf(result);
}
