import { LARGEST_USUAL_CHUNK, SMALLEST_CHUNK } from "../../config/chunk-size.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { formatPosition } from "../../config/position.ts";
import type { Setting } from "../../config/setting.ts";
import { totalLimitMeaning, type LimitedOutput } from "../../config/total-limit.ts";
import { byteWords } from "./byte-words.ts";
import type { Variant } from "./judged-variants.ts";
import type { ConfigurationShape } from "./scope-of-configuration.ts";

const totalLimit = "storage.total_limit_size";

function sizeWords({ value, position }: Setting<number>): string {
  return `${byteWords(value)}${position === undefined ? "" : ` (${formatPosition(position)})`}`;
}

function limitWords({ output, limit }: LimitedOutput): string {
  return `${totalLimit} of ${output.alias ?? output.name}, ${sizeWords(limit)}`;
}

/** When `storage.total_limit_size` leaves room for the chunks that a stuck engine holds. */
function roomCondition({ filesystem }: FluentBitConfiguration, chunks: number): readonly string[] {
  const meaning = totalLimitMeaning(filesystem.outputs, filesystem.routes.certain, chunks);
  switch (meaning.kind) {
    case "unlimited":
    case "none":
      return [];
    case "room": {
      const always = meaning.average > LARGEST_USUAL_CHUNK;
      return [
        `It is possible only if chunks are smaller than ${byteWords(meaning.average)} on average: ${limitWords(meaning)}, has to hold ${chunks} of them. ${
          always
            ? "That is nearly always so: a chunk takes about 2 MB."
            : "With larger chunks the oldest are deleted before (data loss)."
        }`,
      ];
    }
    case "shared":
      return [
        `It is possible only if chunks are smaller than ${byteWords(Math.floor(meaning.sum / chunks))} on average, and go to several outputs: together the outputs' ${totalLimit} have room for ${chunks} chunks, no single one has. With larger chunks the oldest are deleted before (data loss).`,
      ];
  }
}

/** When chunks reach a `mem_buf_limit` on files. */
function bufferConditions(
  { inputs }: ConfigurationShape,
  stuckIn: readonly Variant[],
  maxChunksUp: number,
): readonly string[] {
  return inputs.flatMap(({ names: [name = ""], memBufLimit, storageType }, input) => {
    const isNeeded = stuckIn.every(({ buffers }) => buffers[input] !== "none");
    if (memBufLimit === undefined || storageType === "memory" || !isNeeded) return [];
    const average = Math.ceil(memBufLimit.value / maxChunksUp);
    return average <= 1
      ? []
      : [
          `It is possible only if the chunks of ${name} in memory, ${maxChunksUp} at most, reach Mem_Buf_Limit, ${sizeWords(memBufLimit)}: from ${byteWords(average)} on average.`,
        ];
  });
}

/** What else has to be so for an engine to get stuck, in sentences. */
export function stuckConditions(
  configuration: FluentBitConfiguration,
  shape: ConfigurationShape,
  stuckIn: readonly Variant[],
): readonly string[] {
  const { engine, service, filesystem } = configuration;
  const maxChunksUp = service.maxChunksUp.value;
  const needsRoom = stuckIn.every(({ limits }) =>
    limits.every((limit) => limit === "none" || limit === "room"),
  );
  const isShared = filesystem.outputs.every(({ totalLimit: limit }) => limit !== undefined);
  return [
    ...bufferConditions(shape, stuckIn, maxChunksUp),
    ...(needsRoom || isShared
      ? roomCondition(configuration, engine.taskMapSize + maxChunksUp)
      : []),
  ];
}

/** Why deleting the oldest chunks comes before getting stuck; nothing where it does not. */
export function lossBefore({
  filesystem,
  engine,
  service,
}: FluentBitConfiguration): readonly string[] {
  const chunks = engine.taskMapSize + service.maxChunksUp.value;
  const meaning = totalLimitMeaning(filesystem.outputs, filesystem.routes.certain, chunks);
  if (meaning.kind !== "none" || meaning.most === 0) return [];
  const sum = meaning.limits.reduce((all, { limit }) => all + limit.value, 0);
  return [
    `Data is lost instead: an engine that is stuck holds ${chunks} chunks, and ${meaning.limits.map(limitWords).join(", ")} has room for ${meaning.most} at most. A chunk file has at least one page (${SMALLEST_CHUNK} bytes), and ${chunks} fit only if they are smaller than ${byteWords(Math.floor(sum / chunks))} on average. So in an outage the oldest chunks are deleted (data loss) long before the engine can get stuck in this way.`,
  ];
}

/** Why limits in bytes leave open whether it gets stuck: reasons, where no way in was found. */
export function openLimits(
  { filesystem }: FluentBitConfiguration,
  { inputs }: ConfigurationShape,
  maxChunksUp: number,
): readonly string[] {
  const largest = byteWords(LARGEST_USUAL_CHUNK);
  return [
    ...inputs.flatMap(({ names: [name = ""], memBufLimit, storageType }) => {
      if (memBufLimit === undefined || storageType === "memory") return [];
      const average = Math.ceil(memBufLimit.value / maxChunksUp);
      return average <= LARGEST_USUAL_CHUNK
        ? []
        : [
            `Mem_Buf_Limit of ${name}, ${sizeWords(memBufLimit)}, counts only if chunks are larger than ${byteWords(average)} on average; they usually take ${largest} at most, and more only where a single append is larger.`,
          ];
    }),
    ...filesystem.outputs.flatMap((output) =>
      output.totalLimit !== undefined && output.totalLimit.value < SMALLEST_CHUNK
        ? [
            `${limitWords({ output, limit: output.totalLimit })}, has no room for a single chunk file (${SMALLEST_CHUNK} bytes); the model needs room for one.`,
          ]
        : [],
    ),
  ];
}
