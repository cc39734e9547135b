import { transitionWords, type Statechart } from "./statechart.ts";

/** The chart as a Mermaid state diagram; internal transitions stand inside their state. */
export function statechartMermaid({ name, initial, states, transitions }: Statechart): string {
  return [
    "---",
    `title: ${name}`,
    "---",
    "stateDiagram-v2",
    ...states.map((state) => `  ${state.name} : ${state.name}`),
    ...states.flatMap((state) =>
      transitions
        .filter(({ from, to }) => from === state.name && to === null)
        .map((transition) => `  ${state.name} : ${transitionWords(transition)}`),
    ),
    `  [*] --> ${initial}`,
    ...transitions
      .filter(({ to }) => to !== null)
      .map((transition) => {
        const { from, to } = transition;
        return `  ${from} --> ${to ?? from} : ${transitionWords(transition)}`;
      }),
    "",
  ].join("\n");
}
