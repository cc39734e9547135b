import type { CompiledSystem, Guard, SlotMove, SystemMove } from "../compile/compiled-system.ts";
import { guardHolds } from "../compile/conditions.ts";
import { edgeMove, type StateGraph } from "./state-graph.ts";
import { StateReader } from "./state-reader.ts";

/** A branch of an action: one of the ways in which it can go. */
interface CoveredBranch {
  readonly action: string;
  /** What the action is about and what happens, in words. */
  readonly words: string;
  readonly taken: boolean;
}

/** A comparison in the guard of an action, and how it came out where all but the guard allowed the action. */
interface CoveredGuard {
  readonly action: string;
  /** Such as `total up < maxChunksUp`. */
  readonly comparison: string;
  readonly held: boolean;
  readonly failed: boolean;
}

/** What a search met of the model: every branch and every comparison that the description of the scope states. */
export interface ModelCoverage {
  readonly branches: readonly CoveredBranch[];
  readonly guards: readonly CoveredGuard[];
}

type Move = SlotMove | SystemMove;

/** `a >= b` is `a < b` with the outcomes swapped: branches that exclude each other share the comparison. */
function asLess(guard: Guard): Guard {
  return guard.relation === ">=" ? { ...guard, relation: "<" } : guard;
}

function quantityWords({ quantities }: CompiledSystem, index: number): string {
  const { kind, name, output, input } = quantities[index] ?? {};
  const about = [
    ...(output === null || output === undefined ? [] : [`of output ${output}`]),
    ...(input === null || input === undefined ? [] : [`of input ${input}`]),
  ];
  return [kind, name, ...about].join(" ");
}

function boundWords({ bound }: Guard): string {
  const terms = Object.entries(bound)
    .filter(([, factor]) => factor !== 0 && factor !== undefined)
    .map(([name, factor]) =>
      name === "constant" ? String(factor) : factor === 1 ? name : `${factor} * ${name}`,
    );
  return terms.join(" + ").replaceAll("+ -", "- ") || "0";
}

function comparisonWords(system: CompiledSystem, guard: Guard): string {
  const less = guard.minus < 0 ? "" : ` - ${quantityWords(system, guard.minus)}`;
  return `${quantityWords(system, guard.quantity)}${less} ${guard.relation} ${boundWords(guard)}`;
}

function branchWords(move: Move): string {
  const output = move.output === null ? "" : `output ${move.output}: `;
  return `${output}${move.tells}`;
}

/** Which branches a graph's transitions take. */
function branchesOf(
  { scope, edgeCodes }: StateGraph,
  moves: readonly Move[],
): readonly CoveredBranch[] {
  const met = new Uint8Array(moves.length);
  for (let edge = 0; edge < edgeCodes.length; edge++) met[edgeMove(edgeCodes.at(edge))] = 1;
  const branches = new Map<string, CoveredBranch>();
  moves.forEach((move, index) => {
    const words = branchWords(move);
    const key = JSON.stringify([move.action, words]);
    const taken = met[index] === 1 || branches.get(key)?.taken === true;
    branches.set(key, { action: move.action, words, taken });
  });
  const order = new Map(scope.system.actions.map((action, index) => [action, index]));
  return [...branches.values()].sort(
    (a, b) => (order.get(a.action) ?? 0) - (order.get(b.action) ?? 0),
  );
}

/** The comparisons of all moves, each once; what was met of each, by its action, is kept in two bits. */
class GuardOutcomes {
  readonly #graph: StateGraph;
  readonly #reader: StateReader;
  readonly #guards: Guard[] = [];
  readonly #ids = new Map<string, number>();
  readonly #bits = new Map<
    string,
    { readonly action: string; bits: number; readonly id: number }
  >();
  /** Of each move: what it asks, with the entry that keeps the outcomes. */
  readonly #asks: readonly (readonly { readonly id: number; readonly entry: { bits: number } }[])[];
  /** Moves that begin in each place. */
  readonly #from: readonly (readonly number[])[];

