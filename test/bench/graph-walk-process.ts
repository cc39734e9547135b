import { getAdjacencyMap, getShortestPaths } from "xstate/graph";
import { lift } from "../../src/compile/lift.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { findRelease } from "../../src/compile/find-release.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";

// A whole process: walks the composed machine of a scope with xstate/graph, and says how many states it has.
const [walk = "", ...set] = process.argv.slice(2);
const release = findRelease(await loadReleases(), "v3.0.4");
const parameters = parametersOf(release, set);
const { machine, traversal } = lift(release.describe(parameters), parameters);
const states =
  walk === "adjacency"
    ? Object.keys(getAdjacencyMap(machine, traversal)).length
    : getShortestPaths(machine, traversal).length;
process.stdout.write(`${JSON.stringify({ states })}\n`);
