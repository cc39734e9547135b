import type { Section } from "./format/section.ts";
import { readPluginName } from "./plugin-name.ts";
import type { Position } from "./position.ts";
import { readRetryLimit, type RetryLimit } from "./retry-limit.ts";
import { asksForRetries } from "./retrying-plugin.ts";
import { takenEventTypes, type EventType } from "./routing/event-type.ts";
import { readMatchRegex, type MatchRegex } from "./routing/match-regex.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import { parseBoolean } from "./values/boolean-value.ts";
import { lastProperty, lastSetting } from "./values/last-property.ts";
import { readNumber } from "./values/number-value.ts";
import { readSize } from "./values/size-value.ts";

/** An `[OUTPUT]` section. */
export interface OutputInstance {
  /** Place among the outputs, from 0: the bit in a routes mask. */
  readonly index: number;
  /** As in Fluent Bit's log, such as `http.0`: the number counts all outputs. */
  readonly name: string;
  readonly alias: string | undefined;
  readonly plugin: string;
  readonly position: Position;
  readonly match: Setting<string> | undefined;
  readonly matchRegex: Setting<MatchRegex> | undefined;
  /** Chunks that hold anything else do not reach it, whatever it matches. */
  readonly eventTypes: readonly EventType[];
  readonly retryLimit: Setting<RetryLimit>;
  /** False if the plugin never asks for a retry, whatever the limit. */
  readonly asksForRetries: boolean;
  /** `storage.total_limit_size` in bytes; undefined for none. */
  readonly totalLimit: Setting<number> | undefined;
  /** Threads; undefined for the plugin's own default. */
  readonly workers: Setting<number> | undefined;
}

/** The limit that counts: none where the plugin never asks for a retry. */
export function retryLimitInEffect({
  retryLimit,
  asksForRetries: asks,
}: Pick<OutputInstance, "retryLimit" | "asksForRetries">): RetryLimit {
  return asks ? retryLimit.value : "no_retries";
}

function readRegex(section: Section, { warn }: SettingsContext): Setting<MatchRegex> | undefined {
  const property = lastProperty([section], "match_regex");
  if (property === undefined) {
    return undefined;
  }
  const value = readMatchRegex(property.value);
  if (value.problem !== undefined) {
    const { source, problem } = value;
    warn(`cannot read the Match_Regex '${source}': ${problem}.`, property.position);
  }
  return { value, position: property.position };
}

/** What is off or 0 is no limit (`flb_output.c::flb_output_set_property`). */
function readTotalLimit(
  section: Section,
  { version }: SettingsContext,
): Setting<number> | undefined {
  const property = lastProperty([section], "storage.total_limit_size");
  if (property === undefined || parseBoolean(property.value) === false) return undefined;
  const value = readSize(property, version);
  return value === 0 ? undefined : { value, position: property.position };
}

/** What an output may be given without `Match`. */
export interface OutputPlace {
  /** Place among the outputs, from 0. */
  readonly index: number;
  /** Whether it is the one output of the one input, which gets `*` (`flb_router.c::flb_router_io_set`). */
  readonly takesEverything: boolean;
  /** Names that the `routes` of inputs use. */
  readonly routedNames: ReadonlySet<string>;
}

/**
 * Reads one `[OUTPUT]` section.
 *
 * @throws ConfigurationError if it has no name or a number is none.
 */
export function readOutput(
  section: Section,
  { index, takesEverything, routedNames }: OutputPlace,
  context: SettingsContext,
): OutputInstance {
  const plugin = readPluginName(section);
  const match = lastSetting([section], "match");
  const matchRegex = readRegex(section, context);
  const workers = lastProperty([section], "workers");
  const name = `${plugin}.${index}`;
  const alias = lastProperty([section], "alias")?.value;
  const isRouted = [alias, name, plugin].some((one) => one !== undefined && routedNames.has(one));
  const withoutMatch = match === undefined && matchRegex === undefined;
  if (withoutMatch && !takesEverything && !isRouted) {
    context.warn(
      `${name} has neither Match nor Match_Regex: nothing reaches it.`,
      section.position,
    );
  }
  return {
    index,
    name,
    alias,
    plugin,
    position: section.position,
    match: withoutMatch && takesEverything ? defaultSetting("*") : match,
    matchRegex,
    eventTypes: takenEventTypes(
      plugin,
      (key) => lastProperty([section], key)?.value,
      context.version,
    ),
    retryLimit: readRetryLimit(lastProperty([section], "retry_limit"), context),
    asksForRetries: asksForRetries(plugin, (key) => lastProperty([section], key)?.value),
    totalLimit: readTotalLimit(section, context),
    workers:
      workers === undefined
        ? undefined
        : readNumber(workers, { integer: true, minimum: 0 }, context.warn),
  };
}
