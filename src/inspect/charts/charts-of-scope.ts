import type { Role, SystemDescription } from "../../../models/description.ts";
import type { CompiledSystem, PlaceMap } from "../../compile/compiled-system.ts";
import { tabulate } from "../../compile/machine-table.ts";
import { boundValue, type Scope } from "../../compile/scope.ts";
import { chartOfDefinition } from "./chart-of-definition.ts";
import type { Chart, ChartTransition } from "./chart.ts";

/** Names of the transitions of a slot's machines that some action of the system takes. */
function takenBySlots(scope: Scope): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const { steps, guard } of scope.system.slotMoves) {
    const isHopeless = guard.some(
      ({ relation, bound }) => relation === "<" && boundValue(bound, scope) <= 0,
    );
    if (isHopeless) continue;
    for (const { message, from, to } of steps) {
      taken.add(`${message.to} ${from} ${message.event.type} ${to}`);
    }
  }
  return taken;
}

/** The moves of a slot's machines that something makes which happens to every slot at once. */
function takenByAll(system: CompiledSystem): ReadonlySet<string> {
  const taken = new Set<string>();
  const maps: readonly (PlaceMap | null | undefined)[] = [
    ...system.systemMoves.map(({ everySlot }) => everySlot),
    system.gate?.everySlot,
  ];
  for (const map of maps) {
    system.places.forEach((place, from) => {
      const to = system.places[map?.to[from] ?? from];
      place.machines.forEach(({ role, state }, index) => {
        const after = to?.machines[index]?.state;
        if (after !== undefined && after !== state)
          taken.add(`${role} ${state.value} ${after.value}`);
      });
    });
  }
  return taken;
}

/**
 * The pictures of a system's machines, one for each role, with the transitions that can happen at these parameters.
 * Machines that never leave their first state are left out.
 */
export function chartsOfScope(description: SystemDescription, scope: Scope): readonly Chart[] {
  const { system } = scope;
  const bySlots = takenBySlots(scope);
  const byAll = takenByAll(system);
  const moved = movedShared(system);
  const ofSlot = new Set(description.slot.map(({ name }) => name));
  const happens = (
    role: Role,
    { from, to, event, description: told }: ChartTransition,
  ): boolean => {
    const table = tabulate(role);
    const steps = table.states
      .filter(({ value }) => value === from)
      .flatMap(({ id }) =>
        role.events.filter(({ type }) => type === event).map((one) => table.step(id, one)),
      );
    if (!steps.some((step) => step?.description === told)) return false;
    if (!ofSlot.has(role.name)) return from === to || moved.has(`${role.name} ${to}`);
    return (
      bySlots.has(`${role.name} ${from} ${event} ${to}`) ||
      (!isEventOf(bySlots, role.name, event) && byAll.has(`${role.name} ${from} ${to}`))
    );
  };
  const charts = [...description.slot, ...description.shared].map((role): Chart => {
    const chart = chartOfDefinition(role.name, role.machine.config);
    const transitions = chart.transitions.filter((transition) => happens(role, transition));
    return { ...chart, transitions };
  });
  return charts.map(withoutUnreachable).filter(({ states }) => states.length > 1);
}

/** The states that some action moves a shared machine to. */
function movedShared({ shared, slotMoves, systemMoves }: CompiledSystem): ReadonlySet<string> {
  return new Set(
    [...slotMoves, ...systemMoves].flatMap(({ sets }) =>
      sets.map(({ machine, state }) => {
        const { role = "", table } = shared[machine] ?? {};
        return `${role} ${table?.states[state]?.value ?? ""}`;
      }),
    ),
  );
}

/** Whether some slot takes this event by itself: then a broadcast does not send it. */
function isEventOf(taken: ReadonlySet<string>, role: string, event: string): boolean {
  return [...taken].some((one) => one.startsWith(`${role} `) && one.split(" ")[2] === event);
}

function withoutUnreachable(chart: Chart): Chart {
  const first = chart.states[0]?.name;
  const reached = new Set(first === undefined ? [] : [first]);
  for (const from of reached) {
    for (const transition of chart.transitions) {
      if (transition.from === from) reached.add(transition.to);
    }
  }
  return {
    ...chart,
    states: chart.states.filter(({ name }) => reached.has(name)),
    transitions: chart.transitions.filter(({ from }) => reached.has(from)),
  };
}
