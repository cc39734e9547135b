import type { ChartTransition, Statechart } from "./statechart.ts";

/** A chart, or several that run side by side, each under the name of its role. */
export interface NamedCharts {
  readonly name: string;
  readonly charts: readonly { readonly role: string; readonly chart: Statechart }[];
}

/** `else` is our word for the last of several transitions: there the order says it. */
function guardOf({ guard }: ChartTransition): string | null {
  return guard === "else" ? null : guard;
}

function transitionJson(transition: ChartTransition): object {
  const { to, actions, description } = transition;
  const guard = guardOf(transition);
  return {
    ...(to === null ? {} : { target: to }),
    ...(guard === null ? {} : { guard }),
    ...(actions.length === 0 ? {} : { actions }),
    ...(description === "" ? {} : { description }),
  };
}

function machineJson({ initial, states, transitions }: Statechart): object {
  return {
    initial,
    states: Object.fromEntries(
      states.map(({ name, description }) => {
        const own = transitions.filter(({ from }) => from === name);
        const events = [...new Set(own.map(({ event }) => event))];
        const on = events.map(
          (event) => [event, own.filter((one) => one.event === event).map(transitionJson)] as const,
        );
        return [
          name,
          { ...(description === "" ? {} : { description }), on: Object.fromEntries(on) },
        ];
      }),
    ),
  };
}

/** Charts as the configuration of an XState machine: guards and actions by their names. Several run in parallel. */
export function xstateJson({ name, charts }: NamedCharts): string {
  const [first] = charts;
  const machine =
    charts.length === 1 && first !== undefined
      ? { id: name, ...machineJson(first.chart) }
      : {
          id: name,
          type: "parallel",
          states: Object.fromEntries(charts.map(({ role, chart }) => [role, machineJson(chart)])),
        };
  return `${JSON.stringify(machine, null, 2)}\n`;
}
