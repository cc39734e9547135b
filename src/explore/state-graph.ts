import type { SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import type { Findings } from "./findings.ts";
import type { GrowableUint32 } from "./growable.ts";
import type { Layout } from "./layout.ts";
import type { MoveKinds } from "./move-kinds.ts";

/** The reachable states of a scope in the order of a breadth-first search, with their transitions. */
export interface StateGraph {
  readonly scope: Scope;
  readonly layout: Layout;
  readonly kinds: MoveKinds;
  /** Whether states that differ by a permutation of slots are one state. */
  readonly symmetry: boolean;
  /** False if a bound ended the search: then there are states that were not visited. */
  readonly complete: boolean;
  /** Why the search ended early; null if it did not. */
  readonly endedBy: string | null;
  readonly states: number;
  /** Bytes that the search had reserved at its end. */
  readonly bytes: number;
  /** States whose transitions are known: all of them in a complete search. */
  readonly expanded: number;
  /** Words of all states; state i starts at `i * layout.words`. */
  readonly words: Uint32Array;
  /** The state from which each state was first reached; its own index for the initial state. */
  readonly parents: GrowableUint32;
  /** The transitions of state i are `edgeStarts.at(i)` to `edgeStarts.at(i + 1)`. */
  readonly edgeStarts: GrowableUint32;
  readonly edgeTargets: GrowableUint32;
  /** What each transition is: see `edgeMove`. */
  readonly edgeCodes: GrowableUint32;
  /** What the search found out about the states that it expanded; null where it did not judge them. */
  readonly findings: Findings | null;
  /** Exact numbers over labelled states, whichever way the search went. */
  readonly counts: {
    readonly labelled: bigint;
    readonly canonical: number;
    readonly transitions: bigint;
    readonly selfLoops: bigint;
    readonly mostUp: number;
  };
}

const slotBits = 12;
const moveBits = 18;

/** Chunk slots that a search can have: their numbers are packed into transitions. */
export const mostSlots = 2 ** slotBits - 1;
/** Different actions that a search can have. */
export const mostMoves = 2 ** moveBits;

/**
 * A transition as a number: its move (slot moves first, then system moves), its slot, and two flags. The slot is 0 where
 * slots are not told apart: it is any that is where the move begins.
 */
export function edgeCode(move: number, slot: number, identity: boolean, gated: boolean): number {
  return ((move << (slotBits + 2)) | (slot << 2) | (identity ? 2 : 0) | (gated ? 1 : 0)) >>> 0;
}

/** The number of the move that a transition is: an index into `MoveKinds`. */
export function edgeMove(code: number): number {
  return code >>> (slotBits + 2);
}

/** The slot that acts, in a graph that tells slots apart; meaningless for a system move. */
export function edgeSlot(code: number): number {
  return (code >>> 2) & mostSlots;
}

/** Whether the transition changes nothing at all. */
export function edgeIsIdentity(code: number): boolean {
  return (code & 2) !== 0;
}

/** Whether the gate opened at the end of the transition. */
export function edgeIsGated(code: number): boolean {
  return (code & 1) !== 0;
}

/** The slot move of a transition, or `undefined` if it is a system move. */
export function slotMoveOf(graph: StateGraph, code: number): SlotMove | undefined {
  return graph.scope.system.slotMoves[edgeMove(code)];
}

/** The system move of a transition, or `undefined` if it is a slot move. */
export function systemMoveOf(graph: StateGraph, code: number): SystemMove | undefined {
  const { slotMoves, systemMoves } = graph.scope.system;
  return systemMoves[edgeMove(code) - slotMoves.length];
}

/** Whether one of these agents (`agentBits`) takes a transition. */
export function isTakenBy({ kinds }: StateGraph, code: number, agents: number): boolean {
  return ((kinds.agent[edgeMove(code)] ?? 0) & agents) !== 0;
}
