import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import type { InputInstance } from "../config/input-instance.ts";
import { retryLimitInEffect } from "../config/output-instance.ts";
import { formatPosition } from "../config/position.ts";
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

function memoryReasons({ inputs, outputs }: FluentBitConfiguration): readonly string[] {
  const waits = outputs.filter((output) => retryLimitInEffect(output) !== "no_retries");
  const names = waits.map((output) => output.alias ?? output.name).slice(0, 3);
  const down = names.length === 0 ? "an output" : names.join(" or ");
  const endless = waits.some((output) => output.retryLimit.value === "no_limits");
  const long = endless
    ? `for as long as ${down} is down`
    : `while ${down} is down, until Retry_Limit drops what waits`;
  return [
    "Nothing was judged: no input stores its chunks on disk. Chunks in memory need no place among storage.max_chunks_up, so this deadlock cannot happen; memory has a mechanism of its own, which is not judged.",
    ...(inputs.length === 0
      ? []
      : [`What can happen ${long}: ${inputs.map(memorySentence).join("; ")}.`]),
  ];
}

/** Why nothing of a configuration was judged, in sentences. */
export function nothingJudgedReasons(configuration: FluentBitConfiguration): readonly string[] {
  const { engine, filesystem, version } = configuration;
  if (!engine.limitsChunksUp) {
    return [`Nothing was judged: v${version.text} has no storage.max_chunks_up.`];
  }
  if (filesystem.inputs.length === 0) return memoryReasons(configuration);
  return ["Nothing was judged: nothing that is stored on disk reaches an output."];
}
