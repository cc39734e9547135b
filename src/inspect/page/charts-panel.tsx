import type { JSX } from "preact";
import type { Stepper } from "../../compile/stepper.ts";
import type { Chart } from "../charts/chart.ts";
import type { Moment } from "../run.ts";
import { ChartView, type TakenTransition, type Token } from "./chart-view.tsx";
import { slotsOf } from "../../compile/scope.ts";

function tokensOf({ role }: Chart, stepper: Stepper): readonly Token[] {
  const { scope } = stepper;
  const { system } = scope;
  const slots = slotsOf(scope);
  const shared = system.shared.flatMap((machine, index) => {
    if (machine.role !== role) return [];
    const state = machine.table.states[stepper.shared(index)]?.value ?? "";
    const { output, input } = machine;
    const text = output === null ? (input === null ? "●" : `input ${input}`) : `output ${output}`;
    return [{ state, text }];
  });
  if (shared.length > 0) return shared;
  const live = system.quantities[system.vocabulary.live];
  return Array.from({ length: slots }, (_, slot) => slot).flatMap((slot) => {
    const place = system.places[stepper.place(slot)];
    if (place === undefined || (live?.weights[place.id] !== 1 && slots > 4)) return [];
    return place.machines
      .filter((machine) => machine.role === role)
      .map(({ output, state }) => ({
        state: state.value,
        text:
          output === null || system.outputs === 1
            ? `${system.slots.noun} ${slot}`
            : `${slot}→${output}`,
      }));
  });
}

function takenIn({ role }: Chart, moment: Moment, stepper: Stepper): readonly TakenTransition[] {
  const { taken } = moment;
  if (taken === null) return [];
  const own =
    taken.slot === null
      ? []
      : taken.move.steps
          .filter(({ message }) => message.to === role)
          .map(({ from, message }) => ({ from, event: message.event.type }));
  const { shared } = stepper.scope.system;
  const outside = taken.move.needs.flatMap(({ machine, state }) => {
    const told = shared[machine];
    const set = taken.move.sets.find((one) => one.machine === machine);
    if (told?.role !== role || set === undefined) return [];
    const from = told.table.states[state]?.value ?? "";
    return [{ from, event: "" }];
  });
  return [...own, ...outside];
}

/** The chart that shows most of what happens to a chunk: that of a delivery, or the one with most transitions. */
export function mainChart(charts: readonly Chart[]): Chart | undefined {
  return (
    charts.find(({ role }) => role === "delivery") ??
    charts.toSorted((a, b) => b.transitions.length - a.transitions.length)[0]
  );
}

/** Statecharts in the state that is shown. */
export function ChartsPanel(props: {
  readonly charts: readonly Chart[];
  readonly stepper: Stepper;
  readonly moment: Moment;
  readonly label: string;
}): JSX.Element {
  return (
    <section class="charts" aria-label={props.label}>
      {props.charts.map((chart) => (
        <ChartView
          key={chart.role}
          chart={chart}
          title={
            chart.role === "delivery" ? "delivery (one for each chunk and output)" : chart.role
          }
          tokens={tokensOf(chart, props.stepper)}
          taken={takenIn(chart, props.moment, props.stepper).flatMap((one) =>
            one.event === ""
              ? chart.transitions
                  .filter(({ from, to }) => from === one.from && to !== from)
                  .map(({ event }) => ({ from: one.from, event }))
              : [one],
          )}
        />
      ))}
    </section>
  );
}
