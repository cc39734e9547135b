import { checkScope, defaultParameters, loadReleases, scopeOf } from "unstuck";

const releases = await loadReleases();
const release = releases.find(({ name }) => name === "v3.0.4");
const parameters = { ...defaultParameters, chunks: 5, taskMapSize: 2, maxChunksUp: 3 };
const { counts, properties } = checkScope(scopeOf(release, parameters));

console.log(`${counts.labelled} states, ${counts.transitions} transitions`);
for (const { property, verdict, path } of properties) {
  const way = path?.steps.map(({ taken }) => taken.move.action).join(" ") ?? "";
  console.log(`${property}: ${verdict} ${way}`.trimEnd());
}
