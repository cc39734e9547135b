import { entryAt, valueOr } from "../errors/checked-access.ts";
import type {
  Broadcast,
  Choice,
  Dimensions,
  Instance,
  Message,
  Outcome,
  Quantity,
  SlotRule,
  SystemDescription,
  SystemRule,
} from "../../models/description.ts";
import { numberIn, type Values } from "../../models/system.ts";
import { MachineGroup, type GroupChange } from "./machine-group.ts";
import {
  choicesOfSlots,
  keyOf,
  withoutInput,
  type About,
  type LiftedContext,
  type LiftedEvent,
} from "./lifted-event.ts";
import { LiftedCounts } from "./lifted-counts.ts";
import { noDimensions } from "./no-dimensions.ts";
import { masksOf, subsetsOf } from "./masks.ts";
import { actionsOf } from "./stated-actions.ts";

/** A state after an action, and the slots that the action chose. */
interface Result {
  readonly others: readonly number[];
  readonly after: LiftedContext;
  readonly action: string;
}

type Way = (from: LiftedContext) => readonly Result[];

interface EventWay {
  readonly event: LiftedEvent;
  readonly way: Way;
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
  readonly #counts: LiftedCounts;
  readonly #slots: number;
  readonly #dimensions: Dimensions;
  readonly #slot: MachineGroup;
  readonly #shared: MachineGroup;
  readonly #ways = new Map<string, Way[]>();
  /** Steps that were asked for before: XState asks a guard, and then the action that it guards. */
  readonly #known = new WeakMap<LiftedContext, Map<string, LiftedContext | undefined>>();

