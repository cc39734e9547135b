import { joinedCoverage, type ModelCoverage } from "../../explore/model-coverage.ts";
import { coverageText, unmetJson } from "../conform/coverage-report.ts";
import { runsByRelease, type LetteredRun } from "./release-table.ts";
import type { Style } from "../style.ts";

function ofReleases(runs: readonly LetteredRun[]): readonly (readonly [string, ModelCoverage])[] {
  return runsByRelease(runs).map((ofOne) => [
    ofOne[0]?.release.name ?? "",
    joinedCoverage(ofOne.map(({ result }) => result.coverage())),
  ]);
}

/** What of the model no scope of a release met, by the name of the release. */
export function releasesUnmet(
  runs: readonly LetteredRun[],
): Readonly<Record<string, ReturnType<typeof unmetJson>>> {
  return Object.fromEntries(
    ofReleases(runs).map(([name, coverage]) => [name, unmetJson(coverage)]),
  );
}

/** The same for a terminal. */
export function releasesCoverage(runs: readonly LetteredRun[], style: Style): string {
  return ofReleases(runs)
    .map(([name, coverage]) => coverageText(coverage, `${name} in all of these scopes`, style))
    .join("\n");
}
