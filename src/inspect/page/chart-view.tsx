import type { JSX } from "preact";
import type { Chart } from "../charts/chart.ts";
import { layoutChart, type ChartLayout } from "../charts/layout.ts";

/** A mark in a state: which machine of this kind is there. */
export interface Token {
  readonly state: string;
  readonly text: string;
}

/** A transition that was just taken. */
export interface TakenTransition {
  readonly from: string;
  readonly event: string;
}

const known = new WeakMap<Chart, ChartLayout>();

function layoutOf(chart: Chart): ChartLayout {
  const layout = known.get(chart) ?? layoutChart(chart);
  known.set(chart, layout);
  return layout;
}

/** The machines that are in a state: `chunk 0`, `chunks 0, 1`, `0→1, 1→0` or `7 chunks`. */
function tokensWords(tokens: readonly string[]): string {
  const [first = ""] = tokens;
  if (tokens.length < 2) return first;
  const kind = first.includes(" ") ? first.slice(0, first.lastIndexOf(" ")) : "";
  if (tokens.length > 3) return `${tokens.length} ${kind === "" ? "of them" : `${kind}s`}`;
  const numbers = tokens.map((token) => token.slice(kind === "" ? 0 : kind.length + 1)).join(", ");
  return kind === "" ? numbers : `${kind}s ${numbers}`;
}

/** A statechart with the active states filled, the machines that are there named, and the last transition marked. */
export function ChartView(props: {
  readonly chart: Chart;
  readonly title: string;
  readonly tokens: readonly Token[];
  readonly taken: readonly TakenTransition[];
}): JSX.Element {
  const { chart, tokens, taken } = props;
  const { width, height, states, arrows } = layoutOf(chart);
  const wasTaken = (from: string, event: string): boolean =>
    taken.some((one) => one.from === from && one.event === event);
  const active = [...new Set(tokens.map(({ state }) => state))].join(", ");
  return (
    <figure class="chart" data-role={chart.role}>
      <figcaption>{props.title}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={`${props.title}: ${active}`}
      >
        {arrows.map(({ from, to, path, transitions }) => {
          const hot = transitions.some(({ event }) => wasTaken(from, event));
          return (
            <path
              key={`${from} ${to}`}
              class={hot ? "arrow taken" : "arrow"}
              d={path}
              marker-end={hot ? "url(#head-taken)" : "url(#head)"}
            />
          );
        })}
        {arrows.map(({ from, to, label, lines, transitions }) => (
          <g key={`${from} ${to}`} class="label">
            <title>{transitions.map(({ description }) => description).join("\n")}</title>
            <rect
              x={label.x - label.width / 2}
              y={label.y - label.height / 2}
              width={label.width}
              height={label.height}
            />
            {lines.map((line, index) => (
              <text
                key={line}
                class={wasTaken(from, line.split(" ")[0] ?? "") ? "taken" : ""}
                x={label.x}
                y={label.y - label.height / 2 + 13 + 14 * index}
              >
                {line}
              </text>
            ))}
          </g>
        ))}
        {states.map((state, index) => {
          const here = tokens.filter((token) => token.state === state.name).map(({ text }) => text);
          const top = state.y - state.height / 2;
          return (
            <g
              key={state.name}
              class={here.length > 0 ? "state active" : "state"}
              data-state={state.name}
            >
              <title>{chart.states.find(({ name }) => name === state.name)?.description}</title>
              <rect
                x={state.x - state.width / 2}
                y={top}
                width={state.width}
                height={state.height}
                rx={8}
              />
              {index === 0 && (
                <circle class="initial" cx={state.x - state.width / 2 + 7} cy={top + 8} r={3} />
              )}
              <text x={state.x} y={top + 16}>
                {state.name}
              </text>
              {state.loops.map((loop, row) => (
                <text
                  key={loop}
                  class={wasTaken(state.name, loop.split(" ")[1] ?? "") ? "loop taken" : "loop"}
                  x={state.x}
                  y={top + 30 + 14 * row}
                >
                  {loop}
                </text>
              ))}
              {here.length > 0 && (
                <text class="token" x={state.x} y={state.y + state.height / 2 - 6}>
                  {tokensWords(here)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** The arrow heads that all charts of the page use. */
export function ArrowHeads(): JSX.Element {
  return (
    <svg width="0" height="0" class="heads" aria-hidden="true">
      <defs>
        {["head", "head-taken"].map((id) => (
          <marker
            key={id}
            id={id}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path class={id} d="M0 0 L8 4 L0 8 Z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}
