import type { Statechart } from "./statechart.ts";
import { xml } from "./text.ts";
import type { NamedCharts } from "./xstate-json.ts";

/** A comment must not hold two dashes. */
function comment(text: string): string {
  return `<!-- ${xml(text).replaceAll("--", "- -")} -->`;
}

/** The states of a chart; ids are unique in a document, so that in one of several charts they begin with its role. */
function statesOf(chart: Statechart, prefix: string, indent: string): readonly string[] {
  return chart.states.flatMap(({ name, description }) => {
    const own = chart.transitions.filter(({ from }) => from === name);
    const transitions = own.flatMap(({ event, guard, actions, to, description: told }) => {
      const attributes = [
        `event="${xml(event)}"`,
        ...(guard === null || guard === "else" ? [] : [`cond="${xml(guard)}()"`]),
        ...(to === null ? [] : [`target="${xml(prefix + to)}"`]),
      ].join(" ");
      const inside = [
        ...(told === "" ? [] : [comment(told)]),
        ...actions.map((action) => `<script>${xml(action)}()</script>`),
      ];
      return inside.length === 0
        ? [`${indent}  <transition ${attributes}/>`]
        : [
            `${indent}  <transition ${attributes}>`,
            ...inside.map((line) => `${indent}    ${line}`),
            `${indent}  </transition>`,
          ];
    });
    return [
      `${indent}<state id="${xml(prefix + name)}">`,
      ...(description === "" ? [] : [`${indent}  ${comment(description)}`]),
      ...transitions,
      `${indent}</state>`,
    ];
  });
}

/** Charts as SCXML (W3C, 1.0): guards and actions are functions of their names. Several run in parallel. */
export function scxml({ name, charts }: NamedCharts): string {
  const [first] = charts;
  const head = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${xml(name)}"`;
  const body =
    charts.length === 1 && first !== undefined
      ? [`${head} initial="${xml(first.chart.initial)}">`, ...statesOf(first.chart, "", "  ")]
      : [
          `${head} initial="all">`,
          `  <parallel id="all">`,
          ...charts.flatMap(({ role, chart }) => [
            `    <state id="${xml(role)}" initial="${xml(`${role}.${chart.initial}`)}">`,
            ...statesOf(chart, `${role}.`, "      "),
            "    </state>",
          ]),
          "  </parallel>",
        ];
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...body, "</scxml>", ""].join("\n");
}
