import { featureSince } from "../../config/engine-features.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { InputInstance } from "../../config/input-instance.ts";
import { formatPosition } from "../../config/position.ts";
import type { EventType } from "../../config/routing/event-type.ts";
import { formatTagPattern } from "../../config/routing/tag-pattern.ts";
import type { Setting } from "../../config/setting.ts";
import { byteWords } from "../../analysis/configuration/byte-words.ts";

/** A value with where it stands: a line of the main file, or the file and line of an included one. */
type Sourced = <T>(setting: Setting<T>, words?: string) => string;

function sourcedIn(mainFile: string): Sourced {
  return ({ value, position }, words = String(value)) => {
    if (position === undefined) return `${words} (default)`;
    const where = position.file === mainFile ? `line ${position.line}` : formatPosition(position);
    return `${words} (${where})`;
  };
}

function versionWords({ version, engine }: FluentBitConfiguration): string {
  const newer = engine.newerThanKnown ? " (newer than any whose sources were read)" : "";
  return `v${version.text}${newer}, judged as release ${engine.release} of the model`;
}

/** Whether an input pauses on `storage.max_chunks_up`, and who says so. */
function pauseWords(
  { pauseOnChunksOverlimit, createdBy }: InputInstance,
  sourced: Sourced,
): string {
  const { value, position } = pauseOnChunksOverlimit;
  return value && createdBy !== undefined && position === undefined
    ? `on (default of an emitter since v${featureSince("emitterPauses")})`
    : sourced(pauseOnChunksOverlimit, value ? "on" : "off");
}

/** Many names are not listed. */
const mostNames = 8;
const mostOutputs = 30;

/** What an instance makes or takes; logs go without saying. */
function eventTypeWords(verb: string, types: readonly EventType[]): readonly string[] {
  return types.includes("logs") ? [] : [`${verb} ${types.join(", ")}, no logs`];
}

/** What was read of a configuration, as rows of a name and its value. */
export function configurationFacts(
  configuration: FluentBitConfiguration,
): readonly (readonly [string, string])[] {
  const { service, engine, inputs, outputs } = configuration;
  const sourced = sourcedIn(configuration.file);
  const nameOf = (index: number): string => {
    const output = outputs.find((one) => one.index === index);
    return output?.alias ?? output?.name ?? `output ${index}`;
  };
  const maskWords = (mask: readonly number[]): string =>
    mask.length > mostNames
      ? `${mask.length} outputs (${mask.slice(0, 2).map(nameOf).join(", ")}, ...)`
      : mask.map(nameOf).join(" and ");
  const routesWords = (masks: readonly (readonly number[])[]): string =>
    masks.length > mostNames
      ? `${masks.slice(0, mostNames).map(maskWords).join(", or ")}, or ${masks.length - mostNames} other sets of outputs`
      : masks.map(maskWords).join(", or ") || "nothing";
  const shown = outputs.length > mostOutputs ? outputs.slice(0, mostNames) : outputs;
  const growth =
    engine.initialTaskMapSize === engine.taskMapSize
      ? `${engine.taskMapSize}`
      : `${engine.initialTaskMapSize}, grows to ${engine.taskMapSize}`;
  return [
    ["files", `${configuration.files.join(", ")} (${configuration.format})`],
    ["Fluent Bit", versionWords(configuration)],
    ["task map", growth],
    ["storage.path", sourced(service.storagePath, service.storagePath.value ?? "none")],
    ["storage.max_chunks_up", sourced(service.maxChunksUp)],
    ...inputs.map((input): [string, string] => [
      `input ${input.alias ?? input.name}`,
      [
        ...eventTypeWords("makes", input.eventTypes),
        `tags ${input.tagPatterns.map(formatTagPattern).join(" ")}`,
        `storage.type ${sourced(input.storageType)}`,
        `storage.pause_on_chunks_overlimit ${pauseWords(input, sourced)}`,
        ...(input.memBufLimit.value === 0
          ? []
          : [`Mem_Buf_Limit ${sourced(input.memBufLimit, byteWords(input.memBufLimit.value))}`]),
        `reaches ${routesWords(input.routes.masks)}`,
      ].join("; "),
    ]),
    ...shown.map((output): [string, string] => [
      `output ${output.alias ?? output.name}`,
      [
        ...(output.match === undefined ? [] : [`Match ${sourced(output.match)}`]),
        ...(output.matchRegex === undefined
          ? []
          : [`Match_Regex ${sourced(output.matchRegex, output.matchRegex.value.source)}`]),
        ...eventTypeWords("takes", output.eventTypes),
        `Retry_Limit ${sourced(output.retryLimit)}`,
        ...(output.totalLimit === undefined
          ? []
          : [
              `storage.total_limit_size ${sourced(output.totalLimit, byteWords(output.totalLimit.value))}`,
            ]),
        ...(output.asksForRetries ? [] : [`${output.plugin} never asks for a retry`]),
      ].join("; "),
    ]),
    ...(shown.length === outputs.length
      ? []
      : [["outputs", `${outputs.length - shown.length} more, all of them in --json`] as const]),
  ];
}
