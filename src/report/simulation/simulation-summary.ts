import { outcomeWords } from "./simulation-outcome.ts";
import { limitsInForce, type SimulationReport } from "./simulation-run.ts";
import { byteWords, countWords, durationWords } from "./simulation-words.ts";

/** The outcome of each release as a table: the first row is the heading, the first column says what. */
export function summaryRows({
  runs,
  outputNames,
}: SimulationReport): readonly (readonly string[])[] {
  const row = (
    label: string,
    value: (run: SimulationReport["runs"][number]) => string,
  ): readonly string[] => [label, ...runs.map(value)];
  const perOutput =
    outputNames.length < 2
      ? []
      : outputNames.map((name, output) =>
          row(`  to ${name}`, ({ result }) => countWords(result.outputs[output]?.delivered ?? 0)),
        );
  return [
    row("", ({ result }) => result.release),
    row("outcome", ({ result }) => outcomeWords(result.outcome)),
    row("stuck since", ({ result: { outcome, stuckSince } }) => {
      const isOpen = outcome.kind === "outage" || outcome.kind === "waiting";
      return stuckSince === null ? (isOpen ? "–" : "never") : durationWords(stuckSince);
    }),
    row("records taken", ({ result }) => countWords(result.accepted)),
    row("delivered", ({ result }) => countWords(result.delivered)),
    ...perOutput,
    row("lost", ({ result }) =>
      result.dropped === 0 || result.lost === 0
        ? countWords(result.lost)
        : `${countWords(result.lost)} (${countWords(result.dropped)} at Retry_Limit)`,
    ),
    row("duplicated", ({ result }) => countWords(result.duplicated)),
    row("still waiting", ({ result }) => countWords(result.waiting)),
    row("chunks left", ({ result }) => countWords(result.remainingChunks)),
    row("most chunks up", ({ scenario, result }) => {
      const { maxChunksUp } = limitsInForce(scenario);
      return `${countWords(result.mostUp)} of ${countWords(maxChunksUp)}`;
    }),
    row("most tasks", ({ scenario, result }) => {
      const { taskMapSize } = limitsInForce(scenario);
      return `${countWords(result.mostTasks)} of ${countWords(taskMapSize)}`;
    }),
    row("most bytes in memory", ({ result }) => byteWords(result.mostBytesInMemory)),
  ];
}
