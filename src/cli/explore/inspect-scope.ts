import { readFileSync } from "node:fs";
import type { Release } from "../../../models/description.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { scopeOf, type Scope } from "../../compile/scope.ts";
import { checkScope, type PropertyResult } from "../../explore/check-scope.ts";
import { byHand, randomWalk, scripted, type Driver } from "../../inspect/live/driver.ts";
import { endlessly } from "../../inspect/live/endless-run.ts";
import { readScenario } from "../../inspect/live/scenario-file.ts";
import type { PageData } from "../../inspect/page-data.ts";
import { pageFiles } from "../../inspect/page-files.ts";
import { serveInspector, type Inspector } from "../../inspect/serve/inspect-server.ts";
import { storyOf } from "../../inspect/tell/story.ts";
import type { Story } from "../../inspect/tell/told-story.ts";
import { lassoConclusion } from "../../report/scope/lasso-words.ts";
import { BadInput } from "../bad-input.ts";
import { otherScopes, pageProperty, pageScope } from "../check/page-scopes.ts";
import { ProgressLine } from "../progress-line.ts";
import { progressOn } from "../check/search-progress.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import { servedData } from "./served-data.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";

/** What `inspect` was asked. At most one of `counterexample`, `scenario` and `random` is given. */
export interface InspectArguments {
  readonly release: string;
  readonly set: readonly string[];
  /** The property whose counterexample is played. */
  readonly counterexample?: string;
  /** How often the loop after it is gone round; without it, for ever. */
  readonly rounds?: number;
  /** A file of actions, one a line. */
  readonly scenario?: string;
  /** The seed of a random walk. */
  readonly random?: number;
  /** Milliseconds between two actions. */
  readonly pace: number;
  readonly port: number;
  readonly allowOrigin: readonly string[];
}

function judged(scope: Scope, property: string, terminal: Terminal): PropertyResult {
  const progress = new ProgressLine(terminal);
  const { properties } = checkScope(scope, { onProgress: progressOn(progress, scope) });
  progress.end();
  const found = properties.find((one) => one.property === property);
  if (found === undefined) {
    const known = properties.map((one) => one.property).join(", ");
    throw new BadInput(`there is no property "${property}"; known properties are ${known}`);
  }
  return found;
}

/** What drives the run, and what it tells. */
interface Driven {
  readonly driver: Driver;
  readonly story: Story | null;
}

/** Plays the way into a violation and, if it is one of progress, the loop after it; the terminal is told when it begins. */
function counterexample(
  scope: Scope,
  property: string,
  rounds: number | undefined,
  terminal: Terminal,
): Driven {
  const found = judged(scope, property, terminal);
  const told = pageProperty(found);
  const { path, lasso } = told;
  const story = storyOf(scope, told);
  if (path === null) {
    throw new BadInput(`${scope.release} does not violate ${property} at this scope`);
  }
  if (lasso === null) {
    if (rounds === undefined) return { driver: scripted(path), story };
    throw new BadInput(`a violation of ${property} ends in no loop; leave out --rounds`);
  }
  const drive = endlessly(
    {
      path: [...path, ...lasso.approach],
      loop: lasso.loop,
      why: lassoConclusion(found, { scope }),
    },
    rounds ?? Infinity,
  );
  return {
    driver: (stepper, say) =>
      drive(stepper, (remark) => {
        for (const sentence of remark.sentences) terminal.out(`↻ ${sentence}\n`);
        say(remark);
      }),
    story,
  };
}

function drivenBy(asked: InspectArguments, scope: Scope, terminal: Terminal): Driven {
  const { counterexample: property, rounds, scenario, random } = asked;
  if ([property, scenario, random].filter((one) => one !== undefined).length > 1) {
    throw new BadInput("--counterexample, --scenario and --random exclude each other");
  }
  if (property !== undefined) return counterexample(scope, property, rounds, terminal);
  if (rounds !== undefined) throw new BadInput("--rounds goes with --counterexample");
  if (random !== undefined) return { driver: randomWalk(random), story: null };
  if (scenario === undefined) return { driver: byHand, story: null };
  let text: string;
  try {
    text = readFileSync(scenario, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot read ${scenario}: ${why}`);
  }
  return { driver: scripted(readScenario(scenario, text)), story: null };
}

function dataOf(
  releases: readonly Release[],
  release: Release,
  scope: Scope,
  story: Story | null,
): PageData {
  const scopes = [pageScope(release, scope, "", null), ...otherScopes(releases, scope, "")];
  return servedData({ mode: "live", version: version(), scopes, story });
}

/** `unstuck inspect`: a system of live actors, and a page that shows them, on 127.0.0.1. It does not move yet. */
export async function inspectScope(
  asked: InspectArguments,
  terminal: Terminal,
): Promise<Inspector> {
  const releases = await loadReleases();
  const release = findRelease(releases, asked.release);
  const scope = scopeOf(release, parametersOf(release, asked.set));
  const { driver, story } = drivenBy(asked, scope, terminal);
  return serveInspector(
    {
      description: release.describe(scope.parameters),
      scope,
      driver,
      pace: asked.pace,
      allowedOrigins: asked.allowOrigin,
      port: asked.port,
    },
    dataOf(releases, release, scope, story),
    pageFiles("page"),
  );
}
