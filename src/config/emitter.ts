import type { FilterInstance } from "./filter-instance.ts";
import type { InputInstance } from "./input-instance.ts";
import { readMatchRegex } from "./routing/match-regex.ts";
import { mayMatch } from "./routing/output-match.ts";
import { rewriteRuleTags } from "./routing/rewrite-rule.ts";
import { patternFromWildcards, type TagPattern } from "./routing/tag-pattern.ts";
import { defaultSetting } from "./setting.ts";
import { parseBoolean } from "./values/boolean-value.ts";
import { lastProperty } from "./values/last-property.ts";

/** Whether a filter creates an emitter: an input of its own that re-emits records. */
export function createsEmitter({ plugin, section }: FilterInstance): boolean {
  const buffer = lastProperty([section], "buffer")?.value ?? "on";
  return (
    plugin === "rewrite_tag" ||
    plugin === "log_to_metrics" ||
    (plugin === "multiline" && parseBoolean(buffer) !== false)
  );
}

/** Tags that the filter's `Match` may take, of those given. */
function matchedTags(
  { section }: FilterInstance,
  tags: readonly TagPattern[],
): readonly TagPattern[] {
  const match = lastProperty([section], "match")?.value;
  const regex = lastProperty([section], "match_regex")?.value;
  if (regex !== undefined) {
    const { matches } = readMatchRegex(regex);
    return tags.filter((tag) => {
      const [only, ...others] = tag;
      return typeof only !== "string" || others.length > 0 || matches?.(only) !== false;
    });
  }
  return match === undefined
    ? []
    : tags.filter((tag) => mayMatch(tag, patternFromWildcards(match)));
}

function emittedTags(filter: FilterInstance, tags: readonly TagPattern[]): readonly TagPattern[] {
  const taken = matchedTags(filter, tags);
  switch (filter.plugin) {
    case "rewrite_tag":
      return taken.length === 0 ? [] : ruleTags(filter);
    case "multiline":
      return taken;
    default:
      return [];
  }
}

function ruleTags({ section }: FilterInstance): readonly TagPattern[] {
  return section.properties
    .filter(({ key }) => key === "rule")
    .map(({ value }) => rewriteRuleTags(value))
    .filter((tags) => tags !== undefined);
}

/**
 * The emitters of all filters, numbered after the inputs and after the backlog's input, which
 * `storage.path` creates (`rewrite_tag.c::emitter_create`, `ml.c::emitter_create`). Their chunks are
 * in memory unless `emitter_storage.type` is filesystem.
 */
export function createEmitters(
  filters: readonly FilterInstance[],
  inputs: readonly InputInstance[],
  firstIndex: number,
): readonly InputInstance[] {
  const creators = filters.filter(createsEmitter);
  const allTags = [
    ...inputs.flatMap(({ tagPatterns }) => tagPatterns),
    ...creators.filter(({ plugin }) => plugin === "rewrite_tag").flatMap(ruleTags),
  ];
  return creators.map((filter, offset): InputInstance => {
    const name = `emitter.${firstIndex + offset}`;
    const type = lastProperty([filter.section], "emitter_storage.type");
    const onDisk = type?.value.toLowerCase() === "filesystem";
    return {
      name,
      alias:
        lastProperty([filter.section], "emitter_name")?.value ??
        `emitter_for_${filter.alias ?? filter.name}`,
      plugin: "emitter",
      position: filter.position,
      createdBy: filter.name,
      tag: defaultSetting(name),
      eventTypes: [filter.plugin === "log_to_metrics" ? "metrics" : "logs"],
      tagPatterns: emittedTags(filter, allTags),
      storageType: { value: onDisk ? "filesystem" : "memory", position: type?.position },
      pauseOnChunksOverlimit: defaultSetting(false),
      routable: true,
      routesTo: [],
    };
  });
}
