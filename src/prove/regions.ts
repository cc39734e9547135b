import type { Agent } from "../../models/description.ts";
import type { SharedState, SlotMove } from "../compile/compiled-system.ts";
import { sharedIs, type CountedAction, type CountedSystem } from "./counting.ts";
import { all, type Formula } from "./formula.ts";

/** The states in which the environment is frozen in one way, and who may act there. */
export interface Region {
  /** E.g. `outputs 1 online, 0 offline; the engine alone acts`. */
  readonly words: string;
  readonly fixed: readonly SharedState[];
  readonly formula: Formula;
  readonly online: readonly number[];
  /** The actions of slots that can be taken there. */
  readonly actions: readonly (CountedAction & { readonly move: SlotMove })[];
}

function isSlotMove(action: CountedAction): action is CountedAction & { readonly move: SlotMove } {
  return "rule" in action.move;
}

/**
 * The region in which the engine runs and exactly these outputs are online, with the environment frozen.
 *
 * @throws Error if what may act there changes a frozen machine.
 */
export function regionOf(
  counted: CountedSystem,
  online: readonly number[],
  agents: readonly Agent[],
): Region {
  const { system } = counted;
  const { running, online: onlineStates } = system.vocabulary;
  const fixed = [running, ...online.flatMap((output) => onlineStates[output] ?? [])];
  const offline = onlineStates.filter((_, output) => !online.includes(output));
  const isFixedElsewhere = ({ machine, state }: SharedState): boolean =>
    fixed.some((one) => one.machine === machine && one.state !== state) ||
    offline.some((one) => one.machine === machine && one.state === state);
  const actions = counted.actions
    .filter(isSlotMove)
    .filter(({ agent, move }) => agents.includes(agent) && !move.needs.some(isFixedElsewhere));
  if (actions.some(({ move }) => move.sets.length > 0)) {
    throw new Error("what acts while the environment is frozen changes a shared machine");
  }
  const offlineFormulas = offline.flatMap(({ machine, state }) => {
    const others = (system.shared[machine]?.table.states ?? []).filter(({ id }) => id !== state);
    // An output is in one of two states; the frozen one is the other.
    return others.length === 1
      ? others.map(({ id }) => sharedIs(system, { machine, state: id }))
      : [];
  });
  const away = system.vocabulary.online.flatMap((_, output) =>
    online.includes(output) ? [] : [output],
  );
  return {
    words: `${
      away.length === 0 ? "every output online" : `output ${away.join(", ")} offline for ever`
    }, ${agents.includes("input") ? "the input going on" : "no new input"}`,
    fixed,
    formula: all(...fixed.map((one) => sharedIs(system, one)), ...offlineFormulas),
    online,
    actions,
  };
}
