import type { Outcome, SystemDescription } from "../../../models/description.ts";
import type { DerivedMutant } from "../../explore/mutants/derived-mutants.ts";

function mutant(name: string, description: SystemDescription): DerivedMutant {
  return { name, description, isOne: () => true };
}

/** The list without each of its items in turn. */
function shorter<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.map((one) => items.filter((other) => other !== one));
}

function outcomesOf(
  { branches }: SystemDescription["slotRules"][number],
  index: number,
): readonly Outcome[] {
  return branches[index]?.outcomes ?? [];
}

/** An outcome by its action and the events that it sends. */
function nameOf({ action, send }: Outcome): string {
  const nothing = (): never => {
    throw new Error("no outcome of this system looks at its slot");
  };
  const slot = { is: nothing, isFor: nothing, outputsIn: nothing, context: nothing };
  const sent = send({ output: -1, input: -1, mask: [] }, slot).map(({ event }) => event.type);
  return `${action} (${sent.join(" ")})`;
}

/** A description with one outcome replaced by others, or by none. */
function replaced(
  description: SystemDescription,
  outcome: Outcome,
  by: readonly Outcome[],
): SystemDescription {
  return {
    ...description,
    slotRules: description.slotRules.map((rule) => ({
      ...rule,
      branches: rule.branches.map((branch) => ({
        ...branch,
        outcomes: branch.outcomes.flatMap((one) => (one === outcome ? by : [one])),
      })),
    })),
  };
}

function ofOutcome(
  description: SystemDescription,
  name: string,
  outcome: Outcome,
): readonly DerivedMutant[] {
  const changed = (what: string, by: readonly Outcome[]): DerivedMutant =>
    mutant(`${name} ${what}`, replaced(description, outcome, by));
  return [
    changed("left out", []),
    ...shorter(outcome.guard ?? []).map((guard, at) =>
      changed(`asks less: ${at + 1}`, [{ ...outcome, guard }]),
    ),
    ...shorter(outcome.resets ?? []).map((resets, at) =>
      changed(`resets less: ${at + 1}`, [{ ...outcome, resets }]),
    ),
    ...shorter(outcome.adds ?? []).map((adds) => changed("adds less", [{ ...outcome, adds }])),
  ];
}

function ofGate(description: SystemDescription): readonly DerivedMutant[] {
  const { gate } = description;
  if (gate === null) return [];
  return ["clear", "settle", "uncount"].map((event) =>
    mutant(`the gate without ${event}`, {
      ...description,
      gate: {
        ...gate,
        broadcast: (slot, outputs) =>
          gate.broadcast(slot, outputs).filter((message) => message.event.type !== event),
      },
    }),
  );
}

/** Every description that lacks one outcome of this one, one thing that an outcome asks or counts, or a part of its gate. */
export function leftOut(description: SystemDescription): readonly DerivedMutant[] {
  return [
    ...description.slotRules.flatMap((rule) =>
      rule.branches.flatMap((_, branch) =>
        outcomesOf(rule, branch).flatMap((outcome) =>
          ofOutcome(description, `${rule.name}: ${nameOf(outcome)}`, outcome),
        ),
      ),
    ),
    ...description.systemRules.map((rule) =>
      mutant(`no ${rule.action} (${rule.tells})`, {
        ...description,
        systemRules: description.systemRules.filter((one) => one !== rule),
      }),
    ),
    ...ofGate(description),
  ];
}
