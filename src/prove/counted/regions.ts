import { entryAt } from "../../errors/checked-access.ts";
import type { Agent } from "../../../models/description.ts";
import type { CompiledSystem, SharedState, SlotMove } from "../../compile/compiled-system.ts";
import { sharedIs, sharedName, type CountedAction, type CountedSystem } from "./counting.ts";
import { all, some, type Formula } from "../logic/formula.ts";
import { descendingRanks } from "../progress/strong-places.ts";

/** An action of a slot. */
type SlotAction = CountedAction & { readonly move: SlotMove };

/** The states in which the environment is frozen in one way, and who may act there. */
export interface Region {
  /** E.g. `outputs 1 online, 0 offline; the engine alone acts`. */
  readonly words: string;
  readonly fixed: readonly SharedState[];
  readonly formula: Formula;
  readonly online: readonly number[];
  /** The actions of slots that can be taken there, and lead to a state of the region. */
  readonly actions: readonly SlotAction[];
  /** Those that lead out of it, because they move a machine that slots share. */
  readonly leaving: readonly SlotAction[];
}

function isSlotMove(action: CountedAction): action is SlotAction {
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
  const fixed = [running, ...online.flatMap((output) => entryAt(onlineStates, output))];
  const offline = onlineStates.filter((_, output) => !online.includes(output));
  const isFixedElsewhere = ({ machine, state }: SharedState): boolean =>
    fixed.some((one) => one.machine === machine && one.state !== state) ||
    offline.some((one) => one.machine === machine && one.state === state);
  const actions = counted.actions
    .filter(isSlotMove)
    .filter(({ agent, move }) => agents.includes(agent) && !move.needs.some(isFixedElsewhere));
  const frozen = [running, ...onlineStates].map(({ machine }) => machine);
  if (actions.some(({ move }) => move.sets.some(({ machine }) => frozen.includes(machine)))) {
    throw new Error("what acts while the environment is frozen changes a frozen machine");
  }
  const offlineFormulas = offline.map(({ machine, state }) => {
    const others = (system.shared[machine]?.table.states ?? []).filter(({ id }) => id !== state);
    return some(...others.map(({ id }) => sharedIs(system, { machine, state: id })));
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
    leaving: [],
  };
}

/** A state of a shared machine; with its number where its name does not tell it from others. */
function stateWords({ shared }: CompiledSystem, machine: number, state: number): string {
  const states = shared[machine]?.table.states ?? [];
  const { value } = entryAt(states, state);
  return states.some((one) => one.id !== state && one.value === value)
    ? `${value} (${state})`
    : value;
}

/** Where a move can find a shared machine, and where it puts it. */
function movesOfMachine(
  { actions }: Region,
  machine: number,
  states: readonly number[],
): readonly { readonly from: number; readonly to: number }[] {
  return actions.flatMap(({ move }) =>
    move.sets.flatMap((set) => {
      if (set.machine !== machine) return [];
      const needed = move.needs.filter((need) => need.machine === machine);
      const found = needed.length === 0 ? states : needed.map(({ state }) => state);
      return found.map((from) => ({ from, to: set.state }));
    }),
  );
}

/**
 * The parts of a region in which every run ends that stays in the region: the machines that slots share each move one way only
 * while the environment is frozen, so that they come to rest, and there is a part for each way to rest.
 *
 * @returns the region itself where nothing in it moves such a machine; `null` if one of them could move for ever
 */
export function restingParts(counted: CountedSystem, region: Region): readonly Region[] | null {
  const { system } = counted;
  const moved = [
    ...new Set(region.actions.flatMap(({ move }) => move.sets.map((set) => set.machine))),
  ].sort((a, b) => a - b);
  let parts: readonly Region[] = [region];
  for (const machine of moved) {
    const states = (system.shared[machine]?.table.states ?? []).map(({ id }) => id);
    const edges = movesOfMachine(region, machine, states);
    if (descendingRanks(states.length, edges) === null) return null;
    const name = sharedName(system, machine).replace("state of ", "");
    parts = parts.flatMap((part) =>
      states.map((state): Region => {
        const here = ({ move }: SlotAction): boolean =>
          !move.needs.some((need) => need.machine === machine && need.state !== state);
        const stays = ({ move }: SlotAction): boolean =>
          !move.sets.some((set) => set.machine === machine && set.state !== state);
        const actions = part.actions.filter(here);
        return {
          ...part,
          words: `${part.words}, ${name} ${stateWords(system, machine, state)}`,
          formula: all(part.formula, sharedIs(system, { machine, state })),
          actions: actions.filter(stays),
          leaving: [...part.leaving.filter(here), ...actions.filter((one) => !stays(one))],
        };
      }),
    );
  }
  return parts;
}
