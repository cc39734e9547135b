import type { TraceDifference } from "../trace/trace-difference.ts";
import { formatDifference } from "../trace/trace-difference.ts";
import type { TraceValidation } from "../trace/validate-trace.ts";
import type { Json } from "./check-json.ts";
import { columns } from "./columns.ts";
import { scopeWords } from "./scope-words.ts";
import type { Style } from "./style.ts";

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

function listed(title: string, differences: readonly TraceDifference[]): readonly string[] {
  if (differences.length === 0) return [];
  return ["", title, ...differences.map((difference) => `  ${formatDifference(difference)}`)];
}

/** A replayed recording for a terminal. */
export function replayText(validation: TraceValidation, style: Style): string {
  const { scope, differences, restartExceptions, breaksOffAt } = validation;
  const [first] = differences;
  const same = first === undefined;
  return [
    `${style.bold(scope.release)}  ${scopeWords(scope.parameters)}`,
    columns([
      ["events", `${validation.events}`],
      ["actions", `${validation.actions}, and ${validation.environmentActions} of the outputs`],
      ["breaks off", breaksOffAt === null ? "no" : `in line ${breaksOffAt}`],
      [same ? "at the end" : `before line ${first.line}`, endingWords(validation)],
    ]),
    "",
    same
      ? style.green("The recording and the model agree.")
      : style.red("The recording and the model differ."),
    ...listed("Differences (nothing is replayed after the first):", differences),
    ...listed(
      "Outside the model: chunks put down again while the files were scanned at a restart:",
      restartExceptions,
    ),
  ].join("\n");
}

/** A replayed recording as JSON; the fields are documented in docs/cli.md and stable. */
export function replayJson(validation: TraceValidation): Json {
  const { scope, ending } = validation;
  return {
    release: scope.release,
    parameters: { ...scope.parameters },
    events: validation.events,
    actions: validation.actions,
    environmentActions: validation.environmentActions,
    differences: validation.differences.map(formatDifference),
    restartExceptions: validation.restartExceptions.map(formatDifference),
    breaksOffAt: validation.breaksOffAt,
    ending: { ...ending },
  };
}
