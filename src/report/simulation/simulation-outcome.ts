import type { HeldUp } from "../../engine/simulation/held-up.ts";
import type { Outcome } from "../../engine/simulation/outcome.ts";
import { countWords, durationWords } from "./simulation-words.ts";

/** What a story came to, in a few words. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case "undisturbed":
      return "no outage, nothing is held up";
    case "recovered":
      return "recovered";
    case "draining":
      return `still draining: ${countWords(outcome.left)} of the backlog to come`;
    case "waiting":
      return `waiting: a retry may be ${durationWords(left(outcome))} away`;
    case "overtaken":
      return `${countWords(outcome.left)} of the backlog wait, newer records pass`;
    case "outage":
      return "an output is down: not known yet";
    case "stuck":
      return outcome.heldUp.deadlocked
        ? "stuck: nothing but a restart ends this"
        : "stuck: nothing is delivered any more";
  }
}

function left({ quietFor, longestWait }: Outcome & { readonly kind: "waiting" }): number {
  return Math.ceil(longestWait.seconds - quietFor);
}

/** What the verdict rests on, in sentences; none where the counts say it all. */
export function reasons(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case "stuck": {
      const since = `stuck since ${durationWords(outcome.since)}`;
      return [`${since}: nothing moved for ${quietWords(outcome)}`, ...heldUpWords(outcome.heldUp)];
    }
    case "overtaken":
      return [`nothing of the backlog moved for ${quietWords(outcome)}`];
    case "waiting":
      return [
        `nothing of the backlog moved for ${durationWords(Math.round(outcome.quietFor))}; a wait of up to ${plannedWords(outcome)}, may be planned`,
      ];
    case "undisturbed":
    case "recovered":
    case "draining":
    case "outage":
      return [];
  }
}

type Unmoved = Outcome & { readonly kind: "stuck" | "overtaken" | "waiting" };

function quietWords(outcome: Unmoved): string {
  return `${durationWords(Math.round(outcome.quietFor))}, longer than any planned wait (${plannedWords(outcome)})`;
}

function plannedWords({ longestWait }: Unmoved): string {
  return `${durationWords(Math.ceil(longestWait.seconds))}, ${longestWait.what}`;
}

/** What holds up an engine that does not move. */
function heldUpWords(held: HeldUp): readonly string[] {
  const tasks = countWords(held.taskLimit);
  if (held.deadlocked) {
    return [
      `${countWords(held.retries)} retries hold every task and wait for memory; ${countWords(held.up)} chunks hold all the memory and wait for a task`,
    ];
  }
  return [
    ...(held.leakedTasks > 0
      ? [
          `${countWords(held.leakedTasks)} of ${tasks} tasks have neither a flush under way nor a retry`,
        ]
      : []),
    ...(held.idleChunks > 0
      ? [
          `${countWords(held.idleChunks)} chunks have no task; ${countWords(held.taskLimit - held.tasks)} of ${tasks} tasks are free`,
        ]
      : []),
    ...(held.retries > 0 ? [`${countWords(held.retries)} tasks wait for a retry`] : []),
  ];
}
