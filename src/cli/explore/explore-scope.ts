import type { Release } from "../../../models/description.ts";
import { loadReleases } from "../../compile/load-releases.ts";
import { scopeOf, type Scope } from "../../compile/scope.ts";
import { judgeGraph } from "../../explore/check-scope.ts";
import type { PageScope } from "../../inspect/page-data.ts";
import { pageFiles } from "../../inspect/page-files.ts";
import { serveExplorer } from "../../inspect/serve/explore-server.ts";
import type { LocalServer } from "../../inspect/serve/local-server.ts";
import { FactsDesk } from "./facts-desk.ts";
import { knownLoops } from "../../analysis/known-loops.ts";
import { pageScope } from "../check/page-scopes.ts";
import { ProgressLine } from "../progress-line.ts";
import { progressOn } from "../check/search-progress.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import { wholeGraph } from "./state-space.ts";
import { servedData } from "./served-data.ts";
import type { Terminal } from "../terminal.ts";
import { version } from "../version.ts";

/** What `explore` was asked. */
export interface ExploreArguments {
  readonly release: string;
  readonly set: readonly string[];
  /** 0 for any free port. */
  readonly port: number;
}

/** Explores a scope whole and judges it: what the page shows, and whom it can ask about states. */
function explored(
  release: Release,
  scope: Scope,
  terminal: Terminal,
): { readonly shown: PageScope; readonly desk: FactsDesk } {
  const progress = new ProgressLine(terminal);
  try {
    const graph = wholeGraph(scope, progressOn(progress, scope));
    progress.update(() => `judging ${graph.states} states`);
    const result = judgeGraph(graph);
    return {
      shown: pageScope(release, scope, "", result),
      desk: new FactsDesk(graph, knownLoops(result)),
    };
  } finally {
    progress.end();
  }
}

/** `unstuck explore`: a page on which the state space of a scope can be walked, on 127.0.0.1. */
export async function exploreScope(
  asked: ExploreArguments,
  terminal: Terminal,
): Promise<LocalServer> {
  const release = findRelease(await loadReleases(), asked.release);
  const scope = scopeOf(release, parametersOf(release, asked.set));
  const files = pageFiles("page");
  const { shown, desk } = explored(release, scope, terminal);
  const data = servedData({ mode: "explore", version: version(), scopes: [shown], story: null });
  try {
    const server = await serveExplorer(data, files, desk.factsOf, asked.port);
    return {
      ...server,
      close: async () => {
        await server.close();
        await desk.close();
      },
    };
  } catch (error) {
    await desk.close();
    throw error;
  }
}
