import { defaultParameters, loadReleases, scopeOf } from "unstuck";
import { LiveSystem, randomWalk } from "unstuck/inspect";

const releases = await loadReleases();
const release = releases.find(({ name }) => name === "park");
const parameters = { ...defaultParameters, ...release.defaults };
const told = new Map();
const system = new LiveSystem(
  release.describe(parameters),
  scopeOf(release, parameters),
  ({ type }) => told.set(type, (told.get(type) ?? 0) + 1),
);

const choose = randomWalk(1);
for (let step = 0; step < 20; step++) {
  const action = choose(system.stepper);
  if (action === null) break;
  system.take(action);
  console.log(action.move.action);
}
console.log([...told].map(([type, count]) => `${type} ${count}`).join(", "));
