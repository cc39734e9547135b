import type {
  Branch,
  Message,
  Outcome,
  SlotRule,
  SystemDescription,
  SystemRule,
  Total,
} from "../../../models/description.ts";
import type { Parameters } from "../../../models/parameters.ts";

/** A wrong rule: a change of a description that some check must catch. */
export interface Mutant {
  /** What is wrong. */
  readonly name: string;
  /** The reference scope in which it is looked for. */
  readonly scope: Partial<Parameters>;
  readonly change: (description: SystemDescription) => SystemDescription;
  /**
   * What must catch it: a property that is violated now and was not before; `counts` or `lengths`, where they are
   * pinned; or `refused`, where no search accepts the system at all: its reactions never end, or a counter leaves its
   * range.
   */
  readonly caughtBy: string;
}

function changed<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const after = items.map(change);
  if (after.every((item, index) => item === items[index])) {
    throw new Error("the mutant changes nothing");
  }
  return after;
}

function replaced<T extends { readonly name: string }>(
  items: readonly T[],
  name: string,
  change: (item: T) => readonly T[],
): readonly T[] {
  if (!items.some((item) => item.name === name)) {
    throw new Error(`the mutant changes nothing: there is no ${name}`);
  }
  return items.flatMap((item) => (item.name === name ? change(item) : [item]));
}

/** Changes the rule of that name. */
export function inRule(name: string, change: (rule: SlotRule) => SlotRule): Mutant["change"] {
  return (description) => ({
    ...description,
    slotRules: changed(description.slotRules, (rule) => (rule.name === name ? change(rule) : rule)),
  });
}

/** Leaves the rule of that name out. */
export function withoutRule(name: string): Mutant["change"] {
  return (description) => ({
    ...description,
    slotRules: replaced(description.slotRules, name, () => []),
  });
}

/** Changes one branch of a rule. */
export function inBranch(
  name: string,
  index: number,
  change: (branch: Branch) => Branch,
): Mutant["change"] {
  return inRule(name, (rule) => ({
    ...rule,
    branches: changed(rule.branches, (branch) =>
      branch === rule.branches[index] ? change(branch) : branch,
    ),
  }));
}

/** Changes every outcome that is this action. */
export function inOutcome(action: string, change: (outcome: Outcome) => Outcome): Mutant["change"] {
  return (description) => ({
    ...description,
    slotRules: changed(description.slotRules, (rule) =>
      rule.branches.some(({ outcomes }) => outcomes.some((one) => one.action === action))
        ? {
            ...rule,
            branches: rule.branches.map((branch) => ({
              ...branch,
              outcomes: branch.outcomes.map((one) => (one.action === action ? change(one) : one)),
            })),
          }
        : rule,
    ),
  });
}

/** Changes what an action sends. */
export function inMessages(
  action: string,
  change: (messages: readonly Message[], output: number) => readonly Message[],
): Mutant["change"] {
  return inOutcome(action, (outcome) => ({
    ...outcome,
    send: (instance, slot) => change(outcome.send(instance, slot), instance.output),
  }));
}

/** Changes a rule of the whole system. */
export function inSystemRule(
  action: string,
  change: (rule: SystemRule) => SystemRule,
): Mutant["change"] {
  return (description) => ({
    ...description,
    systemRules: changed(description.systemRules, (rule) =>
      rule.action === action ? change(rule) : rule,
    ),
  });
}

/** Puts other reactions, or none, in the place of the one of that name. */
export function inReaction(
  name: string,
  change: (
    one: SystemDescription["reactions"][number],
  ) => readonly SystemDescription["reactions"][number][],
): Mutant["change"] {
  return (description) => ({
    ...description,
    reactions: replaced(description.reactions, name, change),
  });
}

/** Counts other slots in the total of that name. */
export function inTotal(name: string, counts: Total["counts"]): Mutant["change"] {
  return (description) => ({
    ...description,
    totals: replaced(description.totals, name, (total) => [{ ...total, counts }]),
  });
}

/** Messages without those to a machine, or without one event of it. */
export function without(messages: readonly Message[], to: string, type?: string): Message[] {
  return messages.filter(
    (message) => message.to !== to || (type !== undefined && message.event.type !== type),
  );
}

/** Messages with one event of a machine replaced by another. */
export function instead(
  messages: readonly Message[],
  to: string,
  type: string,
  other: string,
): Message[] {
  return messages.map((message) =>
    message.to === to && message.event.type === type
      ? { ...message, event: { ...message.event, type: other } }
      : message,
  );
}
