import type { Agent } from "../../models/description.ts";
import type { CompiledSystem, SlotMove } from "../compile/compiled-system.ts";

/** A slot that a transition moves by itself. */
type Part = Pick<SlotMove, "from" | "to">;

const bitOf: Readonly<Record<Agent, number>> = { engine: 1, input: 2, environment: 4 };

/** Some agents, as a bit set. */
export function agentBits(agents: readonly Agent[]): number {
  return agents.reduce((bits, agent) => bits | bitOf[agent], 0);
}

/** What is asked of every transition of a graph, by the number of its move: slot moves first, then system moves. */
export class MoveKinds {
  readonly slotMoves: number;
  /** Who takes the move, as a bit. */
  readonly agent: Uint8Array;
  /** The fairness instance; -1 where the move is nobody's duty. */
  readonly fairness: Int8Array;
  /** The output that the move delivers to; -1 where it does not deliver. */
  readonly delivers: Int8Array;
  /** The place of the slot that acts; -1 for a system move. */
  readonly from: Int32Array;
  /** Where that slot goes; -1 for a system move. */
  readonly to: Int32Array;
  /** The slots that the move takes one by one: the acting one first, then those that it chooses. */
  readonly parts: readonly (readonly Part[])[];
  /** Where every slot goes, by its place; null where the move is not of every slot. */
  readonly everySlot: readonly (readonly number[] | null)[];
  /** 1 where the move only takes one slot from a place to another, sets machines and adds to counters. */
  readonly isPlain: Uint8Array;

  constructor({ slotMoves, systemMoves }: CompiledSystem) {
    const all = [...slotMoves, ...systemMoves];
    this.slotMoves = slotMoves.length;
    this.agent = Uint8Array.from(all, ({ agent }) => bitOf[agent]);
    this.fairness = Int8Array.from(all, ({ fairness }) => fairness);
    this.delivers = Int8Array.from(all, (move) =>
      "delivers" in move && move.delivers ? (move.output ?? -1) : -1,
    );
    this.from = Int32Array.from(all, (move) => ("from" in move ? move.from : -1));
    this.to = Int32Array.from(all, (move) => ("to" in move ? move.to : -1));
    this.parts = all.map((move) => ("from" in move ? [move, ...move.others] : []));
    this.everySlot = all.map((move) => ("everySlot" in move ? (move.everySlot?.to ?? null) : null));
    this.isPlain = Uint8Array.from(all, (move) =>
      Number(
        "others" in move
          ? move.others.length === 0 && move.resets.length === 0
          : move.everySlot === null &&
              move.assigns.length === 0 &&
              move.counterChanges.length === 0,
      ),
    );
  }
}
