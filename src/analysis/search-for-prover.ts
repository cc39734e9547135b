import { checkScope } from "../explore/check-scope.ts";
import type { Search } from "../prove/invariant/small-scopes.ts";

/** What is found beyond it costs gigabytes, and would only confirm what smaller scopes say. */
const maxStates = 1_500_000;

/** The explorer, as the prover asks for it. */
export const searchForProver: Search = (scope, watchClock) =>
  checkScope(scope, { maxStates, onProgress: watchClock }).properties.map(
    ({ property, verdict, path, length }) => ({
      property,
      verdict,
      steps: path === null ? null : path.steps.map(({ taken }) => taken),
      length,
    }),
  );
