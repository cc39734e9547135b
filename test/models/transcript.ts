import type { AnyStateMachine } from "xstate";

function nameOf(named: unknown): string {
  if (typeof named === "string") return named;
  if (typeof named === "object" && named !== null && "type" in named) return String(named.type);
  return "(inline)";
}

/** One transition as it is stated in a machine. */
export interface StatedTransition {
  readonly state: string;
  readonly event: string;
  readonly guard: string | null;
  /** The state itself where the transition has no target. */
  readonly target: string;
  readonly actions: readonly string[];
  readonly description: string;
}

/** Every transition that a machine states, in the order of its source. */
export function transitionsOf(machine: AnyStateMachine): readonly StatedTransition[] {
  return Object.values(machine.states).flatMap((state) =>
    [...state.transitions].flatMap(([event, transitions]) =>
      transitions.map(({ guard, target, actions, description }) => ({
        state: state.key,
        event,
        guard: guard === undefined ? null : nameOf(guard),
        target: target?.[0]?.key ?? state.key,
        actions: actions.map(nameOf),
        description: description ?? "",
      })),
    ),
  );
}

/** A machine as text: its states, and under each what it does on which event. */
export function transcriptOf(machine: AnyStateMachine): string {
  const transitions = transitionsOf(machine);
  const states = Object.values(machine.states).map((state) => {
    const lines = transitions
      .filter((transition) => transition.state === state.key)
      .map(({ event, guard, target, actions, description }) => {
        const condition = guard === null ? "" : ` if ${guard}`;
        const effects = actions.length === 0 ? "" : ` / ${actions.join(", ")}`;
        return `  ${event}${condition} -> ${target}${effects}\n      ${description}`;
      });
    return [`${state.key}: ${state.description ?? ""}`, ...lines].join("\n");
  });
  const start = `starts ${nameOf(machine.root.initial.target[0]?.key)}`;
  return `${[`${machine.id}, ${start}`, ...states].join("\n\n")}\n`;
}
