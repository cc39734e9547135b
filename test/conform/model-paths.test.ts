import { createTestModel } from "@xstate/test";
import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { lift } from "../../src/compile/lift.ts";
import type { LiftedEvent } from "../../src/compile/lifted-event.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import {
  plannedScopes,
  type ConformScope,
  type ScopePlan,
} from "../../src/conform/conform-scopes.ts";
import { differences } from "../../src/conform/differences.ts";
import { EngineSubject } from "../../src/conform/engine-subject.ts";
import { liftedState } from "./lifted-state.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

const plans: readonly ScopePlan[] = [
  { name: "one-output", title: "one output", settings: {} },
  {
    name: "no-timers",
    title: "retry limit, no timers left, crash, shutdown",
    settings: { chunks: 1, retryLimit: 1, crash: true, schedulerFails: true, shutdown: true },
  },
  {
    name: "two-outputs",
    title: "two outputs",
    settings: { chunks: 1, outputs: 2, routing: "any" },
  },
];

/** Whether a step of a path is one of the system: the first one starts the machine. */
function isAction({ type }: { readonly type: string }): boolean {
  return type !== "xstate.init";
}

/** A path for each transition of a scope: a shortest way to where it starts, and the transition. */
function transitionPaths(release: Release, { scope }: ConformScope) {
  const { parameters } = scope;
  const { machine, traversal } = lift(release.describe(parameters), parameters);
  const model = createTestModel(machine, traversal);
  const adjacency = model.getAdjacencyList();
  // A path to one state is also one to each state on the way.
  const ways = new Map<string, (typeof paths)[number]["steps"]>();
  const paths = model.getShortestPaths();
  for (const { steps } of paths) {
    steps.forEach(({ state }, index) => {
      const way = steps.slice(0, index + 1).filter(({ event }) => isAction(event));
      const name = traversal.serializeState(state);
      if (way.length < (ways.get(name)?.length ?? Infinity)) ways.set(name, way);
    });
  }
  const covered = new Set<string>();
  const longer = model.getPaths(() =>
    adjacency.map(({ state, event, nextState }) => {
      const from = traversal.serializeState(state);
      const way = ways.get(from);
      if (way === undefined) throw new Error(`no path leads to ${from}`);
      covered.add(`${from} ${traversal.serializeEvent(event)}`);
      const last = { state: nextState, event };
      return { state: nextState, steps: [...way, last], weight: way.length + 1 };
    }),
  );
  return { paths: longer, transitions: adjacency.length, covered: covered.size, traversal };
}

const releases = await loadReleases();
const cases = releases.flatMap((release) =>
  plannedScopes(release, plans).map((scope) => ({
    what: `${release.name}, ${scope.title}`,
    release,
    scope,
  })),
);

describe.each(cases)("$what", ({ release, scope }) => {
  const { parameters } = scope.scope;
  const description = release.describe(parameters);
  const { paths, transitions, covered, traversal } = transitionPaths(release, scope);
  const named = paths.map((path) => ({
    what: path.steps.map(({ event }) => traversal.serializeEvent(event)).join(", "),
    path,
  }));

  it("has a path through every transition", () => {
    expect(covered).toBe(transitions);
    expect(transitions).toBeGreaterThan(20);
  });

  it.each(named)("$what", async ({ path }) => {
    const engine = new EngineSubject();
    engine.reset(scope);
    let taken = 0;
    const take = ({ event }: { readonly event: LiftedEvent }): void => {
      const { type, ...about } = event;
      expect(engine.act({ action: type, ...about })).toHaveProperty("state");
      taken++;
    };
    const actions = new Set(path.steps.map(({ event }) => event.type));
    await path.test({
      events: Object.fromEntries([...actions].map((action) => [action, take])),
      states: {
        "*": ({ context }) => {
          const expected = liftedState(context, description, fluentBitParameters(parameters));
          expect(differences(expected, engine.state())).toEqual([]);
        },
      },
    });
    expect(taken).toBe(path.steps.length);
  });
});
