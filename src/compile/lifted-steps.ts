import type {
  Broadcast,
  Comparison,
  Instance,
  Message,
  Outcome,
  Quantity,
  SlotRule,
  SystemDescription,
  SystemRule,
} from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import {
  initialSnapshot,
  MachineGroup,
  type GroupChange,
  type GroupSnapshot,
} from "./machine-group.ts";
import { boundValue } from "./scope.ts";
import { masksOf } from "./slot-moves.ts";

/** A state of the whole system: the snapshots of all its machines, and its counters. */
export interface LiftedContext {
  readonly slots: readonly GroupSnapshot[];
  readonly shared: GroupSnapshot;
  /** By name; one value for each output. */
  readonly counters: Readonly<Record<string, readonly number[]>>;
}

/** An action of the system, as an event. Which fields it has depends on the action. */
export interface LiftedEvent {
  readonly type: string;
  readonly slot?: number;
  readonly output?: number;
  /** The routes mask that `ingest` chooses: output numbers in ascending order. */
  readonly mask?: readonly number[];
}

/** What a rule is about, besides its slot. */
type About = Pick<LiftedEvent, "output" | "mask">;

type Way = (from: LiftedContext) => LiftedContext | undefined;

function keyOf({ type, slot, output, mask }: LiftedEvent): string {
  return JSON.stringify([type, slot, output, mask]);
}

/**
 * The steps of a system, taken by interpreting the description: each machine is asked through XState, each total is
 * counted anew. Slow, and independent of the compiled tables on purpose.
 */
export class LiftedSteps {
  readonly initial: LiftedContext;
  /** Every event that some state may enable. */
  readonly events: readonly LiftedEvent[];
  readonly #description: SystemDescription;
  readonly #parameters: Parameters;
  readonly #slot: MachineGroup;
  readonly #shared: MachineGroup;
  readonly #ways = new Map<string, Way[]>();
  /** Steps that were asked for before: XState asks a guard, and then the action that it guards. */
  readonly #known = new WeakMap<LiftedContext, Map<string, LiftedContext | undefined>>();

  constructor(description: SystemDescription, parameters: Parameters) {
    const { chunks, outputs, routing } = parameters;
    this.#description = description;
    this.#parameters = parameters;
    this.#slot = new MachineGroup(description.slot, outputs);
    this.#shared = new MachineGroup(description.shared, outputs);
    const zeros = Array.from({ length: outputs }, () => 0);
    this.initial = {
      slots: Array.from({ length: chunks }, () => this.#slot.initial),
      shared: this.#shared.initial,
      counters: Object.fromEntries(description.counters.map(({ name }) => [name, zeros])),
    };
    const events: LiftedEvent[] = [];
    const add = (event: LiftedEvent, way: Way): void => {
      const key = keyOf(event);
      const known = this.#ways.get(key);
      if (known === undefined) events.push(event);
      this.#ways.set(key, [...(known ?? []), way]);
    };
    const everyOutput = zeros.map((_, output): About => ({ output }));
    const everyMask = masksOf(outputs, routing).map((mask): About => ({ mask }));
    const instances = { slot: [{}], "slot and output": everyOutput, "slot and mask": everyMask };
    for (let slot = 0; slot < chunks; slot++) {
      for (const rule of description.slotRules) {
        for (const about of instances[rule.for]) {
          const instance = { output: -1, mask: [], ...about };
          for (const branch of rule.branches) {
            for (const outcome of branch.outcomes) {
              add({ type: outcome.action, slot, ...about }, (from) =>
                branch === this.#branchAt(from, rule, instance, slot)
                  ? this.#slotStep(from, outcome, instance, slot)
                  : undefined,
              );
            }
          }
        }
      }
    }
    for (const rule of description.systemRules) {
      if (rule.for === "system") {
        add({ type: rule.action }, (from) => this.#systemStep(from, rule, -1));
        continue;
      }
      for (let output = 0; output < outputs; output++) {
        add({ type: rule.action, output }, (from) => this.#systemStep(from, rule, output));
      }
    }
    this.events = events;
  }

  /** Whether the engine runs. */
  isRunning({ shared }: LiftedContext): boolean {
    const { role, state } = this.#description.vocabulary.running;
    return this.#shared.view(shared).is(role, state);
  }

  /** Whether some state may enable the event. */
  knows(event: LiftedEvent): boolean {
    return this.#ways.has(keyOf(event));
  }

  /**
   * The state after an event; `undefined` where the event is not enabled.
   *
   * @throws Error if two rules claim the event at once: then the action's name does not say which one it is.
   */
  next(from: LiftedContext, event: LiftedEvent): LiftedContext | undefined {
    const key = keyOf(event);
    const known = this.#known.get(from) ?? new Map<string, LiftedContext | undefined>();
    this.#known.set(from, known);
    if (!known.has(key)) {
      const found = (this.#ways.get(key) ?? []).flatMap((way) => way(from) ?? []);
      if (found.length > 1) throw new Error(`${key} is two different steps at once`);
      known.set(key, found[0]);
    }
    return known.get(key);
  }

  /** A short name of a state: equal names are equal states. */
  nameOf({ slots, shared, counters }: LiftedContext): string {
    return [
      ...slots.map((slot) => this.#slot.nameOf(slot)),
      this.#shared.nameOf(shared),
      ...Object.values(counters).map((values) => values.join(" ")),
    ].join(" | ");
  }

  /** The branch of a rule that applies to a slot. */
  #branchAt(from: LiftedContext, rule: SlotRule, instance: Instance, slot: number): unknown {
    const view = this.#slot.view(from.slots[slot] ?? this.#slot.initial);
    return rule.branches.find(
      ({ where, guard }) =>
        where.holds(view, instance.output) && this.#allHold(from, guard(instance, view)),
    );
  }

  #slotStep(
    from: LiftedContext,
    outcome: Outcome,
    instance: Instance,
    slot: number,
  ): LiftedContext | undefined {
    const before = from.slots[slot] ?? this.#slot.initial;
    const messages = outcome.send(instance, this.#slot.view(before));
    const own = messages.filter(({ to }) => this.#slot.has(to));
    const shared = this.#tellShared(from, messages);
    const change = this.#slot.sendAll(before, own);
    if (shared === undefined || change === undefined) return undefined;
    const { group, asked } = this.#react(change);
    return this.#gate({
      slots: from.slots.with(slot, group),
      shared,
      counters: this.#count(from.counters, asked),
    });
  }

  #systemStep(from: LiftedContext, rule: SystemRule, output: number): LiftedContext | undefined {
    const shared = this.#tellShared(from, rule.send({ output, mask: [] }));
    if (shared === undefined) return undefined;
    const told = { ...from, shared };
    const after = rule.broadcast === undefined ? told : this.#broadcast(told, rule.broadcast);
    return this.#gate(
      rule.resetsCounters === true ? { ...after, counters: this.initial.counters } : after,
    );
  }

  /** The slot's reactions, until none applies any more. */
  #react({ group, asked }: GroupChange): GroupChange {
    const view = this.#slot.view(group);
    const reaction = this.#description.reactions.find(({ where }) => where.holds(view, -1));
    if (reaction === undefined) return { group, asked };
    const change = this.#slot.sendAll(group, reaction.send(view, this.#parameters.outputs));
    if (change === undefined) throw new Error(`reaction ${reaction.name} is refused`);
    return this.#react({ group: change.group, asked: [...asked, ...change.asked] });
  }

