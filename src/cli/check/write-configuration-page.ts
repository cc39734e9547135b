import type { Release } from "../../../models/description.ts";
import type { PageScope } from "../../inspect/page-data.ts";
import type { JudgedFile } from "../../report/configuration/configuration-sarif.ts";
import { BadInput } from "../bad-input.ts";
import { otherScopes, pageScope } from "./page-scopes.ts";
import { findRelease } from "../../compile/find-release.ts";
import { writeViewer } from "./write-viewer.ts";

function scopesOf(one: JudgedFile, releases: readonly Release[]): readonly PageScope[] {
  if ("refused" in one) return [];
  const { judged, shape } = one.verdict;
  if (judged === null || shape === null) return [];
  const { scope } = judged;
  const shown = pageScope(findRelease(releases, scope.release), scope, "", judged);
  const names = shape.outputNames.map((name, index) => `output ${index} is ${name}`).join(", ");
  return [
    { ...shown, name: one.file, sizes: `${shown.sizes}; ${names}` },
    ...otherScopes(releases, scope, ""),
  ];
}

/**
 * Writes a page with the shortest way into the stall of each judged configuration, and the other releases beside it.
 *
 * @throws BadInput if nothing was judged that a page could show, or the file cannot be written
 */
export function writeConfigurationPage(
  file: string,
  judged: readonly JudgedFile[],
  releases: readonly Release[],
): void {
  const scopes = judged.flatMap((one) => scopesOf(one, releases));
  if (scopes.length === 0) {
    throw new BadInput(
      "--html has nothing to show: nothing of the configuration is within the model",
    );
  }
  const [first] = judged;
  writeViewer(file, scopes, `unstuck: ${first?.file ?? "a configuration"}`);
}
