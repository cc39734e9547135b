import type { Comparison, Message, Outcome } from "../description.ts";
import { toChunk } from "./chunk.ts";
import { toRetry, toTarget } from "./shared.ts";
import type { Output } from "./system.ts";

/** An outcome whose events are given as they are. */
export interface Action extends Omit<Outcome, "send" | "adds" | "resets"> {
  readonly messages: readonly Message[];
}

/** An action that does no more than its events say. */
export function plain({ messages, ...action }: Action): Outcome {
  return { ...action, send: () => messages };
}

/** What becomes of the retry state when a chunk is committed, or the queue is cleared. */
export function calmed(output: Output): readonly Message[] {
  return [toRetry("reset"), ...toTarget(output, "reset")];
}

/** An action that commits its chunk: *done* of the semantics, but for the chunk itself. */
export function committing(output: Output, { messages, ...action }: Action): Outcome {
  return {
    ...action,
    ...(output.givesUp ? { resets: ["steps"] } : {}),
    send: () => [...messages, ...calmed(output)],
  };
}

/** One thing that a failure does to the retry state. */
interface Failure {
  readonly event: Parameters<typeof toRetry>[0];
  readonly guard: readonly Comparison[];
  readonly does: "waits" | "steps" | "clears";
}

/** Whether the steps, with some more, are fewer than `retry_max_times`. */
function mayRetry(more: number): Comparison {
  return {
    quantity: { counter: "steps" },
    relation: "<",
    bound: { constant: -more, retryMax: 1 },
  };
}

function mayNot(more: number): Comparison {
  return { ...mayRetry(more), relation: ">=" };
}

/** Everything that a failure may do: *update* of the semantics. */
function failuresOf({ givesUp, testsAfter, steps }: Output): readonly Failure[] {
  if (!givesUp) return [{ event: "fail", guard: [], does: "waits" }];
  if (testsAfter) {
    return [
      { event: "first", guard: [mayRetry(0)], does: "waits" },
      { event: "clearFirst", guard: [mayNot(0)], does: "clears" },
      { event: "early", guard: [], does: "waits" },
      { event: "due", guard: [mayRetry(1)], does: "steps" },
      { event: "clearDue", guard: [mayNot(1)], does: "clears" },
    ];
  }
  return [
    { event: "first", guard: [], does: "waits" },
    { event: "clearAny", guard: [mayNot(0)], does: "clears" },
    ...(steps === "always"
      ? ([{ event: "any", guard: [mayRetry(0)], does: "steps" }] as const)
      : ([
          { event: "early", guard: [mayRetry(0)], does: "waits" },
          { event: "due", guard: [mayRetry(0)], does: "steps" },
        ] as const)),
  ];
}

/**
 * The outcomes of an action that fails its chunk: it is taken back, and the retry state says whether the whole queue is
 * then cleared. *fail* of the semantics.
 *
 * @param whenCleared what the action breaks where it clears the queue
 */
export function failing(
  output: Output,
  { messages, guard = [], tells, ...action }: Action,
  whenCleared: readonly string[] = [],
): readonly Outcome[] {
  return failuresOf(output).map(({ event, guard: when, does }): Outcome => {
    const clears = does === "clears";
    const sent = [
      ...messages,
      toRetry(event),
      ...(clears ? toTarget(output, "reset") : []),
      toChunk(clears ? "giveUp" : "takeBack"),
    ];
    return {
      ...action,
      guard: [...guard, ...when],
      tells: clears ? `${tells}; it is given up, and the whole queue is cleared` : tells,
      ...(does === "steps" ? { adds: [{ counter: "steps", adds: 1 }] } : {}),
      ...(clears
        ? { resets: ["steps", ...(output.drifts ? ["drift"] : [])], breaks: whenCleared }
        : {}),
      send: () => sent,
    };
  });
}
