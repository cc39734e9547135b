import { LimitError } from "../errors/limit-error.ts";
import { type Scope, slotsOf } from "../compile/scope.ts";
import { NoRoom } from "./layout.ts";
import { Search, type SearchedStates } from "./search.ts";
import { StateReader } from "./state-reader.ts";
import { mostMoves, mostSlots, type StateGraph } from "./state-graph.ts";
import { SurveySearch } from "./survey.ts";

/** How far a search is. */
export interface SearchProgress {
  /** States whose transitions are known. */
  readonly visited: number;
  /** States that were met, and whose transitions are not known yet. */
  readonly waiting: number;
  /** Steps from the initial state to the states that are visited now. */
  readonly level: number;
  /** Bytes that are reserved. */
  readonly bytes: number;
}

/** How far a search may go. */
export interface ExploreOptions extends SearchedStates {
  /** Most states to visit. */
  readonly maxStates: number;
  /** Most bytes to reserve for states and transitions. */
  readonly maxBytes: number;
  /** Called now and then. */
  readonly onProgress?: (progress: SearchProgress) => void;
  /** Asked now and then why the search shall end; null if it shall go on. */
  readonly ends?: () => string | null;
}

export const defaultLimits = { maxStates: 20_000_000, maxBytes: 8 * 2 ** 30 } as const;

const progressEvery = 4096;

/** What the searches that keep transitions and those that do not have in common. */
interface Searching {
  readonly states: number;
  readonly mostStates: number;
  readonly expanded: number;
  readonly level: number;
  readonly bytes: number;
  goesOn(): boolean;
  settle(): void;
  step(): void;
}

/** Why a search may not go on; null if it may. */
function bound(
  search: Searching,
  { maxStates, maxBytes, onProgress, ends }: ExploreOptions,
): string | null {
  const { expanded } = search;
  if (search.mostStates > maxStates || expanded % progressEvery === 0) search.settle();
  const { states, level } = search;
  if (states > maxStates) return `the limit of ${maxStates} states`;
  if (expanded % progressEvery !== 0) return null;
  const { bytes } = search;
  onProgress?.({ visited: expanded, waiting: states - expanded, level, bytes });
  if (bytes > maxBytes) return `the limit of ${Math.round(maxBytes / 2 ** 20)} MiB`;
  return ends?.() ?? null;
}

/** Goes on until the search ends, or it is time for something else; the reason to end early, or null where there is none. */
function* searching(
  search: Searching,
  options: ExploreOptions,
): Generator<undefined, string | null> {
  while (search.goesOn()) {
    const reason = bound(search, options);
    if (reason !== null) return reason;
    search.step();
    if (search.expanded % progressEvery === 0) yield;
  }
  return null;
}

function graphOf(
  scope: Scope,
  { symmetry }: ExploreOptions,
  search: Search,
  endedBy: string | null,
): StateGraph {
  const { layout, kinds, set, expanded, parents, edgeStarts, successors } = search;
  const { edgeTargets, edgeCodes } = successors;
  edgeStarts.push(edgeTargets.length);
  const graph: StateGraph = {
    scope,
    layout,
    kinds,
    symmetry,
    complete: endedBy === null,
    endedBy,
    states: set.size,
    bytes: search.bytes,
    expanded,
    words: set.words,
    parents,
    edgeStarts,
    edgeTargets,
    edgeCodes,
    counts: search.tally.counted,
    findings: search.findings,
  };
  if (endedBy !== null) judgeWaiting(graph);
  return graph;
}

/** Properties of states are judged in those as well that were met and not expanded. */
function judgeWaiting(graph: StateGraph): void {
  const { findings, expanded, states, scope } = graph;
  if (findings === null) return;
  const reader = new StateReader(graph);
  for (let state = expanded; state < states; state++) {
    reader.read(state);
    const shared = scope.system.shared.map((_, machine) => reader.shared(machine));
    findings.judgeProperties({ shared, amounts: reader.amounts }, state);
  }
}

/** What a search is told that keeps no transitions: how many states there are, and whether it ended early. */
export interface Survey {
  readonly complete: boolean;
  readonly endedBy: string | null;
  readonly states: number;
  /** Transitions of those states; each stands for several where states are merged. */
  readonly transitions: number;
  readonly bytes: number;
  readonly counts: StateGraph["counts"];
}

/** Searches, and yields now and then. */
function* searches<Kind extends Searching, Result>(
  scope: Scope,
  options: ExploreOptions,
  begin: (room: "likely" | "all") => Kind,
  resultOf: (search: Kind, endedBy: string | null) => Result,
): Generator<undefined, Result> {
  const { system } = scope;
  const actions = system.slotMoves.length + system.systemMoves.length;
  if (slotsOf(scope) > mostSlots) {
    throw new LimitError(`a search can have ${mostSlots} ${system.slots.noun}s at most`);
  }
  if (actions > mostMoves) throw new LimitError(`a search can have ${mostMoves} actions at most`);
  for (const room of ["likely", "all"] as const) {
    const search = begin(room);
    try {
      return resultOf(search, yield* searching(search, options));
    } catch (error) {
      if (!(error instanceof NoRoom) || room === "all") throw error;
    }
  }
  throw new Error("with room for all slots everywhere none can be missing");
}

function graphs(scope: Scope, options: ExploreOptions): Generator<undefined, StateGraph> {
  return searches(
    scope,
    options,
    (room) => new Search(scope, options, room),
    (search, endedBy) => graphOf(scope, options, search, endedBy),
  );
}

function ended<Result>(search: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/**
 * Visits every reachable state of a scope, breadth first.
 *
 * @throws LimitError if the scope has more slots, states of a slot or actions than a search can number, or if a counter
 * leaves its range.
 */
export function explore(scope: Scope, options: ExploreOptions): StateGraph {
  return ended(graphs(scope, options));
}

/**
 * Visits the same states, and keeps no transitions: where only numbers are asked for, a state takes a third of the memory.
 *
 * @throws LimitError as `explore` does
 */
export function survey(scope: Scope, options: ExploreOptions): Survey {
  return ended(
    searches(
      scope,
      options,
      (room) => new SurveySearch(scope, options, room),
      (search, endedBy) => ({
        complete: endedBy === null,
        endedBy,
        states: search.states,
        transitions: search.successors.followed,
        bytes: search.bytes,
        counts: search.tally.counted,
      }),
    ),
  );
}

/**
 * The same as `explore`, for as long as it takes.
 *
 * @param turn waited for now and then: what else is to be done can be done meanwhile
 */
export async function exploreInTurns(
  scope: Scope,
  options: ExploreOptions,
  turn: () => Promise<void>,
): Promise<StateGraph> {
  const search = graphs(scope, options);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
    await turn();
  }
}
