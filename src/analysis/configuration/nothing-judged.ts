import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { InputInstance } from "../../config/input-instance.ts";
import { retryLimitInEffect, type OutputInstance } from "../../config/output-instance.ts";
import { formatPosition } from "../../config/position.ts";
import { byteWords } from "./byte-words.ts";

/** What happens to an input that keeps its chunks in memory while outputs are down. */
function memorySentence({ name, alias, storageType, memBufLimit }: InputInstance): string {
  const called = alias ?? name;
  const { value, position } = memBufLimit;
  const where = position === undefined ? "by default" : formatPosition(position);
  const limit = `${byteWords(value)} (Mem_Buf_Limit, ${where})`;
  if (value === 0)
    return `${called} has no Mem_Buf_Limit, so its chunks take memory without a limit`;
  return storageType.value === "memrb"
    ? `${called} deletes its oldest chunks at ${limit}`
    : `${called} pauses at ${limit}, and its records wait where they come from`;
}

/** What happens to inputs that keep their chunks in memory, in sentences. */
export function memoryPauses(
  inputs: readonly InputInstance[],
  outputs: readonly OutputInstance[],
): readonly string[] {
  const waits = outputs.filter((output) => retryLimitInEffect(output) !== "no_retries");
  const names = waits.map((output) => output.alias ?? output.name).slice(0, 3);
  const down = names.length === 0 ? "an output" : names.join(" or ");
  const endless = waits.some((output) => output.retryLimit.value === "no_limits");
  const long = endless
    ? `for as long as ${down} is down`
    : `while ${down} is down, until Retry_Limit drops what waits`;
  return [
    "Chunks in memory need no place among storage.max_chunks_up: whatever holds a task can go on when its output is back.",
    `What can happen ${long}: ${inputs.map(memorySentence).join("; ")}.`,
  ];
}

/** Why nothing of a configuration was judged, in sentences. */
export function nothingJudgedReasons(configuration: FluentBitConfiguration): readonly string[] {
  const { engine, filesystem, version } = configuration;
  if (!engine.limitsChunksUp && filesystem.outputs.length > 0) {
    return [`Nothing was judged: v${version.text} has no storage.max_chunks_up.`];
  }
  return ["Nothing was judged: nothing that is made reaches an output."];
}