  #broadcast(from: LiftedContext, broadcast: Broadcast): LiftedContext {
    let { counters } = from;
    const slots = from.slots.map((slot) => {
      const messages = broadcast(this.#slot.view(slot), this.#parameters.outputs);
      const change = this.#slot.sendAll(slot, messages, true);
      counters = this.#count(counters, change?.asked ?? []);
      return change?.group ?? slot;
    });
    return { ...from, slots, counters };
  }

  #gate(from: LiftedContext): LiftedContext {
    const { gate } = this.#description;
    return gate !== null && this.#allHold(from, gate.guard)
      ? this.#broadcast(from, gate.broadcast)
      : from;
  }

  /** The shared machines after their part of the messages; `undefined` if one is not accepted. */
  #tellShared(from: LiftedContext, messages: readonly Message[]): GroupSnapshot | undefined {
    const isFollowed = ({ to }: Message): boolean =>
      this.#description.following.some(({ name }) => name === to);
    const rest = messages.filter((message) => !this.#slot.has(message.to) && !isFollowed(message));
    const accepted = messages
      .filter(isFollowed)
      .every((message) => this.#followerAccepts(from, message));
    return accepted ? this.#shared.sendAll(from.shared, rest)?.group : undefined;
  }

  #followerAccepts(from: LiftedContext, { to, event }: Message): boolean {
    const role = this.#description.following.find(({ name }) => name === to);
    if (role === undefined) return false;
    const { comparison, whenTrue, whenFalse } = role.follows;
    const type = this.#allHold(from, [comparison]) ? whenTrue : whenFalse;
    const group = new MachineGroup([role], 1);
    const start = [initialSnapshot(role)];
    const moved = group.send(start, { to, event: { type } })?.group ?? start;
    return group.send(moved, { to, event }) !== undefined;
  }

  #count(
    counters: LiftedContext["counters"],
    asked: GroupChange["asked"],
  ): LiftedContext["counters"] {
    const sums = new Map(Object.entries(counters));
    for (const { type, params } of asked) {
      for (const { machineAction, counter, adds } of this.#description.counterEffects) {
        if (machineAction !== type) continue;
        if (typeof params !== "object" || params === null || !("output" in params)) continue;
        const about = params.output;
        const values = sums.get(counter) ?? [];
        sums.set(
          counter,
          values.map((value, output) => (output === about ? value + adds : value)),
        );
      }
    }
    return Object.fromEntries(sums);
  }

  #allHold(from: LiftedContext, comparisons: readonly Comparison[]): boolean {
    return comparisons.every(({ quantity, minus, relation, bound }) => {
      const left =
        this.#amount(from, quantity) - (minus === undefined ? 0 : this.#amount(from, minus));
      const right = boundValue(bound, this.#parameters);
      return relation === "<" ? left < right : relation === "=" ? left === right : left >= right;
    });
  }

  #amount(from: LiftedContext, quantity: Quantity): number {
    if ("counter" in quantity) return from.counters[quantity.counter]?.[quantity.output] ?? 0;
    const total = this.#description.totals.find(({ name }) => name === quantity.total);
    if (total === undefined) throw new Error(`no total is called ${quantity.total}`);
    const output = quantity.output ?? -1;
    return from.slots.filter((slot) => total.counts(this.#slot.view(slot), output)).length;
  }
}
