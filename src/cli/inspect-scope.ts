import { readFileSync } from "node:fs";
import type { Release } from "../../models/description.ts";
import { loadReleases } from "../compile/load-releases.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import { checkScope } from "../explore/check-scope.ts";
import { actionKey } from "../inspect/action-key.ts";
import { byHand, randomWalk, scripted, type Driver } from "../inspect/live/driver.ts";
import { readScenario } from "../inspect/live/scenario-file.ts";
import type { PageData } from "../inspect/page-data.ts";
import { pageFiles } from "../inspect/page-files.ts";
import { serveInspector, type Inspector } from "../inspect/serve/inspect-server.ts";
import { BadInput } from "./bad-input.ts";
import { otherScopes, pageScope } from "./page-scopes.ts";
import { findRelease, parametersOf } from "./scope-arguments.ts";
import { version } from "./version.ts";

/** What `inspect` was asked. At most one of `counterexample`, `scenario` and `random` is given. */
export interface InspectArguments {
  readonly release: string;
  readonly set: readonly string[];
  /** The property whose counterexample is played. */
  readonly counterexample?: string;
  /** A file of actions, one a line. */
  readonly scenario?: string;
  /** The seed of a random walk. */
  readonly random?: number;
  /** Milliseconds between two actions. */
  readonly pace: number;
  readonly port: number;
  readonly allowOrigin: readonly string[];
}

function counterexample(scope: Scope, property: string): readonly string[] {
  const { properties } = checkScope(scope);
  const found = properties.find((one) => one.property === property);
  if (found === undefined) {
    const known = properties.map((one) => one.property).join(", ");
    throw new BadInput(`there is no property "${property}"; known properties are ${known}`);
  }
  if (found.path === null) {
    throw new BadInput(`${scope.release} does not violate ${property} at this scope`);
  }
  return found.path.steps.map(({ taken }) => actionKey(taken));
}

function driverOf(asked: InspectArguments, scope: Scope): Driver {
  const { counterexample: property, scenario, random } = asked;
  if ([property, scenario, random].filter((one) => one !== undefined).length > 1) {
    throw new BadInput("--counterexample, --scenario and --random exclude each other");
  }
  if (property !== undefined) return scripted(counterexample(scope, property));
  if (random !== undefined) return randomWalk(random);
  if (scenario === undefined) return byHand;
  let text: string;
  try {
    text = readFileSync(scenario, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot read ${scenario}: ${why}`);
  }
  return scripted(readScenario(scenario, text));
}

function dataOf(releases: readonly Release[], release: Release, scope: Scope): PageData {
  const scopes = [pageScope(release, scope, "", null), ...otherScopes(releases, scope, "")];
  return { mode: "live", version: version(), scopes };
}

/** `unstuck inspect`: a system of live actors, and a page that shows them, on 127.0.0.1. It does not move yet. */
export async function inspectScope(asked: InspectArguments): Promise<Inspector> {
  const releases = await loadReleases();
  const release = findRelease(releases, asked.release);
  const scope = scopeOf(release, parametersOf(release, asked.set));
  return serveInspector(
    {
      description: release.describe(scope.parameters),
      scope,
      driver: driverOf(asked, scope),
      pace: asked.pace,
      allowedOrigins: asked.allowOrigin,
      port: asked.port,
    },
    dataOf(releases, release, scope),
    pageFiles("page"),
  );
}
