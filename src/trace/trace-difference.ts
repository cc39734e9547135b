import type { RecordedEngine } from "./recorded-engine.ts";
import type { ReplayedModel } from "./replayed-model.ts";
import type { EventKind, TraceEvent } from "./trace-event.ts";

/** Chunks up, tasks and quota in use, on one side. */
interface Totals {
  readonly up: number;
  readonly tasks: number;
  readonly live: number;
  /** Over-limit units in use, by output. */
  readonly quotaUsed: readonly number[];
}

/** One thing in which the engine and the model disagree. */
export interface TraceDifference {
  readonly file: string;
  readonly line: number;
  readonly event: EventKind;
  readonly chunk: string;
  /** What is wrong, and what was expected, as a clause. */
  readonly sentence: string;
  /** What the trace says is the case. */
  readonly recorded: Totals;
  /** What is the case in the model, with the local state of the chunk and the actions that it allows there. */
  readonly model: Totals & { readonly chunk: string; readonly allows: readonly string[] };
}

/** Both sides as they are now, with a sentence that says how they differ. */
export function differenceAt(
  file: string,
  event: TraceEvent,
  sentence: string,
  recorded: RecordedEngine,
  model: ReplayedModel,
): TraceDifference {
  const chunk = recorded.chunkOf(event);
  return {
    file,
    line: event.line,
    event: event.kind,
    chunk,
    sentence,
    recorded: {
      up: recorded.storage.up,
      tasks: recorded.tasks.count,
      live: recorded.storage.live,
      quotaUsed: [...recorded.quota.used],
    },
    model: {
      up: model.up,
      tasks: model.tasks,
      live: model.live,
      quotaUsed: model.counters(),
      chunk: model.placeOf(chunk),
      allows: model.allows(chunk),
    },
  };
}

function totalsWords({ up, tasks, live, quotaUsed }: Totals): string {
  const quota = quotaUsed.some((used) => used > 0) ? `, quota in use ${quotaUsed.join("/")}` : "";
  return `${live} chunks, ${up} up, ${tasks} tasks${quota}`;
}

/** A difference as one line: `file:line: event chunk: what is wrong`, then both sides. */
export function formatDifference(difference: TraceDifference): string {
  const { file, line, event, chunk, sentence, recorded, model } = difference;
  const allowed = model.allows.length === 0 ? "nothing" : model.allows.join(", ");
  return (
    `${file}:${line}: ${event} ${chunk}: ${sentence} ` +
    `(trace: ${totalsWords(recorded)}; model: ${totalsWords(model)}, ` +
    `the chunk is "${model.chunk}" and may ${allowed})`
  );
}
