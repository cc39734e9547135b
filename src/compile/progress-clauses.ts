import type { SystemDescription } from "../../models/description.ts";
import {
  knownProgress,
  type Pending,
  type ProgressClause,
  type ProgressProperty,
} from "../../models/progress.ts";
import type {
  CompiledClause,
  CompiledPending,
  CompiledProgress,
  SharedMachine,
  SharedState,
} from "./compiled-system.ts";
import type { QuantityTable } from "./quantity-table.ts";
import { compileGuard } from "./guards.ts";

/** What the clauses of progress properties name. */
export interface ClauseContext {
  readonly description: SystemDescription;
  readonly shared: readonly SharedMachine[];
  readonly quantities: QuantityTable;
  readonly outputs: number;
}

function stateNamed({ table }: SharedMachine, value: string): number | undefined {
  return table.states.find((state) => state.value === value)?.id;
}

/** The machines of a role in a state that each of them has; undefined where one can never be in it. */
function allIn(
  shared: readonly SharedMachine[],
  role: string,
  stateOf: (output: number | null) => string,
): readonly SharedState[] | undefined {
  const found = shared.flatMap((machine, index) => {
    if (machine.role !== role) return [];
    return [{ machine: index, state: stateNamed(machine, stateOf(machine.output)) }];
  });
  const states = found.flatMap(({ machine, state }) =>
    state === undefined ? [] : [{ machine, state }],
  );
  return states.length === found.length ? states : undefined;
}

/** Whether two properties of progress demand the same, whatever they are called. */
export function saysTheSame(one: ProgressProperty, other: ProgressProperty): boolean {
  const says = ({ phases, leastOutputs, clauses }: ProgressProperty): string =>
    JSON.stringify([phases, leastOutputs, clauses]);
  return says(one) === says(other);
}

/** Whether a property is one that is known everywhere by its name. */
function isStandard(property: ProgressProperty): boolean {
  return knownProgress.some(
    (known) => known.name === property.name && saysTheSame(known, property),
  );
}

function pendingOf(pending: Pending, context: ClauseContext): readonly CompiledPending[] {
  const { description, shared, quantities, outputs } = context;
  switch (pending.kind) {
    case "slot":
      return [{ kind: "slot", quantity: quantities.indexOf({ total: pending.total }) }];
    case "delivery":
      return Array.from({ length: outputs }, (_, output) => ({
        kind: "delivery",
        output,
        quantity: quantities.indexOf({ total: description.vocabulary.owed ?? "", output }),
      }));
    case "machine":
      return shared.flatMap((machine, index): readonly CompiledPending[] => {
        const until = stateNamed(machine, pending.until);
        return machine.role === pending.role && until !== undefined
          ? [{ kind: "machine", machine: index, until }]
          : [];
      });
    case "guard":
      return [
        {
          kind: "guard",
          where: pending.where.map((one) => compileGuard(one, (of) => quantities.indexOf(of))),
        },
      ];
  }
}

function clauseOf(
  { modality, agents, outputs, pending }: ProgressClause,
  phases: readonly SharedState[],
  context: ClauseContext,
): readonly CompiledClause[] {
  const { online } = context.description.vocabulary;
  const required =
    outputs.kind === "some not online"
      ? null
      : online === null || outputs.kind === "any"
        ? []
        : allIn(context.shared, online.role, (output) =>
            outputs.kind === "first" && output === 0 ? outputs.state : online.state,
          );
  if (required === undefined) return [];
  const waits = pendingOf(pending, context).filter(
    (one) => one.kind !== "delivery" || outputs.kind !== "first" || one.output !== 0,
  );
  return [{ modality, agents, phases, outputs: required, pending: waits }];
}

/** A progress property of a system: its clauses with everything that they name resolved. */
export function compileProgress(
  property: ProgressProperty,
  context: ClauseContext,
): CompiledProgress {
  const { name, hasLength, leastOutputs, phases, clauses } = property;
  const { role } = context.description.vocabulary.running;
  const machine = context.shared.findIndex((one) => one.role === role);
  const states = phases.flatMap((value): readonly SharedState[] => {
    const one = context.shared[machine];
    const state = one === undefined ? undefined : stateNamed(one, value);
    return state === undefined ? [] : [{ machine, state }];
  });
  return {
    name,
    hasLength,
    isStandard: isStandard(property),
    clauses:
      Math.max(1, context.outputs) < leastOutputs
        ? []
        : clauses.flatMap((clause) => clauseOf(clause, states, context)),
  };
}
