import type { Role } from "../../../models/description.ts";

/** A transition of a machine, in the words of its author. */
export interface ChartTransition {
  readonly event: string;
  /** The guard's name; `else` for what applies where the guards before it do not hold; null for none. */
  readonly guard: string | null;
  /** The names of its actions, in order. */
  readonly actions: readonly string[];
  readonly from: string;
  /** The state that it goes to; null for an internal transition, which leaves the state as it is. */
  readonly to: string | null;
  /** What it stands for in Fluent Bit. */
  readonly description: string;
}

/** A state of a machine. */
export interface ChartState {
  readonly name: string;
  readonly description: string;
}

/** A machine as it is drawn: its states and transitions in the order in which the author wrote them. */
export interface Statechart {
  readonly name: string;
  readonly initial: string;
  readonly states: readonly ChartState[];
  readonly transitions: readonly ChartTransition[];
}

function typeOf(named: unknown): string {
  if (typeof named === "string") return named;
  if (typeof named === "object" && named !== null && "type" in named) return String(named.type);
  throw new TypeError("an inline guard or action has no name to draw");
}

/**
 * Reads the chart off a machine.
 *
 * @throws TypeError if a state is nested, or if a guard or action is an inline function.
 */
export function statechartOf(machine: Role["machine"]): Statechart {
  const { definition } = machine;
  const initial = definition.initial?.target[0];
  if (initial === undefined) throw new TypeError(`machine ${machine.id} has no initial state`);
  const transitions: ChartTransition[] = [];
  for (const state of Object.values(definition.states)) {
    if (Object.keys(state.states).length > 0) {
      throw new TypeError(`machine ${machine.id}: state ${state.key} is nested`);
    }
    const guarded = new Set<string>();
    for (const transition of state.transitions) {
      const event = String(transition.eventType);
      const guard = transition.guard === undefined ? null : typeOf(transition.guard);
      transitions.push({
        event,
        guard: guard ?? (guarded.has(event) ? "else" : null),
        actions: transition.actions.map(typeOf),
        from: state.key,
        to: transition.target?.[0]?.key ?? null,
        description: transition.description ?? "",
      });
      if (guard !== null) guarded.add(event);
    }
  }
  return {
    name: machine.id,
    initial: initial.key,
    states: Object.values(definition.states).map(({ key, description }) => ({
      name: key,
      description: description ?? "",
    })),
    transitions,
  };
}

/** A transition in the notation of statecharts: `event [guard]`, then `/ actions`. */
export function transitionWords({ event, guard, actions }: ChartTransition): string {
  return [
    event,
    ...(guard === null ? [] : [`[${guard}]`]),
    ...(actions.length === 0 ? [] : [`/ ${actions.join(", ")}`]),
  ].join(" ");
}