  constructor(graph: StateGraph, moves: readonly Move[]) {
    this.#graph = graph;
    this.#reader = new StateReader(graph);
    this.#asks = moves.map((move) => move.guard.map((guard) => this.#ask(move.action, guard)));
    this.#from = graph.scope.system.places.map(({ id }) =>
      graph.scope.system.slotMoves.flatMap((move, index) => (move.from === id ? [index] : [])),
    );
  }

  #ask(action: string, guard: Guard): { readonly id: number; readonly entry: { bits: number } } {
    const one = asLess(guard);
    const words = comparisonWords(this.#graph.scope.system, one);
    let id = this.#ids.get(words);
    if (id === undefined) {
      id = this.#guards.push(one) - 1;
      this.#ids.set(words, id);
    }
    const key = JSON.stringify([action, id]);
    let entry = this.#bits.get(key);
    if (entry === undefined) {
      entry = { action, bits: 0, id };
      this.#bits.set(key, entry);
    }
    return { id, entry };
  }

  /** Looks at every state. */
  read(moves: readonly Move[]): void {
    const { scope, expanded } = this.#graph;
    const { slotMoves, systemMoves } = scope.system;
    const outcomes = new Int8Array(this.#guards.length);
    const look = (index: number): void => {
      const asks = this.#asks[index] ?? [];
      if (asks.length === 0 || moves[index]?.needs.every((one) => this.#reader.is(one)) !== true) {
        return;
      }
      for (const { id, entry } of asks) {
        const guard = this.#guards[id];
        if (guard === undefined) continue;
        if (outcomes[id] === 0) {
          outcomes[id] = guardHolds(guard, scope, this.#reader.amounts) ? 1 : 2;
        }
        entry.bits |= outcomes[id] ?? 0;
      }
    };
    for (let state = 0; state < expanded; state++) {
      this.#reader.read(state);
      outcomes.fill(0);
      const { place, length } = this.#reader.sites;
      for (let site = 0; site < length; site++) this.#from[place[site] ?? 0]?.forEach(look);
      for (let move = 0; move < systemMoves.length; move++) look(slotMoves.length + move);
    }
  }

  found(): readonly CoveredGuard[] {
    const { system } = this.#graph.scope;
    return [...this.#bits.values()].flatMap(({ action, bits, id }) => {
      const guard = this.#guards[id];
      if (guard === undefined) return [];
      const comparison = comparisonWords(system, guard);
      return [{ action, comparison, held: (bits & 1) !== 0, failed: (bits & 2) !== 0 }];
    });
  }
}

/** Which branches of actions a search took, and how the comparisons of their guards came out. */
export function modelCoverage(graph: StateGraph): ModelCoverage {
  const { slotMoves, systemMoves } = graph.scope.system;
  const moves: readonly Move[] = [...slotMoves, ...systemMoves];
  const guards = new GuardOutcomes(graph, moves);
  guards.read(moves);
  return { branches: branchesOf(graph, moves), guards: guards.found() };
}

/** What several searches met together: something was met if one of them met it. */
export function joinedCoverage(coverages: readonly ModelCoverage[]): ModelCoverage {
  const branches = new Map<string, CoveredBranch>();
  const guards = new Map<string, CoveredGuard>();
  for (const coverage of coverages) {
    for (const one of coverage.branches) {
      const key = JSON.stringify([one.action, one.words]);
      branches.set(key, { ...one, taken: one.taken || branches.get(key)?.taken === true });
    }
    for (const one of coverage.guards) {
      const key = JSON.stringify([one.action, one.comparison]);
      const known = guards.get(key);
      const held = one.held || known?.held === true;
      guards.set(key, { ...one, held, failed: one.failed || known?.failed === true });
    }
  }
  return { branches: [...branches.values()], guards: [...guards.values()] };
}
