import type { SharedState, SlotMove } from "../../compile/compiled-system.ts";
import type { Scope } from "../../compile/scope.ts";
import type { SpecNames } from "./spec-names.ts";

/** The invariant that says that the engine is never stuck. */
export const neverStuck = "neverStuck";

function slotCall({ id, others }: SlotMove): string {
  const chosen = others.map((_, index) => `o${index}`);
  const quantified = chosen.length === 0 ? "" : `\\E ${chosen.join(", ")} \\in Slots : `;
  return `${quantified}Slot${id}(${["s", ...chosen].join(", ")})`;
}

function next({ system: { slotMoves, systemMoves } }: Scope): readonly string[] {
  const calls = slotMoves.map((move) => `\\/ ${slotCall(move)}`);
  return [
    "Next ==",
    `  \\/ \\E s \\in Slots : ${calls.join("\n                      ")}`,
    ...systemMoves.map(({ id }) => `  \\/ World${id}`),
    "",
    "Spec == Init /\\ [][Next]_vars",
    "",
  ];
}

function fairness({ system }: Scope): readonly string[] {
  const duties = system.fairnessInstances.flatMap((name, instance) => {
    const ofSlot = system.slotMoves.filter((move) => move.fairness === instance);
    const ofSystem = system.systemMoves.filter((move) => move.fairness === instance);
    const calls = ofSlot.map((move) => `(${slotCall(move)})`).join(" \\/ ");
    return [
      ...(ofSlot.length === 0 ? [] : [`  /\\ \\A s \\in Slots : WF_vars(${calls}) \\* ${name}`]),
      ...(ofSystem.length === 0
        ? []
        : [`  /\\ WF_vars(${ofSystem.map(({ id }) => `World${id}`).join(" \\/ ")}) \\* ${name}`]),
    ];
  });
  return [
    "\\* What the engine owes to every slot by itself.",
    "Fairness ==",
    ...(duties.length === 0 ? ["  TRUE"] : duties),
    "FairSpec == Spec /\\ Fairness",
    "",
  ];
}

/** What the engine can do at all, to say that it is never stuck. */
function stuck({ system }: Scope, asked: string, alive: string): readonly string[] {
  const ofSlots = system.slotMoves.filter(({ agent }) => agent === "engine").map(slotCall);
  const ofSystem = system.systemMoves.filter(({ agent }) => agent === "engine");
  return [
    "Engine ==",
    ...ofSlots.map((call) => `  \\/ \\E s \\in Slots : ${call}`),
    ...ofSystem.map(({ id }) => `  \\/ World${id}`),
    ...(ofSlots.length + ofSystem.length === 0 ? ["  FALSE"] : []),
    "",
    "\\* With every output online and a live chunk, the engine can do something that changes the state.",
    `${neverStuck} == (${asked} /\\ ${alive}) => ENABLED <<Engine>>_vars`,
    "",
  ];
}

/** With the environment at rest, and every output online, no chunk lives for ever under fairness. */
function progress({ system }: Scope, names: SpecNames, asked: string): readonly string[] {
  const { live } = system.vocabulary;
  const counted = system.places
    .filter(({ id }) => system.quantities[live]?.weights[id] === 1)
    .map(({ id }) => names.places[id]);
  return [
    "\\* Nothing starves: with every output online from some time on, no chunk stays alive for ever.",
    `NoStarvation == <>[](${asked}) => \\A s \\in Slots : []<>(place[s] \\notin {${counted.join(", ")}})`,
    "",
  ];
}

/**
 * What a TLA+ module says of how its actions follow each other: `Next`, what is fair, and what must always go on.
 *
 * @param amount a total or counter in the present state, by its index
 */
export function tlaBehaviour(
  scope: Scope,
  names: SpecNames,
  amount: (quantity: number) => string,
): readonly string[] {
  const { running, online, live } = scope.system.vocabulary;
  const is = ({ machine, state }: SharedState): string =>
    `${names.machines[machine]} = ${names.state(scope, machine, state)}`;
  const asked = [running, ...online].map(is).join(" /\\ ");
  return [
    ...next(scope),
    ...fairness(scope),
    ...stuck(scope, asked, `${amount(live)} > 0`),
    ...progress(scope, names, asked),
  ];
}
