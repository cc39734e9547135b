import type {
  Broadcast,
  Message,
  Reaction,
  SlotView,
  SystemDescription,
} from "../../../models/description.ts";
import { MachineGroup, type GroupSnapshot } from "../../compile/machine-group.ts";
import type { SlotMove } from "../../compile/compiled-system.ts";
import { boundValue, type Scope } from "../../compile/scope.ts";

/** A reaction of a slot, with the events that it sent. */
export interface Reacted {
  readonly reaction: string;
  readonly messages: readonly Message[];
}

const mostReactions = 8;

/**
 * Whether the sizes of the scope let a move happen at all: nothing that is counted is ever below 0, so that, for one,
 * a quota of 0 is never free.
 */
export function isPossible({ guard }: SlotMove, scope: Scope): boolean {
  return guard.every(
    ({ relation, minus, bound }) => relation !== "<" || minus >= 0 || boundValue(bound, scope) > 0,
  );
}

/** The machines of a slot in every place that the moves and broadcasts of a scope lead to. */
export class SlotWalk {
  readonly #group: MachineGroup;
  readonly #reactions: readonly Reaction[];
  readonly #outputs: number;
  readonly #snapshots = new Map<number, GroupSnapshot>();

  constructor(description: SystemDescription, scope: Scope) {
    const { system } = scope;
    this.#group = new MachineGroup(description.slot, system);
    this.#reactions = description.reactions;
    this.#outputs = system.outputs;
    const broadcasts = [
      ...description.systemRules.flatMap(({ action, broadcast }) => {
        const everySlot = system.systemMoves.find((move) => move.action === action)?.everySlot;
        return broadcast && everySlot ? [{ broadcast, to: everySlot.to }] : [];
      }),
      ...(description.gate && system.gate
        ? [{ broadcast: description.gate.broadcast, to: system.gate.everySlot.to }]
        : []),
    ];
    const found = [this.#meet(0, this.#group.initial)];
    for (const place of found) {
      for (const move of system.movesFrom[place] ?? []) {
        const { steps, to } = move;
        if (this.#snapshots.has(to) || !isPossible(move, scope)) continue;
        const messages = steps.map(({ message }) => message);
        found.push(this.#meet(to, this.#send(this.#at(place), messages)));
      }
      for (const { broadcast, to } of broadcasts) {
        const next = to[place] ?? place;
        if (this.#snapshots.has(next)) continue;
        const messages = broadcast(this.view(place), this.#outputs);
        found.push(this.#meet(next, this.#send(this.#at(place), messages)));
      }
    }
  }

  /** Whether a slot can be in this place. */
  reaches(place: number): boolean {
    return this.#snapshots.has(place);
  }

  /** The places, in the order in which they are met. */
  get places(): readonly number[] {
    return [...this.#snapshots.keys()];
  }

  /** A place as the rules see it. */
  view(place: number): SlotView {
    return this.#group.view(this.#at(place));
  }

  /** The events of a broadcast that the machines of a slot in this place accept. */
  accepted(place: number, broadcast: Broadcast): readonly Message[] {
    let current = this.#at(place);
    return broadcast(this.view(place), this.#outputs).filter((message) => {
      const change = this.#group.send(current, message);
      current = change?.group ?? current;
      return change !== undefined;
    });
  }

  /** What follows in the slot, in the same step, after these events; events for machines outside are passed over. */
  reactionsAfter(place: number, messages: readonly Message[]): readonly Reacted[] {
    let current = this.#send(
      this.#at(place),
      messages.filter(({ to }) => this.#group.has(to)),
    );
    const reacted: Reacted[] = [];
    while (reacted.length < mostReactions) {
      const view = this.#group.view(current);
      const reaction = this.#reactions.find(({ where }) => where.holds(view, -1));
      if (reaction === undefined) break;
      const sent = reaction.send(view, this.#outputs);
      current = this.#send(current, sent);
      reacted.push({ reaction: reaction.name, messages: sent });
    }
    return reacted;
  }

  #send(from: GroupSnapshot, messages: readonly Message[]): GroupSnapshot {
    const change = this.#group.sendAll(from, messages, true);
    if (change === undefined) throw new Error("a slot refuses events that it ignores");
    return change.group;
  }

  #at(place: number): GroupSnapshot {
    const snapshot = this.#snapshots.get(place);
    if (snapshot === undefined) throw new Error(`no way leads to place ${place}`);
    return snapshot;
  }

  #meet(place: number, snapshot: GroupSnapshot): number {
    this.#snapshots.set(place, snapshot);
    return place;
  }
}
