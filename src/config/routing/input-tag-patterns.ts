import { hasFeature } from "../engine-features.ts";
import type { FluentBitVersion } from "../version.ts";
import { parseBoolean } from "../values/boolean-value.ts";
import { ANY_TEXT, patternFromWildcards, type TagPattern } from "./tag-pattern.ts";
import { tailTagPatterns } from "./tail-tag.ts";

/** What the tags of an input depend on. */
export interface TaggedInput {
  readonly plugin: string;
  /** The instance name, which is the tag of an input without `Tag`. */
  readonly name: string;
  /** `Tag`, if the section has one. */
  readonly tag: string | undefined;
  /** Another setting of the section. */
  readonly setting: (key: string) => string | undefined;
}

const ANY_TAG: TagPattern = [ANY_TEXT];

/** Tags that in_opentelemetry makes from the address that was called. */
const OPEN_TELEMETRY_TAGS: readonly TagPattern[] = [
  ["v1_logs"],
  ["v1_metrics"],
  ["v1_traces"],
  ["v1development_profiles"],
];

function forwardPatterns(input: TaggedInput, version: FluentBitVersion): readonly TagPattern[] {
  const prefix = input.setting("tag_prefix");
  if (prefix !== undefined && hasFeature(version, "forwardTagPrefix")) {
    return [[prefix, ANY_TEXT]];
  }
  const ownTagCounts = input.tag !== undefined && hasFeature(version, "forwardOwnTag");
  return ownTagCounts ? [[input.tag]] : [ANY_TAG];
}

function tailPatterns(input: TaggedInput): readonly TagPattern[] {
  const tag = input.tag ?? input.name;
  if (input.setting("tag_regex") !== undefined) {
    return [patternFromWildcards(tag.replaceAll(/<[^<>]*>/gu, "*"))];
  }
  if (!tag.includes("*")) {
    return [[tag]];
  }
  const paths = (input.setting("path") ?? "").split(",").map((path) => path.trim());
  return tailTagPatterns(
    tag,
    paths.filter((path) => path !== ""),
  );
}

function openTelemetryPatterns(
  input: TaggedInput,
  version: FluentBitVersion,
): readonly TagPattern[] {
  const fromAddress = parseBoolean(input.setting("tag_from_uri") ?? "true") !== false;
  const ownTagCounts = input.tag !== undefined && hasFeature(version, "openTelemetryOwnTag");
  if (input.setting("tag_key") !== undefined) {
    return [ANY_TAG];
  }
  return fromAddress && !ownTagCounts ? OPEN_TELEMETRY_TAGS : [[input.tag ?? input.name]];
}

function httpServerPatterns(input: TaggedInput, version: FluentBitVersion): readonly TagPattern[] {
  const ownTagCounts =
    input.tag !== undefined &&
    input.setting("tag_key") === undefined &&
    hasFeature(version, "httpServerOwnTag");
  return ownTagCounts ? [[input.tag]] : [ANY_TAG];
}

/**
 * Every tag that chunks of an input may have. Most plugins use their `Tag`, or their instance name
 * (`flb_input.c::flb_input_instance_init`); some take it from a client, a file name or a record.
 */
export function inputTagPatterns(
  input: TaggedInput,
  version: FluentBitVersion,
): readonly TagPattern[] {
  switch (input.plugin) {
    case "forward":
      return forwardPatterns(input, version);
    case "http":
    case "prometheus_remote_write":
      return [ANY_TAG];
    case "splunk":
    case "elasticsearch":
      return httpServerPatterns(input, version);
    case "opentelemetry":
      return openTelemetryPatterns(input, version);
    case "tail":
      return tailPatterns(input);
    case "systemd":
      return [patternFromWildcards(input.tag ?? input.name)];
    default:
      return [[input.tag ?? input.name]];
  }
}
