import type { Scope } from "../../compile/scope.ts";
import type { Run } from "../run.ts";
import { actionKey } from "../action-key.ts";
import { violatedAt } from "./judge-state.ts";

/** A run as the text of a test for any project that has this package and vitest: it takes the actions again and compares the end. */
export function copiedTest(scope: Scope, { moments }: Run): string {
  const last = moments.at(-1);
  const keys = moments.flatMap(({ taken }) => (taken === null ? [] : [actionKey(taken)]));
  const violated = last === undefined ? [] : violatedAt(scope, last);
  const places = (last?.state.places ?? []).map((place) => scope.system.places[place]?.name ?? "");
  const ending = violated.length === 0 ? "is possible" : `ends in ${violated.join(", ")}`;
  const list = (items: readonly string[]): string =>
    items.map((item) => `    ${JSON.stringify(item)},\n`).join("");
  return `import { expect, test } from "vitest";
import { loadReleases, replayRun, scopeOf, violatedAt } from "unstuck";

test(${JSON.stringify(`${scope.release}: a run of ${keys.length} actions ${ending}`)}, async () => {
  const release = (await loadReleases(${JSON.stringify(scope.system.name)})).find(({ name }) => name === ${JSON.stringify(scope.release)});
  if (release === undefined) throw new Error("the release is gone");
  const scope = scopeOf(release, ${JSON.stringify(scope.parameters)});
  const { moments, refused } = replayRun(scope, [
${list(keys)}  ]);
  expect(refused).toBeNull();
  const last = moments.at(-1);
  if (last === undefined) throw new Error("a run has a first state");
  expect(last.state.places.map((place) => scope.system.places[place]?.name)).toEqual([
${list(places)}  ]);
  expect(violatedAt(scope, last)).toEqual(${JSON.stringify(violated)});
});
`;
}
