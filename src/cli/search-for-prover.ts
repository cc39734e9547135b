import { checkScope } from "../explore/check-scope.ts";
import type { Search } from "../prove/small-scopes.ts";

/** The explorer, as the prover asks for it. */
export const searchForProver: Search = (scope, watchClock) =>
  checkScope(scope, { onProgress: watchClock }).properties.map(
    ({ property, verdict, path, length }) => ({
      property,
      verdict,
      steps: path === null ? null : path.steps.map(({ taken }) => taken),
      length,
    }),
  );
