import { assign, setup } from "xstate";
import type { SystemDescription } from "../../models/description.ts";
import type { Values } from "../../models/system.ts";
import type { LiftedContext, LiftedEvent } from "./lifted-event.ts";
import { LiftedSteps } from "./lifted-steps.ts";

/** What is told of an action: every C function that stands for it, in the words of the rules. */
function describeActions(description: SystemDescription): ReadonlyMap<string, string> {
  const told = new Map<string, string>();
  const outcomes = description.slotRules.flatMap(({ branches }) =>
    branches.flatMap((branch) => branch.outcomes),
  );
  for (const { action, tells, cFunction } of [...outcomes, ...description.systemRules]) {
    const before = told.get(action);
    const now = `${cFunction}: ${tells}`;
    told.set(action, before === undefined ? now : `${before}; or ${now}`);
  }
  return told;
}

/** The part of a snapshot of the lifted machine that says which state it is in. */
interface LiftedState {
  readonly context: LiftedContext;
}

/** The options with which `xstate/graph` and `@xstate/test` walk the lifted machine. */
interface Traversal {
  /** The events that a state enables. */
  readonly events: (state: LiftedState) => LiftedEvent[];
  /** Refuses the events without slot or output that `@xstate/test` makes up of its own. */
  readonly filter: (after: LiftedState, event: LiftedEvent) => boolean;
  readonly serializeState: (state: LiftedState) => string;
  readonly serializeEvent: (event: LiftedEvent) => string;
}

/** A system as one machine, with the options to walk it. */
export interface LiftedSystem {
  readonly machine: ReturnType<typeof machineOf>;
  readonly traversal: Traversal;
}

function machineOf(description: SystemDescription, steps: LiftedSteps) {
  const types: { context?: LiftedContext; events?: LiftedEvent } = {};
  const on = Object.fromEntries(
    [...describeActions(description)].map(([action, told]) => [
      action,
      { guard: "isEnabled" as const, actions: "takeAction" as const, description: told },
    ]),
  );
  return setup({
    types,
    guards: {
      isEnabled: ({ context, event }) => steps.next(context, event) !== undefined,
      hasStopped: ({ context }) => !steps.isRunning(context),
    },
    actions: { takeAction: assign(({ context, event }) => steps.next(context, event) ?? context) },
  }).createMachine({
    id: "system",
    context: steps.initial,
    initial: "running",
    states: {
      running: { on, always: { guard: "hasStopped", target: "stopped" } },
      stopped: { description: "Nothing can happen any more." },
    },
  });
}

/**
 * The whole system as one XState machine. Its context holds a snapshot of every machine of every slot, of the shared
 * machines, and the counters; its events are the system's actions, such as `{ type: "dispatch", slot: 0 }`,
 * `{ type: "flushOk", slot: 0, output: 1 }`, `{ type: "ingest", slot: 0, mask: [0, 1] }` and
 * `{ type: "outputDown", output: 0 }`. The guard `isEnabled` says whether an action is enabled.
 *
 * `traversal` is what `xstate/graph` and `@xstate/test` need to walk it: the events that a state enables (others would
 * show as transitions that do nothing) and short names for states and events. For a test of one's own:
 *
 * ```ts
 * const { machine, traversal } = lift(release.describe(parameters), parameters);
 * for (const path of createTestModel(machine, traversal).getShortestPaths()) {
 *   test(path.description, () => path.test({
 *     events: { dispatch: ({ event }) => engine.dispatch(event.slot) },  // one for each action
 *     states: { "*": (state) => compare(engine, state.context) },
 *   }));
 * }
 * ```
 *
 * Walking costs some 0.1 ms a transition, and `xstate/graph` is quadratic in the states: keep below some 1,000 states.
 * For more, explore the compiled scope.
 */
export function lift(description: SystemDescription, parameters: Values): LiftedSystem {
  const steps = new LiftedSteps(description, parameters);
  return {
    machine: machineOf(description, steps),
    traversal: {
      events: ({ context }) =>
        steps.events.filter((event) => steps.next(context, event) !== undefined),
      filter: (_, event) => steps.knows(event),
      serializeState: ({ context }) => steps.nameOf(context),
      serializeEvent: ({ type, slot, output, mask }) =>
        [type, slot, output, mask?.join("+")].filter((part) => part !== undefined).join(" "),
    },
  };
}
