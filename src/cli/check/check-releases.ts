import type { Release } from "../../../models/description.ts";
import { checkScope } from "../../explore/check-scope.ts";
import type { TimedResult } from "../../report/scope/timed-result.ts";
import { pinnedScopes, type PinnedScope } from "../../analysis/pinned-scopes.ts";
import { scopeWith } from "../../analysis/scope-with.ts";

/** A release at one of the pinned scopes. */
export interface PinnedRun extends TimedResult {
  readonly scope: PinnedScope;
  readonly release: Release;
}

/** Judges every release at every pinned scope; parameters that mean nothing to a release are left out. */
export function checkReleases(
  releases: readonly Release[],
  onProgress: (release: string, scope: PinnedScope) => void,
): readonly PinnedRun[] {
  return releases.flatMap((release) =>
    pinnedScopes.map((scope): PinnedRun => {
      onProgress(release.name, scope);
      const started = performance.now();
      const result = checkScope(scopeWith(release, scope.settings));
      return { release, scope, result, elapsedMs: performance.now() - started };
    }),
  );
}
