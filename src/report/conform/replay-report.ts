import { knownDifferences } from "../../trace/known-differences.ts";
import { formatDifference } from "../../trace/trace-difference.ts";
import type { TraceValidation } from "../../trace/validate-trace.ts";
import type { Json } from "../scope/check-json.ts";
import { columns } from "../columns.ts";
import { scopeWords } from "../scope/scope-words.ts";
import type { Style } from "../style.ts";

function endingWords({ ending }: TraceValidation): string {
  const { live, up, tasks, actions } = ending;
  switch (ending.verdict) {
    case "drained":
      return "drained: no chunk is left";
    case "stuck":
      return `stuck: ${live} chunks are left, ${up} in memory, ${tasks} with a task, and with every output online no engine action changes anything`;
    case "working":
      return `working: ${live} chunks are left, and ${actions.join(", ")} can still change something`;
  }
}

/** The line before which the replay ended; null where it got to the end of the trace. */
function endedBefore({ differences, notModelled }: TraceValidation): number | null {
  return differences[0]?.line ?? notModelled?.line ?? null;
}

/** What came of it, in one line, with what belongs to it below. */
function verdict(validation: TraceValidation, style: Style): readonly string[] {
  const { differences, notModelled, knownDifferences: known } = validation;
  if (differences.length > 0) {
    return [
      style.red("The recording and the model differ."),
      "",
      "Differences (nothing is replayed after the first):",
      ...differences.map((difference) => `  ${formatDifference(difference)}`),
    ];
  }
  if (notModelled !== null) {
    return [
      style.yellow(
        `Not decided: the replay stops before line ${notModelled.line}; up to there both agree.`,
      ),
      "",
      `  ${formatDifference(notModelled)}`,
    ];
  }
  const but = known.length === 0 ? "." : ", but for what the model is known to leave out.";
  return [style.green(`The recording and the model agree${but}`)];
}

/** What the model is known to leave out, by name, with how often the recording shows it. */
function knownWords({ knownDifferences: known }: TraceValidation): readonly string[] {
  if (known.length === 0) return [];
  return [
    "",
    "Known differences, let through:",
    columns(
      known.map(({ name, count, first }) => [
        `  ${knownDifferences[name]}`,
        count === 1 ? "once" : `${count} times`,
        `${count === 1 ? "in" : "first in"} line ${first.line}`,
      ]),
    ),
  ];
}

/** A replayed recording for a terminal. */
export function replayText(validation: TraceValidation, style: Style): string {
  const { scope, breaksOffAt } = validation;
  const before = endedBefore(validation);
  return [
    `${style.bold(scope.release)}  ${scopeWords(scope)}`,
    columns([
      ["events", `${validation.events}`],
      ["actions", `${validation.actions}, and ${validation.environmentActions} of the outputs`],
      ["breaks off", breaksOffAt === null ? "no" : `in line ${breaksOffAt}`],
      [before === null ? "at the end" : `before line ${before}`, endingWords(validation)],
    ]),
    "",
    ...verdict(validation, style),
    ...knownWords(validation),
  ].join("\n");
}

/** A replayed recording as JSON; the fields are documented in docs/cli.md and stable. */
export function replayJson(validation: TraceValidation): Json {
  const { scope, ending, notModelled } = validation;
  return {
    release: scope.release,
    parameters: { ...scope.parameters },
    events: validation.events,
    actions: validation.actions,
    environmentActions: validation.environmentActions,
    differences: validation.differences.map(formatDifference),
    notModelled: notModelled === null ? null : formatDifference(notModelled),
    knownDifferences: validation.knownDifferences.map(({ name, count, first }) => ({
      name: knownDifferences[name],
      count,
      first: formatDifference(first),
    })),
    breaksOffAt: validation.breaksOffAt,
    ending: { ...ending },
  };
}
