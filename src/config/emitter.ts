import type { FilterInstance } from "./filter-instance.ts";
import type { InputInstance } from "./input-instance.ts";
import { hasFeature } from "./engine-features.ts";
import type { Section } from "./format/section.ts";
import { readMatchRegex } from "./routing/match-regex.ts";
import { routeMasksOfTags } from "./routing/output-match.ts";
import { rewriteRuleTags } from "./routing/rewrite-rule.ts";
import type { TagPattern } from "./routing/tag-pattern.ts";
import { defaultSetting, type Setting } from "./setting.ts";
import type { SettingsContext } from "./settings-context.ts";
import { parseBoolean } from "./values/boolean-value.ts";
import { lastProperty } from "./values/last-property.ts";
import { readSize } from "./values/size-value.ts";

/** `FLB_RTAG_MEM_BUF_LIMIT_DEFAULT` and the like. */
const DEFAULT_MEM_BUF_LIMIT = 10_000_000;

/** Whether a filter creates an emitter: an input of its own that re-emits records. */
export function createsEmitter({
  plugin,
  section,
}: Pick<FilterInstance, "plugin" | "section">): boolean {
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
  const says = { match, matchRegex: regex === undefined ? undefined : readMatchRegex(regex) };
  return tags.filter((tag) => routeMasksOfTags(tag, [says]).masks.length > 0);
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
 * `emitter_storage.type`; log_to_metrics has none. A value that Fluent Bit does not know is
 * complained of and leaves the default.
 */
function readStorageType(plugin: string, section: Section): InputInstance["storageType"] {
  const type = lastProperty([section], "emitter_storage.type");
  const value = type?.value.toLowerCase();
  return plugin !== "log_to_metrics" && (value === "filesystem" || value === "memrb")
    ? { value, position: type?.position }
    : { value: "memory", position: type?.position };
}

function readMemBufLimit(section: Section, { version }: SettingsContext): Setting<number> {
  const property = lastProperty([section], "emitter_mem_buf_limit");
  return property === undefined
    ? defaultSetting(DEFAULT_MEM_BUF_LIMIT)
    : { value: readSize(property, version), position: property.position };
}

/**
 * The emitters of all filters, numbered after the inputs and after the backlog's input, which
 * `storage.path` creates (`rewrite_tag.c::emitter_create`, `ml.c::emitter_create`). Their chunks are
 * in memory unless `emitter_storage.type` is filesystem; since v5.0 those pause on
 * `storage.max_chunks_up`, for which a filter has no setting (`emitter.c::cb_emitter_init`).
 */
export function createEmitters(
  filters: readonly FilterInstance[],
  inputs: readonly InputInstance[],
  firstIndex: number,
  context: SettingsContext,
): readonly InputInstance[] {
  const creators = filters.filter(createsEmitter);
  const allTags = [
    ...inputs.flatMap(({ tagPatterns }) => tagPatterns),
    ...creators.filter(({ plugin }) => plugin === "rewrite_tag").flatMap(ruleTags),
  ];
  return creators.map((filter, offset): InputInstance => {
    const name = `emitter.${firstIndex + offset}`;
    const storageType = readStorageType(filter.plugin, filter.section);
    const pauses =
      storageType.value === "filesystem" && hasFeature(context.version, "emitterPauses");
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
      storageType,
      pauseOnChunksOverlimit: defaultSetting(pauses),
      memBufLimit: readMemBufLimit(filter.section, context),
      threadedByPlugin: false,
      routable: true,
      directRoutes: [],
    };
  });
}
