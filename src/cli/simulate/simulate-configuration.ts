import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { retryLimitInEffect } from "../../config/output-instance.ts";
import { formatPosition } from "../../config/position.ts";
import { readFluentBitConfiguration } from "../../config/read-configuration.ts";
import { decidingSettings } from "../../config/settings/setting-in-use.ts";
import { mayMatch } from "../../config/routing/output-match.ts";
import {
  fixedTag,
  formatTagPattern,
  patternFromWildcards,
  type TagPattern,
} from "../../config/routing/tag-pattern.ts";
import { matchesWildcard } from "../../config/routing/wildcard-match.ts";
import { askedVersion } from "../options/asked-version.ts";
import { BadInput } from "../bad-input.ts";
import { type SimulationSettings, usualTags } from "./simulate-settings.ts";

/** What a Fluent Bit configuration says about a simulation, and what of it is left out. */
interface ConfiguredSimulation {
  readonly settings: SimulationSettings;
  /** Sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads limits, outputs, retry limits, pauses and tags from a Fluent Bit configuration. Where tags are
 * not known beforehand (`kube.*`), `tags` different ones are made up.
 *
 * @throws BadInput or ConfigurationError, with file and line
 */
export function settingsOfConfiguration(
  file: string,
  fluentBit: string | undefined,
  tags: number | undefined,
): ConfiguredSimulation {
  const version = askedVersion(fluentBit);
  const configuration = readFluentBitConfiguration(file, { version, environment: process.env });
  const { service, filesystem, engine } = configuration;
  if (filesystem.inputs.length === 0) {
    throw new BadInput(
      `${file}: no input has storage.type filesystem: there is nothing to simulate`,
    );
  }
  if (filesystem.outputs.length === 0) {
    throw new BadInput(`${file}: no chunk reaches an output: there is nothing to simulate`);
  }
  return {
    settings: {
      releases: [engine.release, "hardened-fix"],
      limits: {
        taskMapSize: engine.taskMapSize,
        maxChunksUp: service.maxChunksUp.value,
        schedulerBase: service.schedulerBase.value,
        schedulerCap: service.schedulerCap.value,
      },
      flush: service.flush.value > 0 ? service.flush.value : 1,
      outputs: outputsOf(configuration),
      inputs: inputsOf(configuration, tags ?? usualTags),
    },
    notes: notesOn(configuration),
  };
}

function outputsOf({ filesystem }: FluentBitConfiguration): SimulationSettings["outputs"] {
  const routed = filesystem.inputs.find(({ directRoutes }) => directRoutes.length > 0);
  if (routed !== undefined) {
    const where = formatPosition(routed.position);
    throw new BadInput(`${where}: the simulation knows Match only, not routes`);
  }
  return filesystem.outputs.map((output) => {
    const { name, alias, match, matchRegex } = output;
    if (matchRegex?.position !== undefined) {
      const where = formatPosition(matchRegex.position);
      throw new BadInput(`${where}: the simulation knows Match only, not Match_Regex`);
    }
    return {
      name: alias ?? name,
      match: match?.value ?? "",
      retryLimit: retryLimitInEffect(output),
    };
  });
}

function inputsOf(
  { filesystem }: FluentBitConfiguration,
  tags: number,
): SimulationSettings["inputs"] {
  const open = filesystem.inputs
    .flatMap(({ tagPatterns }) => tagPatterns)
    .filter((pattern) => fixedTag(pattern) === undefined).length;
  const share = Math.max(1, Math.ceil(tags / Math.max(1, open)));
  const matches = filesystem.outputs.flatMap(({ match }) => match?.value ?? []);
  return filesystem.inputs.map(({ tagPatterns, pauseOnChunksOverlimit }) => ({
    tags: [...new Set(tagPatterns.flatMap((pattern) => tagsOf(pattern, share, matches)))],
    rate: undefined,
    offset: undefined,
    pauseOnChunksOverlimit: pauseOnChunksOverlimit.value,
  }));
}

/** The tags that a pattern stands for, or `count` of them that go somewhere, where that is possible. */
function tagsOf(pattern: TagPattern, count: number, matches: readonly string[]): string[] {
  const fixed = fixedTag(pattern);
  if (fixed !== undefined) return [fixed];
  const wildcard = formatTagPattern(pattern);
  return Array.from({ length: count }, (_, number) => {
    const plain = filled(wildcard === "*" ? "t.*" : wildcard, number);
    if (matches.some((match) => matchesWildcard(plain, match))) return plain;
    const wanted = filled(matches[number % matches.length] ?? "", number);
    return matchesWildcard(wanted, wildcard) ? wanted : plain;
  });
}

function filled(wildcard: string, number: number): string {
  return wildcard.replaceAll("*", String(number));
}

function notesOn({
  inputs,
  outputs,
  filesystem,
  settings,
}: FluentBitConfiguration): readonly string[] {
  const notes = decidingSettings(settings).map(
    ({ setting, value, position, reason }) =>
      `${`${setting} ${value}`.trim()}${position === undefined ? "" : ` (${formatPosition(position)})`} is left out: ${reason}`,
  );
  notes.push(
    ...filesystem.outputs
      .filter(({ asksForRetries }) => !asksForRetries)
      .map(
        ({ name, plugin }) => `${name}: ${plugin} never asks for a retry, so what fails is gone`,
      ),
  );
  const away = inputs.length - filesystem.inputs.length;
  if (away > 0) {
    notes.push(`${away} of ${inputs.length} inputs are left out: they keep their chunks in memory`);
  }
  const unreached = outputs.length - filesystem.outputs.length;
  if (unreached > 0) {
    notes.push(
      `${unreached} of ${outputs.length} outputs are left out: no chunk file reaches them`,
    );
  }
  for (const { name, eventTypes, tagPatterns } of filesystem.inputs) {
    const wrong = filesystem.outputs.filter(
      ({ match, eventTypes: taken }) =>
        match !== undefined &&
        !eventTypes.some((type) => taken.includes(type)) &&
        tagPatterns.some((tags) => mayMatch(tags, patternFromWildcards(match.value))),
    );
    notes.push(
      ...wrong.map(
        (output) =>
          `${output.name} takes no ${eventTypes.join(", ")}, but here it gets what ${name} makes: the simulation goes by Match alone`,
      ),
    );
  }
  return notes;
}
