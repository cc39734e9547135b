import type { PropertyResult } from "../../explore/check-scope.ts";
import type {
  ConfigurationVerdict,
  LiftedPath,
} from "../../analysis/configuration/configuration-verdict.ts";
import { byteWords } from "../../analysis/configuration/byte-words.ts";

/** A chunk is sealed when it holds about this many bytes. */
const chunkBytes = 2_000_000;

/** How the way in goes at the real sizes, and how much that is. */
export function liftedSentences(lifted: LiftedPath): readonly string[] {
  const { taskMapSize, maxChunksUp, chunks } = lifted;
  return [
    `At the real sizes, T = ${taskMapSize} tasks and X = ${maxChunksUp} chunks in memory, the way in is`,
    `    ${lifted.words}`,
    `which was replayed on the model step by step: ${lifted.steps} steps, ending with ${lifted.tasks} tasks that wait for memory and ${lifted.up} chunks in memory that wait for a task, ${lifted.live} live chunks in all. That is up to ${byteWords(chunks * chunkBytes)} on disk and ${byteWords(maxChunksUp * chunkBytes)} in memory; small chunks get there with far less.`,
  ];
}

export const notLifted =
  "The way in was not found at the real sizes; at the small scope that is shown it is certain.";

/** Which output of the scope is which of the configuration. */
export function outputLegend(names: readonly string[]): string {
  return `Here ${names.map((name, output) => `output ${output} is ${name}`).join(", ")}.`;
}

/** The steps of a path in a line each, with the configuration's own names. */
export function pathSteps(
  { path }: PropertyResult,
  shape: NonNullable<ConfigurationVerdict["shape"]>,
): readonly string[] {
  const inputs = shape.inputs.map(({ names }) => names[0] ?? "an input");
  return (path?.steps ?? []).map(({ taken: { move, slot } }) => {
    const ofInput = "input" in move && move.agent === "input" ? inputs[move.input ?? 0] : undefined;
    const output = move.output === null ? undefined : shape.outputNames[move.output];
    const about = [
      ...(slot === null ? [] : [`chunk ${slot}`]),
      ...(ofInput === undefined ? [] : [`of ${ofInput}`]),
      ...(output === undefined ? [] : [slot === null ? output : `to ${output}`]),
    ].join(" ");
    return `${about}: ${move.tells}`;
  });
}

/** Why an engine gets stuck, in three sentences. */
export function whySentences({ decision, lifted }: ConfigurationVerdict): readonly string[] {
  const [tasks, places] =
    lifted === null
      ? ["every", "every"]
      : [`all ${lifted.taskMapSize}`, `all ${lifted.maxChunksUp}`];
  const limits = decision.by.filter((one) => one.startsWith("Mem_Buf_Limit"));
  return [
    limits.length > 0
      ? `While its outputs are down, ${limits.join(" and ")} puts a chunk down when its last running flush fails, however many routes it has: its task waits for a retry, and its place in memory goes to the next chunk.`
      : "While its output is down, a chunk with one route is put down: its task waits for a retry, and its place in memory goes to the next chunk.",
    `So such chunks take ${tasks} tasks, and chunks without a task then take ${places} places in memory.`,
    "From then on each retry waits for a place in memory, and each chunk in memory for a task: nothing moves, though every output is back.",
  ];
}
