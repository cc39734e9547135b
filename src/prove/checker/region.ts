import type { Agent } from "../../../models/description.ts";
import type { SharedState, SlotMove } from "../../compile/compiled-system.ts";
import { all, some, type Formula } from "../logic/formula.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Action, Counted } from "./counted.ts";

type SlotAction = Action<SlotMove>;

/** The states in which the engine runs and exactly some outputs are online, for ever; and who may act there. */
export interface Region {
  readonly words: string;
  readonly formula: Formula;
  readonly online: readonly number[];
  /** The actions that can be taken there, and lead to a state of the region. */
  readonly actions: readonly SlotAction[];
  /** Those that lead out of it, because they move a machine that slots share. */
  readonly leaving: readonly SlotAction[];
}

function isOfSlot(action: Action): action is SlotAction {
  return "rule" in action.move;
}

/**
 * The region in which exactly these outputs are online.
 *
 * @param agents who acts there; the environment never does
 * @throws UnfitCertificate if who acts there changes what is frozen.
 */
export function regionOf(
  counted: Counted,
  online: readonly number[],
  agents: readonly Agent[],
): Region {
  const { shared, vocabulary } = counted.system;
  const statesOf = (machine: number): readonly SharedState[] =>
    (shared[machine]?.table.states ?? []).map(({ id }) => ({ machine, state: id }));
  // The states in which each frozen machine can be.
  const frozen = [
    [vocabulary.running],
    ...vocabulary.online.map((works, output) =>
      online.includes(output)
        ? [works]
        : statesOf(works.machine).filter(({ state }) => state !== works.state),
    ),
  ];
  const isPossible = (need: SharedState): boolean =>
    frozen.every(
      (states) =>
        states.every(({ machine }) => machine !== need.machine) ||
        states.some(({ machine, state }) => machine === need.machine && state === need.state),
    );
  const actions = counted.actions
    .filter(isOfSlot)
    .filter(({ move }) => agents.includes(move.agent) && move.needs.every(isPossible));
  const machines = [vocabulary.running, ...vocabulary.online].map(({ machine }) => machine);
  if (actions.some(({ move }) => move.sets.some(({ machine }) => machines.includes(machine)))) {
    throw new UnfitCertificate(
      "what acts while the environment is frozen changes a frozen machine",
    );
  }
  return {
    words: `${online.length === 0 ? "no output" : `output ${online.join(", ")}`} online`,
    formula: all(...frozen.map((states) => some(...states.map((one) => counted.isIn(one))))),
    online,
    actions,
    leaving: [],
  };
}

/** Whether no edges form a cycle. */
export function isAcyclic(edges: readonly (readonly [number, number])[]): boolean {
  const onward = edges.filter(([, to]) => edges.some(([from]) => from === to));
  return onward.length === 0 || (onward.length < edges.length && isAcyclic(onward));
}

/**
 * The parts of a region in one of which every run ends up that stays in it: a part for each way in which the machines come
 * to rest that slots share and that the actions move.
 *
 * @throws UnfitCertificate if such a machine may move for ever.
 */
export function restingParts(counted: Counted, region: Region): readonly Region[] {
  const moved = new Set(region.actions.flatMap(({ move }) => move.sets.map((set) => set.machine)));
  let parts: readonly Region[] = [region];
  for (const machine of [...moved].sort((a, b) => a - b)) {
    const states = counted.system.shared[machine]?.table.states ?? [];
    const ofMachine = (some: readonly SharedState[]): readonly number[] =>
      some.filter((one) => one.machine === machine).map(({ state }) => state);
    const edges = region.actions.flatMap(({ move }) =>
      ofMachine(move.sets).flatMap((to) => {
        const needed = ofMachine(move.needs);
        const found = needed.length > 0 ? needed : states.map(({ id }) => id);
        return found.map((from) => [from, to] as const);
      }),
    );
    if (!isAcyclic(edges)) {
      throw new UnfitCertificate(
        `machine ${counted.system.shared[machine]?.role} may move for ever`,
      );
    }
    parts = parts.flatMap((part) =>
      states.map(({ id, value }): Region => {
        const canBe = ({ move }: SlotAction): boolean =>
          ofMachine(move.needs).every((state) => state === id);
        const stays = ({ move }: SlotAction): boolean =>
          ofMachine(move.sets).every((state) => state === id);
        const possible = part.actions.filter(canBe);
        return {
          ...part,
          words: `${part.words}, ${counted.system.shared[machine]?.role} at rest in ${value} (${id})`,
          formula: all(part.formula, counted.isIn({ machine, state: id })),
          actions: possible.filter(stays),
          leaving: [...part.leaving.filter(canBe), ...possible.filter((one) => !stays(one))],
        };
      }),
    );
  }
  return parts;
}
