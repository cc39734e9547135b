import type { Section } from "./format/section.ts";
import { readPluginName } from "./plugin-name.ts";
import type { Position } from "./position.ts";
import { readRetryLimit, type RetryLimit } from "./retry-limit.ts";
import { takenEventTypes, type EventType } from "./routing/event-type.ts";
import { readMatchRegex, type MatchRegex } from "./routing/match-regex.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import { lastProperty, lastSetting } from "./values/last-property.ts";
import { readNumber } from "./values/number-value.ts";

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
  /** Threads; undefined for the plugin's own default. */
  readonly workers: Setting<number> | undefined;
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

/**
 * Reads one `[OUTPUT]` section.
 *
 * @param takesEverything whether an output without `Match` gets `*`: only if it is the one output
 * of the one input (`flb_router.c::flb_router_io_set`).
 * @throws ConfigurationError if it has no name or a number is none.
 */
export function readOutput(
  section: Section,
  index: number,
  takesEverything: boolean,
  context: SettingsContext,
): OutputInstance {
  const plugin = readPluginName(section);
  const match = lastSetting([section], "match");
  const matchRegex = readRegex(section, context);
  const workers = lastProperty([section], "workers");
  const name = `${plugin}.${index}`;
  const withoutMatch = match === undefined && matchRegex === undefined;
  if (withoutMatch && !takesEverything) {
    context.warn(
      `${name} has neither Match nor Match_Regex: nothing reaches it.`,
      section.position,
    );
  }
  return {
    index,
    name,
    alias: lastProperty([section], "alias")?.value,
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
    workers:
      workers === undefined
        ? undefined
        : readNumber(workers, { integer: true, minimum: 0 }, context.warn),
  };
}
