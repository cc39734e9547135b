import { defaultParameters, fluentBit, fluentBitSystem, parameterNames } from "unstuck";
import { EverySizeScope, proveSystem, searchForProver, startZ3 } from "unstuck/prove";

const onePlaceLess = (branch) => ({
  ...branch,
  guard: (instance, slot) =>
    branch.guard(instance, slot).map(({ quantity, relation, bound }) => {
      const isRoom = quantity.total === "up" && relation === "<";
      return { quantity, relation, bound: isRoom ? { ...bound, constant: -1 } : bound };
    }),
});
const changed = (rule) => ({ ...rule, branches: rule.branches.map(onePlaceLess) });
const release = {
  ...{ system: fluentBitSystem, name: "reserve-slot", summary: "room for retries", order: 99 },
  ...{ defaults: {}, applies: parameterNames, least: { maxChunksUp: 2 } },
  describe: (parameters) => {
    const whole = fluentBit(parameters);
    const isAbout = ({ name }) => name === "ingest" || name === "dispatch";
    return { ...whole, slotRules: whole.slotRules.map((r) => (isAbout(r) ? changed(r) : r)) };
  },
};

const solver = await startZ3();
const scope = EverySizeScope.of(release, { ...defaultParameters, chunks: 3, maxChunksUp: 2 });
const options = { solver, search: searchForProver, now: Date.now, timeLimit: 60_000 };
const { properties } = await proveSystem(scope, { ...options, only: ["neverStuck"] });
for (const { property, verdict } of properties) console.log(`${property}: ${verdict}`);
await solver.close();