  constructor(description: SystemDescription, parameters: Values) {
    const dimensions = description.dimensions ?? noDimensions;
    const { outputs, inputs } = dimensions;
    this.#description = description;
    this.#dimensions = dimensions;
    this.#slots = numberIn(parameters, description.system.slots.parameter);
    this.#slot = new MachineGroup(description.slot, { outputs, inputs });
    this.#counts = new LiftedCounts(description, parameters, this.#slot);
    this.#shared = new MachineGroup(description.shared, { outputs, inputs });
    const zeros = Array.from({ length: outputs }, () => 0);
    this.initial = {
      slots: Array.from({ length: this.#slots }, () => this.#slot.initial),
      shared: this.#shared.initial,
      counters: Object.fromEntries(
        description.counters.map(({ name, perOutput }) => [name, perOutput ? zeros : [0]]),
      ),
    };
    const events = new Map<string, LiftedEvent>();
    for (const { event, way } of [...this.#slotWays(), ...this.#systemWays()]) {
      events.set(JSON.stringify([keyOf(event), event.others ?? []]), event);
      const ways = this.#ways.get(keyOf(event)) ?? [];
      if (!ways.includes(way)) this.#ways.set(keyOf(event), [...ways, way]);
    }
    this.events = [...events.values()];
  }

  /** Whether the engine can still take an event: where it cannot, nothing can happen any more. */
  isRunning({ shared }: LiftedContext): boolean {
    return this.#shared.takesEvents(shared, this.#description.vocabulary.running.role);
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
    const others = JSON.stringify(event.others ?? []);
    const key = `${keyOf(event)} ${others}`;
    const known = this.#known.get(from) ?? new Map<string, LiftedContext | undefined>();
    this.#known.set(from, known);
    if (!known.has(key)) {
      const found = (this.#ways.get(keyOf(event)) ?? [])
        .flatMap((way) => way(from))
        .filter((one) => one.action === event.type && JSON.stringify(one.others) === others);
      if (found.length > 1) throw new Error(`${key} is two different steps at once`);
      known.set(key, found[0]?.after);
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

  /** Every event of a slot, with what may become of it; one event may be of several rules. */
  *#slotWays(): Generator<EventWay> {
    const { inputs } = this.#dimensions;
    for (let slot = 0; slot < this.#slots; slot++) {
      for (const rule of this.#description.slotRules) {
        for (const about of this.#instances(rule)) {
          const instance = { output: -1, mask: [], ...about, input: about.input ?? 0 };
          const shown = { slot, ...(inputs > 1 ? about : withoutInput(about)) };
          yield* this.#ruleWays(rule, instance, shown);
        }
      }
    }
  }

  *#ruleWays(
    rule: SlotRule,
    instance: Instance,
    shown: About & { readonly slot: number },
  ): Generator<EventWay> {
    const { slot } = shown;
    for (const branch of rule.branches) {
      for (const outcome of branch.outcomes) {
        const way: Way = (from) =>
          branch === this.#branchAt(from, rule, instance, slot)
            ? this.#slotStep(from, outcome, instance, slot)
            : [];
        const most = outcome.choices?.(instance).length ?? 0;
        for (const type of actionsOf(outcome, instance)) {
          for (const others of choicesOfSlots(slot, this.#slots, most)) {
            yield { event: { type, ...shown, ...(others.length > 0 ? { others } : {}) }, way };
          }
        }
      }
    }
  }

  *#systemWays(): Generator<EventWay> {
    for (const rule of this.#description.systemRules) {
      const outputs =
        rule.for === "system"
          ? [-1]
          : Array.from({ length: this.#dimensions.outputs }, (_, o) => o);
      for (const output of outputs) {
        const event = { type: rule.action, ...(output < 0 ? {} : { output }) };
        yield { event, way: (from) => this.#systemStep(from, rule, output) };
      }
    }
  }

  #instances(rule: SlotRule): readonly About[] {
    const { outputs, inputs, routing } = this.#dimensions;
    const everyOutput = Array.from({ length: outputs }, (_, output) => output);
    switch (rule.for) {
      case "slot":
        return [{}];
      case "slot and output":
        return everyOutput.map((output) => ({ output }));
      case "slot and outputs":
        return subsetsOf(everyOutput).map((mask) => ({ mask }));
      case "slot and mask":
        return (rule.inputs ?? Array.from({ length: inputs }, (_, input) => input)).flatMap(
          (input) => masksOf(outputs, routing, input).map((mask) => ({ input, mask })),
        );
    }
  }

  /** The branch of a rule that applies to a slot. */
  #branchAt(from: LiftedContext, rule: SlotRule, instance: Instance, slot: number): unknown {
    const view = this.#slot.view(entryAt(from.slots, slot));
    if (rule.concerns?.(instance, view) === false) return undefined;
    return rule.branches.find(
      ({ where, guard }) =>
        where.holds(view, instance.output) && this.#counts.allHold(from, guard(instance, view)),
    );
  }

  #slotStep(
    from: LiftedContext,
    outcome: Outcome,
    instance: Instance,
    slot: number,
  ): readonly Result[] {
    if (!this.#counts.allHold(from, outcome.guard ?? [])) return [];
    const before = entryAt(from.slots, slot);
    const messages = outcome.send(instance, this.#slot.view(before));
    const started = this.#act(from, slot, messages);
    if (started === undefined) return [];
    const added = this.#counts.addAll(started, outcome.adds);
    const zeros = (outcome.resets ?? []).map((counter): [string, number[]] => [counter, [0]]);
    const counted = { ...added, counters: { ...added.counters, ...Object.fromEntries(zeros) } };
    const { action } = outcome;
    let courses: readonly Course[] = [{ context: counted, others: [], failed: false }];
    for (const choice of outcome.choices?.(instance) ?? []) {
      courses = courses.flatMap((course) => this.#choose(course, choice, slot));
    }
    return courses.flatMap(({ context, others, failed }): readonly Result[] => {
      const endings = outcome.endings?.(instance, { chosen: others.length > 0, failed });
      const ending = endings?.find(({ guard }) => this.#counts.allHold(context, guard));
      const acted = ending === undefined ? context : this.#act(context, slot, ending.send);
      const after = acted === undefined ? undefined : this.#counts.addAll(acted, ending?.adds);
      return after === undefined
        ? []
        : [{ others, after: this.#gate(after), action: ending?.action ?? action }];
    });
  }

  /** What a choice may take, in a state in which it comes. */
  #choose({ context, others, failed }: Course, choice: Choice, acting: number): readonly Course[] {
    if (!this.#counts.allHold(context, choice.needed)) return [{ context, others, failed }];
    const isIn = (group: Quantity, slot: number): boolean => {
      const counts = "total" in group ? this.#counts.total(group.total).counts : () => false;
      const input = "total" in group ? (group.input ?? -1) : -1;
      return counts(this.#slot.view(entryAt(context.slots, slot)), group.output ?? -1, input);
    };
    const slots = context.slots.map((_, slot) => slot).filter((slot) => slot !== acting);
    const group = choice.groups.find((one) => slots.some((slot) => isIn(one, slot)));
    if (group === undefined) return [{ context, others, failed: true }];
    return slots
      .filter((slot) => isIn(group, slot))
      .map((slot) => {
        const view = this.#slot.view(entryAt(context.slots, slot));
        const after = this.#act(context, slot, choice.send(view));
        if (after === undefined) throw new Error(`choice ${choice.name} is refused`);
        return {
          context: after,
          others: others.includes(slot) ? others : [...others, slot],
          failed,
        };
      });
  }

  /** A slot takes messages, with its reactions and what follows them outside; `undefined` if one is refused. */
  #act(from: LiftedContext, slot: number, messages: readonly Message[]): LiftedContext | undefined {
    const before = entryAt(from.slots, slot);
    const own = messages.filter(({ to }) => this.#slot.has(to));
    const rest = messages.filter(({ to }) => !this.#slot.has(to));
    const shared = this.#shared.sendAll(from.shared, rest)?.group;
    const change = this.#slot.sendAll(before, own);
    if (shared === undefined || change === undefined) return undefined;
    const { group, asked } = this.#react(change);
    const after = {
      slots: from.slots.with(slot, group),
      shared,
      counters: this.#counts.count(from.counters, asked),
    };
    return asked.reduce<LiftedContext>((context, one) => this.#followUp(context, one), after);
  }

  #followUp(from: LiftedContext, { type, at }: GroupChange["asked"][number]): LiftedContext {
    return this.#description.followUps
      .filter(({ askedBy }) => askedBy === type)
      .reduce((context, { while: running, guard, send }) => {
        const view = this.#slot.view(at);
        const applies =
          this.#shared.view(context.shared).is(running.role, running.state) &&
          this.#counts.allHold(context, guard(view));
        if (!applies) return context;
        const shared = this.#shared.sendAll(context.shared, send(view), true)?.group;
        return { ...context, shared: shared ?? context.shared };
      }, from);
  }

  #systemStep(from: LiftedContext, rule: SystemRule, output: number): readonly Result[] {
    if (!this.#counts.allHold(from, rule.guard ?? [])) return [];
    const shared = this.#shared.sendAll(
      from.shared,
      rule.send({ output, input: -1, mask: [] }),
    )?.group;
    if (shared === undefined) return [];
    const told = { ...from, shared };
    const after = rule.broadcast === undefined ? told : this.#broadcast(told, rule.broadcast);
    const zeros = (counter: string): readonly number[] =>
      valueOr(this.initial.counters, counter, []);
    const counters = Object.fromEntries(
      (rule.assigns ?? []).map(({ counter, to }) => [
        counter,
        to === 0
          ? zeros(counter)
          : typeof to === "string"
            ? valueOr(from.counters, to, [])
            : [this.#counts.amount(from, to)],
      ]),
    );
    const added = this.#counts.addAll(after, rule.adds);
    const assigned = { ...added, counters: { ...added.counters, ...counters } };
    return [{ others: [], after: this.#gate(assigned), action: rule.action }];
  }

  /** The slot's reactions, until none applies any more. */
  #react({ group, asked }: GroupChange): GroupChange {
    const view = this.#slot.view(group);
    const reaction = this.#description.reactions.find(
      ({ where, askedBy }) =>
        where.holds(view, -1) &&
        (askedBy === undefined || asked.some(({ type }) => type === askedBy)),
    );
    if (reaction === undefined) return { group, asked };
    const change = this.#slot.sendAll(group, reaction.send(view, this.#dimensions.outputs));
    if (change === undefined) throw new Error(`reaction ${reaction.name} is refused`);
    return this.#react({ group: change.group, asked: [...asked, ...change.asked] });
  }

  #broadcast(from: LiftedContext, broadcast: Broadcast): LiftedContext {
    let { counters } = from;
    const slots = from.slots.map((slot) => {
      const messages = broadcast(this.#slot.view(slot), this.#dimensions.outputs);
      const change = this.#slot.sendAll(slot, messages, true);
      counters = this.#counts.count(counters, change?.asked ?? []);
      return change?.group ?? slot;
    });
    return { ...from, slots, counters };
  }

  #gate(from: LiftedContext): LiftedContext {
    const { gate } = this.#description;
    return gate !== null && this.#counts.allHold(from, gate.guard)
      ? this.#broadcast(from, gate.broadcast)
      : from;
  }
}

/** A state on the way through an action, with the slots that it has chosen. */
interface Course {
  readonly context: LiftedContext;
  readonly others: readonly number[];
  readonly failed: boolean;
}
