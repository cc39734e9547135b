import { afterAll, expect, test } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { FactsDesk } from "../../src/cli/explore/facts-desk.ts";
import { knownLoops } from "../../src/analysis/known-loops.ts";
import { StateSpace, wholeGraph } from "../../src/cli/explore/state-space.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { judgeGraph } from "../../src/explore/check-scope.ts";
import { randomWalk } from "../../src/inspect/live/driver.ts";

const release = (await loadReleases()).find(({ name }) => name === "published-fix");
if (release === undefined) throw new Error("no published-fix");
const sizes = { chunks: 3, outputs: 2 };
const scope = scopeOf(release, { ...defaultParameters, ...release.defaults, ...sizes });
const graph = wholeGraph(scope);
const loops = knownLoops(judgeGraph(graph));
const desk = new FactsDesk(graph, loops);
afterAll(() => desk.close());

const stepper = new Stepper(scope);
const drive = randomWalk(5);
const states = Array.from({ length: 12 }, () => {
  const action = drive(stepper);
  if (action !== null) stepper.take(action);
  return stepper.state();
});
const patient = (): AbortSignal => new AbortController().signal;

test("the thread answers as the state space itself does", async () => {
  const space = new StateSpace(graph, loops);
  const answers = await Promise.all(states.map((state) => desk.factsOf(state, patient())));
  expect(answers).toEqual(states.map((state) => space.factsOf(state)));
});

test("what was answered once is not worked out again, and what nobody waits for is not at all", async () => {
  const fresh = new FactsDesk(graph, loops);
  const impatient = new AbortController();
  const first = fresh.factsOf(states[0] ?? stepper.state(), patient());
  const dropped = states
    .slice(1, 11)
    .map((state) => fresh.factsOf(state, impatient.signal).then(() => "answered", String));
  impatient.abort();
  expect(new Set(await Promise.all(dropped))).toEqual(
    new Set(["Error: nobody waits for the answer any more"]),
  );
  const facts = await first;
  expect(await fresh.factsOf(states[0] ?? stepper.state(), patient())).toBe(facts);
  expect(fresh.worked).toBe(1);
  await fresh.close();
});

test("a state that no run leads to is refused, and a desk that is closed answers nothing", async () => {
  const { places, shared, amounts } = stepper.state();
  const nowhere = { places: places.map(() => 99_999), shared, amounts };
  await expect(desk.factsOf(nowhere, patient())).rejects.toThrow();
  const closed = new FactsDesk(graph, loops);
  const waiting = closed.factsOf(stepper.state(), patient()).then(() => "answered", String);
  await closed.close();
  expect(["answered", "Error: the thread that judges states has ended"]).toContain(await waiting);
  const late = closed.factsOf(stepper.state(), patient());
  if ((await waiting) !== "answered") await expect(late).rejects.toThrow("has ended");
});
