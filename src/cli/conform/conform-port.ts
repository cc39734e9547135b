import { writeFileSync } from "node:fs";
import type { Release } from "../../../models/description.ts";
import { fluentBitSystem } from "../../../models/fluent-bit-system.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { conform, type ConformResult } from "../../conform/conform.ts";
import type { ConformScope } from "../../conform/conform-scopes.ts";
import { Model } from "../../conform/model-run.ts";
import { PortProcess } from "../../conform/port/port-process.ts";
import type { Hello } from "../../conform/port/protocol.ts";
import { readSteps } from "../../conform/read-steps.ts";
import { SubjectFailure } from "../../conform/subject.ts";
import type { ScopeSuites } from "../../conform/scope-suites.ts";
import { conformJson } from "../../report/conform/conform-json.ts";
import { conformJunit } from "../../report/conform/conform-junit.ts";
import { conformTap } from "../../report/conform/conform-tap.ts";
import { conformText } from "../../report/conform/conform-text.ts";
import type { ConformRun } from "../../report/conform/conform-words.ts";
import { BadInput } from "../bad-input.ts";
import { enginePortName } from "./engine-port.ts";
import { onlyInModel } from "../simulate/no-engine-release.ts";
import { exitCode } from "../exit-code.ts";
import { ProgressLine } from "../progress-line.ts";
import { findRelease } from "../../compile/find-release.ts";
import { scopesFor, suitesFor, type SuiteOptions } from "../options/suite-options.ts";
import type { Terminal } from "../terminal.ts";

/** What `conform` was asked. */
export interface ConformArguments extends SuiteOptions {
  /** Model files, in addition to the releases of the system. */
  readonly model: readonly string[];
  readonly command: readonly string[];
  readonly release?: string;
  readonly replay?: string;
  /** Seconds for each answer. */
  readonly timeout: number;
  readonly format: "text" | "json" | "tap";
  readonly junit?: string;
}

/** Parameters that add an action, with the action: a port need not support them. */
const optionalActions: Readonly<Record<string, string>> = {
  crash: "crash",
  schedulerFails: "scheduleFail",
  shutdown: "shutdown",
};

function releasesOf(asked: ConformArguments, known: readonly Release[], hello: Hello): Release[] {
  if (asked.release === undefined && asked.set.length === 0 && asked.replay === undefined) {
    const found = known.filter(({ name }) => hello.releases.includes(name));
    if (found.length > 0) return found;
    throw new BadInput(`the port supports no known release: ${hello.releases.join(", ")}`);
  }
  const release = findRelease(known, asked.release ?? known[0]?.system.usualRelease ?? "");
  if (hello.releases.includes(release.name)) return [release];
  if (hello.name === enginePortName) throw new BadInput(onlyInModel(release.name));
  throw new BadInput(
    `the port does not list the release ${release.name} in its hello, but ${hello.releases.join(", ") || "none"}`,
  );
}

function missingAction({ scope }: ConformScope, hello: Hello): { action: string } | undefined {
  const { slotMoves, systemMoves } = scope.system;
  return [...slotMoves, ...systemMoves].find(({ action }) => !hello.actions.includes(action));
}

function checkActions(scope: ConformScope, hello: Hello): void {
  const { release } = scope;
  const missing = missingAction(scope, hello);
  if (missing !== undefined) {
    throw new BadInput(
      `the port does not support the action ${missing.action}, which ${release} needs`,
    );
  }
}

function replaySuites(scope: ConformScope, words: string): ScopeSuites {
  const model = new Model(scope.scope);
  const steps = readSteps(model, words, scope.foreignCalls());
  if (typeof steps === "string") throw new BadInput(`--replay: ${steps}`);
  const suite = { name: "replay", covers: "the given steps", tests: [{ name: "replay", steps }] };
  return { scope, model, graph: undefined, suites: [suite] };
}

/** Of another system, a port need not support the actions that a setting adds: a scope with such a setting is left out. */
function plannedFor(
  releases: readonly Release[],
  { set }: ConformArguments,
  leaveOut: readonly string[],
  hello: Hello,
): readonly ConformScope[] {
  const isOurs = releases.every(({ system }) => system.name === fluentBitSystem.name);
  const scopes = scopesFor(releases, set, isOurs ? leaveOut : []);
  if (isOurs) return scopes;
  const supported = scopes.filter((scope) => missingAction(scope, hello) === undefined);
  return supported.length > 0 ? supported : scopes;
}

function planOf(asked: ConformArguments, releases: Release[], hello: Hello): Iterable<ScopeSuites> {
  const leaveOut = Object.entries(optionalActions).flatMap(([parameter, action]) =>
    hello.actions.includes(action) ? [] : [parameter],
  );
  if (asked.replay === undefined) {
    const scopes = plannedFor(releases, asked, leaveOut, hello);
    for (const scope of scopes) checkActions(scope, hello);
    return suitesFor(scopes, asked, (action) => hello.actions.includes(action));
  }
  const [scope] = scopesFor(releases, asked.set, leaveOut);
  if (scope === undefined) throw new BadInput("there is no scope to replay in");
  checkActions(scope, hello);
  return [replaySuites(scope, asked.replay)];
}

async function started(port: PortProcess): Promise<Hello> {
  try {
    return await port.start();
  } catch (error) {
    if (error instanceof SubjectFailure) throw new BadInput(error.message);
    throw error;
  }
}

async function compare(
  port: PortProcess,
  plan: Iterable<ScopeSuites>,
  terminal: Terminal,
): Promise<ConformResult> {
  const progress = new ProgressLine(terminal);
  try {
    return await conform(port, plan, ({ release, title }, { name, tests }, test) => {
      progress.update(() => `${release}, ${title}: ${name}, test ${test + 1} of ${tests.length}`);
    });
  } finally {
    progress.end();
  }
}

function report(run: ConformRun, asked: ConformArguments, terminal: Terminal): void {
  switch (asked.format) {
    case "json":
      terminal.out(`${JSON.stringify(conformJson(run))}\n`);
      break;
    case "tap":
      terminal.out(`${conformTap(run)}\n`);
      break;
    case "text":
      terminal.out(`${conformText(run, terminal.style)}\n`);
      break;
  }
  if (asked.junit === undefined) return;
  try {
    writeFileSync(asked.junit, conformJunit(run));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot write ${asked.junit}: ${why}`);
  }
}

/**
 * `unstuck conform`: holds a port in a child process against the model.
 *
 * @returns the exit code
 */
export async function conformPort(asked: ConformArguments, terminal: Terminal): Promise<number> {
  const known = await loadReleases();
  const begun = performance.now();
  const port = new PortProcess(asked.command, asked.timeout * 1000);
  try {
    const hello = await started(port);
    const releases = releasesOf(asked, known, hello);
    const result = await compare(port, planOf(asked, releases, hello), terminal);
    const run: ConformRun = {
      port: hello.name,
      command: asked.command,
      seed: asked.seed,
      releases: known,
      models: asked.model,
      result,
      elapsedMs: performance.now() - begun,
    };
    report(run, asked, terminal);
    if (result.divergence !== null) return exitCode.violated;
    await port.stop();
    return exitCode.holds;
  } catch (error) {
    if (!(error instanceof SubjectFailure)) throw error;
    terminal.err(`unstuck: ${error.message}\n`);
    return exitCode.violated;
  } finally {
    port.kill();
  }
}
