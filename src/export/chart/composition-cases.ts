import type {
  Agent,
  Branch,
  Message,
  SlotRule,
  SystemDescription,
} from "../../../models/description.ts";
import type { CounterChange } from "../../compile/compiled-system.ts";
import { boundValue, type Scope } from "../../compile/scope.ts";
import { comparisonWords } from "./comparison-words.ts";
import { isPossible, SlotWalk, type Reacted } from "./slot-walk.ts";

/** What an action sends in one of the places in which a slot can be when it is taken. */
export interface Case {
  readonly direct: readonly Message[];
  /** What a slot gets as every slot does; only the events that its machines accept. */
  readonly everySlot: readonly Message[];
  readonly counters: readonly string[];
  readonly reacted: readonly Reacted[];
}

/** An action, or what follows from actions, with its cases. */
export interface CaseGroup {
  readonly action: string;
  /** Who acts; null for what follows by itself. */
  readonly agent: Agent | null;
  readonly where: string;
  /** What must hold of totals and counters, in words. */
  readonly guard: readonly string[];
  readonly tells: string;
  readonly cFunction: string;
  readonly cases: readonly Case[];
}

function counterWords(changes: readonly CounterChange[], { system }: Scope): readonly string[] {
  return changes.map(({ counter, adds }) => {
    const name = system.quantities[counter]?.name ?? "";
    return `${name} ${adds < 0 ? "−" : "+"} ${Math.abs(adds)}`;
  });
}

/** The condition on the slot; and whether an earlier branch of the rule was tried before. */
function whereWords(branch: Branch, rule: SlotRule, walk: SlotWalk): string {
  const earlier = rule.branches.slice(0, rule.branches.indexOf(branch));
  const triedBefore = walk.places.some((place) => {
    const view = walk.view(place);
    return branch.where.holds(view, 0) && earlier.some(({ where }) => where.holds(view, 0));
  });
  const named = branch.where.name === "always" ? [] : [branch.where.name];
  return [...named, ...(triedBefore ? ["otherwise"] : [])].join(", ");
}

/**
 * Groups that read alike are one: rules may share an action, and tell its cases apart by what they send. What only some of them
 * ask for is told in words.
 */
function merged(groups: readonly CaseGroup[]): readonly CaseGroup[] {
  const byHeading = new Map<string, CaseGroup>();
  for (const { cases, guard, ...heading } of groups) {
    const key = JSON.stringify(heading);
    const known = byHeading.get(key) ?? { guard, cases: [] };
    byHeading.set(key, {
      ...heading,
      guard: known.guard.filter((one) => guard.includes(one)),
      cases: [...known.cases, ...cases],
    });
  }
  return [...byHeading.values()];
}

function slotGroups(
  description: SystemDescription,
  scope: Scope,
  walk: SlotWalk,
): readonly CaseGroup[] {
  return description.slotRules.flatMap((rule) =>
    rule.branches.flatMap((branch) =>
      branch.outcomes.flatMap((outcome): CaseGroup[] => {
        const { action, agent, tells, cFunction } = outcome;
        const cases = scope.system.slotMoves
          .filter(
            (move) =>
              move.rule === rule.name &&
              move.action === action &&
              move.tells === tells &&
              move.cFunction === cFunction &&
              walk.reaches(move.from) &&
              isPossible(move, scope),
          )
          .map(({ from, output, input, mask, counterChanges }): Case => {
            const direct = outcome.send(
              { output: output ?? -1, input: input ?? 0, mask: mask ?? [] },
              walk.view(from),
            );
            return {
              direct,
              everySlot: [],
              counters: counterWords(counterChanges, scope),
              reacted: walk.reactionsAfter(from, direct),
            };
          });
        const instance = { output: 0, input: 0, mask: [0] };
        const guards = walk.places
          .map((place) => walk.view(place))
          .filter((view) => branch.where.holds(view, 0))
          .map((view) => branch.guard(instance, view).map(comparisonWords));
        const guard = guards.reduce(
          (some, other) => some.filter((one) => other.includes(one)),
          guards[0] ?? [],
        );
        const where = whereWords(branch, rule, walk);
        return cases.length === 0 ? [] : [{ action, agent, where, guard, tells, cFunction, cases }];
      }),
    ),
  );
}

function systemGroups(
  description: SystemDescription,
  scope: Scope,
  walk: SlotWalk,
): readonly CaseGroup[] {
  const { system } = scope;
  return description.systemRules.flatMap((rule): CaseGroup[] => {
    const { action, agent, tells, cFunction, broadcast, assigns = [] } = rule;
    const moves = system.systemMoves.filter((move) => move.action === action);
    if (moves.length === 0) return [];
    const resets = description.counters
      .filter(({ bound }) => boundValue(bound, scope) > 0)
      .flatMap(({ name }) =>
        assigns
          .filter(({ counter }) => counter === name)
          .map(({ to }) => `${name} = ${typeof to === "object" ? to.total : to}`),
      );
    const cases = walk.places.map((place): Case => {
      const changes = moves.flatMap(({ everySlot }) => everySlot?.counterChanges[place] ?? []);
      return {
        direct: rule.send({ output: 0, input: -1, mask: [] }),
        everySlot: broadcast === undefined ? [] : walk.accepted(place, broadcast),
        counters: resets.length > 0 ? resets : counterWords(changes, scope),
        reacted: [],
      };
    });
    return [{ action, agent, where: "", guard: [], tells, cFunction, cases }];
  });
}

function reactionGroups(
  description: SystemDescription,
  groups: readonly CaseGroup[],
): readonly CaseGroup[] {
  const reacted = groups.flatMap(({ cases }) => cases.flatMap((one) => one.reacted));
  return description.reactions.map(({ name, where }) => ({
    action: name,
    agent: null,
    where: where.name,
    guard: [],
    tells: "in the same step",
    cFunction: "",
    cases: reacted
      .filter(({ reaction }) => reaction === name)
      .map(({ messages }) => ({ direct: messages, everySlot: [], counters: [], reacted: [] })),
  }));
}

function gateGroups({ gate }: SystemDescription, walk: SlotWalk): readonly CaseGroup[] {
  if (gate === null) return [];
  return [
    {
      action: gate.name,
      agent: null,
      where: "",
      guard: gate.guard.map(comparisonWords),
      tells: "at the end of every action",
      cFunction: "",
      cases: walk.places.map((place) => ({
        direct: [],
        everySlot: walk.accepted(place, gate.broadcast),
        counters: [],
        reacted: [],
      })),
    },
  ];
}

/**
 * Everything that can happen in a system at this scope, as its rules say it: they are asked in every place that a slot
 * can be in. What the sizes or the release rule out is not there.
 */
export function caseGroups(description: SystemDescription, scope: Scope): readonly CaseGroup[] {
  const walk = new SlotWalk(description, scope);
  const actions = [
    ...merged(slotGroups(description, scope, walk)),
    ...systemGroups(description, scope, walk),
  ];
  return [...actions, ...reactionGroups(description, actions), ...gateGroups(description, walk)];
}
