import type {
  Branch,
  Broadcast,
  Choice,
  Comparison,
  Ending,
  Message,
  Outcome,
  SlotRule,
  SystemDescription,
  SystemRule,
} from "../../../models/description.ts";

/** A mutant that is made from a description by leaving out one thing, wherever it stands. */
export interface DerivedMutant {
  /** The rule and what is left out of it, such as `flush: flushRetry sends one message less, the 2nd`. */
  readonly name: string;
  readonly description: SystemDescription;
  /** Whether the description was asked for what is left out, so that the mutant is one at all. */
  readonly isOne: () => boolean;
}

const mostParts = 8;
const ordinals = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th"];

/** Leaves out what stands at one place of a list, and remembers whether anything did. */
class LeftOut {
  readonly #at: number;
  happened = false;

  constructor(at: number) {
    this.#at = at;
  }

  readonly of = <T>(items: readonly T[]): readonly T[] => {
    if (items.length <= this.#at) return items;
    this.happened = true;
    return items.filter((_, index) => index !== this.#at);
  };
}

type Change = (leftOut: LeftOut) => SystemDescription;

/** One mutant for each place that what is left out may stand at. */
function each(what: string, change: Change): readonly DerivedMutant[] {
  return Array.from({ length: mostParts }, (_, at) => {
    const leftOut = new LeftOut(at);
    return {
      name: `${what}, the ${ordinals[at] ?? at}`,
      description: change(leftOut),
      isOne: () => leftOut.happened,
    };
  });
}

function withOutcome(
  description: SystemDescription,
  rule: SlotRule,
  outcome: Outcome,
  changed: Outcome,
): SystemDescription {
  return withRule(description, rule, {
    ...rule,
    branches: rule.branches.map((branch) => ({
      ...branch,
      outcomes: branch.outcomes.map((one) => (one === outcome ? changed : one)),
    })),
  });
}

function withRule(
  description: SystemDescription,
  rule: SlotRule,
  changed: SlotRule,
): SystemDescription {
  return {
    ...description,
    slotRules: description.slotRules.map((one) => (one === rule ? changed : one)),
  };
}

type Sends = (...about: never[]) => readonly Message[];

function sending<Send extends Sends>(send: Send, leftOut: LeftOut) {
  return (...about: Parameters<Send>): readonly Message[] => leftOut.of(send(...about));
}

function choosing(
  choices: Outcome["choices"],
  change: (choice: Choice) => Choice,
): Outcome["choices"] {
  return choices === undefined ? undefined : (instance) => choices(instance).map(change);
}

function ending(
  endings: Outcome["endings"],
  change: (ending: Ending) => Ending,
): Outcome["endings"] {
  return endings === undefined
    ? undefined
    : (instance, result) => endings(instance, result).map(change);
}

/** An outcome with one of its parts changed; what it does not have is not given to it. */
function having(outcome: Outcome, parts: Partial<Outcome>): Outcome {
  return Object.assign({}, outcome, parts);
}

function outcomeMutants(
  description: SystemDescription,
  rule: SlotRule,
  outcome: Outcome,
): readonly DerivedMutant[] {
  const name = `${rule.name}: ${outcome.action}`;
  const mutant = (what: string, change: (leftOut: LeftOut) => Partial<Outcome>) =>
    each(`${name} ${what}`, (leftOut) =>
      withOutcome(description, rule, outcome, having(outcome, change(leftOut))),
    );
  const guards = outcome.guard;
  const { choices, endings, adds, breaks } = outcome;
  return [
    ...mutant("sends one message less", (leftOut) => ({ send: sending(outcome.send, leftOut) })),
    ...(guards === undefined
      ? []
      : mutant("asks one thing less", (leftOut) => ({ guard: leftOut.of(guards) }))),
    ...(adds === undefined
      ? []
      : mutant("counts one thing less", (leftOut) => ({ adds: leftOut.of(adds) }))),
    ...(breaks === undefined
      ? []
      : mutant("breaks one thing less", (leftOut) => ({ breaks: leftOut.of(breaks) }))),
    ...(choices === undefined
      ? []
      : [
          ...mutant("chooses one slot less", (leftOut) => ({
            choices: (instance) => leftOut.of(choices(instance)),
          })),
          ...mutant("chooses without one need", (leftOut) =>
            having(outcome, {
              choices:
                choosing(choices, (one) => ({ ...one, needed: leftOut.of(one.needed) })) ?? choices,
            }),
          ),
          ...mutant("chooses from one group less", (leftOut) => ({
            choices:
              choosing(choices, (one) => ({ ...one, groups: leftOut.of(one.groups) })) ?? choices,
          })),
          ...mutant("tells a chosen slot one thing less", (leftOut) => ({
            choices:
              choosing(choices, (one) => ({ ...one, send: sending(one.send, leftOut) })) ?? choices,
          })),
        ]),
    ...(endings === undefined
      ? []
      : [
          ...mutant("has one ending less", (leftOut) => ({
            endings: (instance, result) => leftOut.of(endings(instance, result)),
          })),
          ...mutant("ends without one guard", (leftOut) => ({
            endings:
              ending(endings, (one) => ({ ...one, guard: leftOut.of(one.guard) })) ?? endings,
          })),
          ...mutant("ends with one message less", (leftOut) => ({
            endings: ending(endings, (one) => ({ ...one, send: leftOut.of(one.send) })) ?? endings,
          })),
        ]),
  ];
}

function branchMutants(
  description: SystemDescription,
  rule: SlotRule,
  branch: Branch,
  index: number,
): readonly DerivedMutant[] {
  const changed = (change: (one: Branch) => Branch): SystemDescription =>
    withRule(description, rule, {
      ...rule,
      branches: rule.branches.map((one) => (one === branch ? change(one) : one)),
    });
  return each(`${rule.name}: branch ${index + 1} asks one thing less`, (leftOut) =>
    changed((one) => ({
      ...one,
      guard: (...about): readonly Comparison[] => leftOut.of(one.guard(...about)),
    })),
  );
}

function ruleMutants(description: SystemDescription, rule: SlotRule): readonly DerivedMutant[] {
  return [
    ...each(`${rule.name} has one branch less`, (leftOut) =>
      withRule(description, rule, { ...rule, branches: leftOut.of(rule.branches) }),
    ),
    ...rule.branches.flatMap((branch, index) => [
      ...branchMutants(description, rule, branch, index),
      ...branch.outcomes.flatMap((outcome) => outcomeMutants(description, rule, outcome)),
    ]),
  ];
}

function systemMutants(description: SystemDescription, rule: SystemRule): readonly DerivedMutant[] {
  const mutant = (what: string, change: (leftOut: LeftOut) => Partial<SystemRule>) =>
    each(`${rule.action} ${what}`, (leftOut) => ({
      ...description,
      systemRules: description.systemRules.map((one) =>
        one === rule ? Object.assign({}, one, change(leftOut)) : one,
      ),
    }));
  const { guard, breaks, assigns, broadcast } = rule;
  return [
    ...mutant("sends one message less", (leftOut) => ({ send: sending(rule.send, leftOut) })),
    ...(guard === undefined
      ? []
      : mutant("asks one thing less", (out) => ({ guard: out.of(guard) }))),
    ...(breaks === undefined
      ? []
      : mutant("breaks one thing less", (out) => ({ breaks: out.of(breaks) }))),
    ...(assigns === undefined
      ? []
      : mutant("assigns one counter less", (out) => ({ assigns: out.of(assigns) }))),
    ...(broadcast === undefined
      ? []
      : mutant("tells slots one thing less", (out) => ({
          broadcast: ((slot, outputs) => out.of(broadcast(slot, outputs))) satisfies Broadcast,
        }))),
  ];
}

/** Every description that differs from this one by one thing that is left out. */
export function derivedMutants(description: SystemDescription): readonly DerivedMutant[] {
  return [
    ...description.slotRules.flatMap((rule) => ruleMutants(description, rule)),
    ...description.systemRules.flatMap((rule) => systemMutants(description, rule)),
    ...each("one follow-up less", (leftOut) => ({
      ...description,
      followUps: leftOut.of(description.followUps),
    })),
    ...description.followUps.flatMap((followUp) =>
      each(`what follows, ${followUp.name}, asks one thing less`, (leftOut) => ({
        ...description,
        followUps: description.followUps.map((one) =>
          one === followUp ? { ...one, guard: (slot) => leftOut.of(one.guard(slot)) } : one,
        ),
      })),
    ),
    ...description.properties.flatMap((property) =>
      property.kind !== "state"
        ? []
        : each(`${property.name} requires one thing less`, (leftOut) => ({
            ...description,
            properties: description.properties.map((one) =>
              one === property
                ? { ...property, requires: (...about) => leftOut.of(property.requires(...about)) }
                : one,
            ),
          })),
    ),
  ];
}
