import { createTestModel } from "@xstate/test";
import { describe, expect, it } from "vitest";
import { createActor } from "xstate";
import { adjacencyMapToArray, getAdjacencyMap } from "xstate/graph";
import type { Release } from "../../models/description.ts";
import { release as fluentd } from "../../models/fluentd/releases/v1.19.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { defaultsOf } from "../../models/system.ts";
import { lift, type LiftedSystem } from "../../src/compile/lift.ts";
import type { LiftedContext, LiftedEvent } from "../../src/compile/lifted-event.ts";
import type { MachineState } from "../../src/compile/machine-table.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import type { SystemState } from "../../src/compile/stepper.ts";
import { defaultLimits, explore } from "../../src/explore/explore.ts";
import {
  edgeSlot,
  slotMoveOf,
  systemMoveOf,
  type StateGraph,
} from "../../src/explore/state-graph.ts";
import { StateReader } from "../../src/explore/state-reader.ts";

interface Case {
  readonly what: string;
  readonly release: Release;
  readonly parameters: Partial<Parameters>;
}

const cases: readonly Case[] = [
  { what: "the reference scope", release: v304, parameters: {} },
  { what: "two outputs", release: v304, parameters: { outputs: 2 } },
  {
    what: "the quota of the proposed fix, which leaks, and a scheduler that fails",
    release: publishedFix,
    parameters: { ...publishedFix.defaults, schedulerFails: true },
  },
  {
    what: "a retry limit and crashes",
    release: v304,
    parameters: { retryLimit: 1, crash: true },
  },
  {
    what: "a shutdown that takes the outputs' marks off",
    release: v304,
    parameters: { overLimitQuota: 1, shutdown: true, detachOnOutputExit: true },
  },
  { what: "a paused input", release: v304, parameters: { pauseOnChunksOverlimit: true } },
  { what: "park with crashes", release: park, parameters: { chunks: 3, crash: true } },
  {
    what: "park with any of two outputs",
    release: park,
    parameters: { outputs: 2, routing: "any" },
  },
];

function nameOfMachine(state: MachineState, first: MachineState | undefined): string {
  const changed = Object.entries(state.context).filter(
    ([key, value]) => first?.context[key] !== value,
  );
  const values = changed.map(([, value]) => String(value)).join(",");
  return state.value + (values === "" ? "" : `(${values})`);
}

/** The name that a state of the explorer has in the lifted machine. */
function nameOfState({ system }: Scope, { places, shared, amounts }: SystemState): string {
  const free = system.places[0]?.machines ?? [];
  const counters = new Map<string, number[]>();
  system.counters.forEach((quantity) => {
    const name = system.quantities[quantity]?.name ?? "";
    counters.set(name, [...(counters.get(name) ?? []), amounts[quantity] ?? 0]);
  });
  return [
    ...places.map((place) =>
      (system.places[place]?.machines ?? [])
        .map(({ state }, index) => nameOfMachine(state, free[index]?.state))
        .join(" "),
    ),
    system.shared.map(({ table }, machine) => table.states[shared[machine] ?? 0]?.value).join(" "),
    ...[...counters.values()].map((values) => values.join(" ")),
  ].join(" | ");
}

function nameOfTransition(graph: StateGraph, code: number): string {
  const move = slotMoveOf(graph, code);
  const parts =
    move === undefined
      ? [systemMoveOf(graph, code)?.action, systemMoveOf(graph, code)?.output]
      : [move.action, edgeSlot(code), move.output, move.mask?.join("+")];
  return parts.filter((part) => part !== null && part !== undefined).join(" ");
}

type NamedGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Every state of the explorer by its name, with the names of what each transition is and where it leads. */
function explored(scope: Scope): NamedGraph {
  const graph = explore(scope, { ...defaultLimits, symmetry: false });
  const reader = new StateReader(graph);
  const names = Array.from({ length: graph.states }, (_, state) => {
    reader.read(state);
    return nameOfState(scope, reader.state());
  });
  const named = new Map<string, Set<string>>();
  names.forEach((name, state) => {
    const transitions = new Set<string>();
    for (let edge = graph.edgeStarts.at(state); edge < graph.edgeStarts.at(state + 1); edge++) {
      const target = names[graph.edgeTargets.at(edge)] ?? "";
      transitions.add(`${nameOfTransition(graph, graph.edgeCodes.at(edge))} -> ${target}`);
    }
    named.set(name, transitions);
  });
  expect(BigInt(named.size)).toBe(graph.counts.labelled);
  expect(BigInt([...named.values()].reduce((sum, { size }) => sum + size, 0))).toBe(
    graph.counts.transitions,
  );
  return named;
}

type Traversal = LiftedSystem["traversal"];

interface LiftedState {
  readonly context: LiftedContext;
}

interface Adjacency {
  readonly state: LiftedState;
  readonly event: LiftedEvent;
  readonly nextState: LiftedState;
}

/** A list of adjacent states as a graph of names; a state without transitions is only met as a target. */
function named(traversal: Traversal, list: readonly Adjacency[]): NamedGraph {
  const graph = new Map<string, Set<string>>();
  const transitionsOf = (state: LiftedState): Set<string> => {
    const name = traversal.serializeState(state);
    const transitions = graph.get(name) ?? new Set();
    graph.set(name, transitions);
    return transitions;
  };
  for (const { state, event, nextState } of list) {
    transitionsOf(nextState);
    const target = traversal.serializeState(nextState);
    transitionsOf(state).add(`${traversal.serializeEvent(event)} -> ${target}`);
  }
  return graph;
}

describe.each(cases)("$what", ({ release, parameters }) => {
  const all = { ...defaultParameters, ...parameters };
  const { machine, traversal } = lift(release.describe(all), all);
  const expected = explored(scopeOf(release, all));

  it("is the explorer's graph to xstate/graph", () => {
    const adjacency = adjacencyMapToArray(getAdjacencyMap(machine, traversal));
    expect(named(traversal, adjacency)).toEqual(expected);
  });

  it("is the explorer's graph to @xstate/test", () => {
    const model = createTestModel(machine, traversal);
    expect(named(traversal, model.getAdjacencyList())).toEqual(expected);
  });
});

it("where Fluentd gives up, a gate adds to a counter: the graph is the explorer's, too", () => {
  const all = { ...defaultsOf(fluentd.system), limit: 2, threads: 2, retryMax: 1 };
  const { machine, traversal } = lift(fluentd.describe(all), all);
  const adjacency = adjacencyMapToArray(getAdjacencyMap(machine, traversal));
  expect(named(traversal, adjacency)).toEqual(explored(scopeOf(fluentd, all)));
});

describe("a test with @xstate/test of one's own", () => {
  const all = { ...defaultParameters, chunks: 1 };
  const { machine, traversal } = lift(v304.describe(all), all);

  it("walks shortest paths and gives the test each action with its slot and output", async () => {
    const told: string[] = [];
    const tell = ({ event }: { readonly event: LiftedEvent }): void => {
      told.push(traversal.serializeEvent(event));
    };
    const [longest] = createTestModel(machine, traversal)
      .getShortestPaths()
      .toSorted((a, b) => b.steps.length - a.steps.length);
    const events = { ingest: tell, dispatch: tell, flushRetry: tell, outputDown: tell };
    await longest?.test({ events });
    expect(told).toEqual(["ingest 0 0", "dispatch 0", "outputDown 0", "flushRetry 0 0"]);
  });

  it("refuses an event that is not enabled", () => {
    const actor = createActor(machine).start();
    expect(actor.getSnapshot().can({ type: "dispatch", slot: 0 })).toBe(false);
    actor.send({ type: "ingest", slot: 0, mask: [0] });
    expect(actor.getSnapshot().can({ type: "dispatch", slot: 0 })).toBe(true);
    actor.send({ type: "outputUp", output: 0 });
    expect(traversal.serializeState(actor.getSnapshot())).toBe(
      "up vacant routed | running online | 0",
    );
  });
});
