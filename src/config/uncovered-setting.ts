import type { Section, SectionType } from "./format/section.ts";
import type { InputInstance } from "./input-instance.ts";
import type { OutputInstance } from "./output-instance.ts";
import type { Position } from "./position.ts";
import { parseBoolean } from "./values/boolean-value.ts";

/** A setting that the model says nothing about, so that a verdict holds without it. */
export interface UncoveredSetting {
  readonly setting: string;
  readonly value: string;
  readonly position: Position | undefined;
  /** Why it matters, as half a sentence. */
  readonly reason: string;
}

/** Settings by section; a key that ends in a dot stands for everything below it. */
const UNCOVERED: Readonly<Partial<Record<SectionType, Readonly<Record<string, string>>>>> = {
  service: {
    "storage.backlog.mem_limit": "limits how fast chunks of an earlier run are loaded",
    "storage.backlog.flush_on_shutdown": "changes what a shutdown does with waiting chunks",
    "storage.delete_irrecoverable_chunks": "deletes chunk files that are damaged",
    "storage.trim_files": "changes the size of chunk files, not their number",
    "storage.keep.rejected": "keeps copies of chunks that an output rejects",
    hot_reload: "replaces the engine while chunks are waiting",
  },
  input: {
    mem_buf_limit: "pauses the input by size; the model counts chunks",
    threaded: "runs the input in a thread of its own",
    rate_gate: "limits the rate of the input",
    "processors.": "may drop or split records before they reach a chunk",
    "routes.": "picks outputs by the content of records",
  },
  output: {
    "storage.total_limit_size": "deletes the oldest chunks when the disk space is used up",
    workers: "runs deliveries in threads; the model has no threads",
    "processors.": "may drop records on their way to the output",
  },
};

function isBelow(key: string, known: string): boolean {
  return known.endsWith(".") ? key.startsWith(known) : key === known;
}

function isSwitchedOff(value: string): boolean {
  return value === "" || value === "0" || parseBoolean(value) === false;
}

function uncoveredInSection(section: Section): readonly UncoveredSetting[] {
  const reported = new Set<string>();
  return section.properties.flatMap(({ key, value, position }) => {
    const found = Object.entries(UNCOVERED[section.type] ?? {}).find(([known]) =>
      isBelow(key, known),
    );
    if (found === undefined || reported.has(found[0]) || isSwitchedOff(value)) {
      return [];
    }
    const [known, reason] = found;
    const group = known.endsWith(".");
    reported.add(known);
    return [
      { setting: group ? known.slice(0, -1) : key, value: group ? "" : value, position, reason },
    ];
  });
}

function uncoveredSection({ type, name, position, properties }: Section): UncoveredSetting[] {
  if (type === "filter") {
    const value = properties.find(({ key }) => key === "name")?.value ?? "";
    const reason = "may drop, change or re-emit records before they reach a chunk";
    return [{ setting: "filter", value, position, reason }];
  }
  if (type === "custom") {
    return [{ setting: "custom", value: "", position, reason: "is a plugin of its own kind" }];
  }
  return type === "other" && /^stream_(?:task|processor)$/iu.test(name)
    ? [{ setting: name, value: "", position, reason: "creates chunks of its own" }]
    : [];
}

interface Instances {
  readonly inputs: readonly InputInstance[];
  /** Those that chunk files are routed to. */
  readonly outputs: readonly OutputInstance[];
}

/** Differences between instances that the model has one parameter for. */
function uncoveredDifferences({ inputs, outputs }: Instances): readonly UncoveredSetting[] {
  const limits = new Set(outputs.map(({ retryLimit }) => retryLimit.value));
  const differing = limits.size > 1 ? outputs : [];
  const inMemory = inputs.filter(({ storageType }) => storageType.value !== "filesystem");
  return [
    ...differing.map(({ name, retryLimit, position }) => ({
      setting: "retry_limit",
      value: String(retryLimit.value),
      position: retryLimit.position ?? position,
      reason: `the outputs differ in it and the model has one limit for all (${name})`,
    })),
    ...inMemory.map(({ name, storageType, position }) => ({
      setting: "storage.type",
      value: storageType.value,
      position: storageType.position ?? position,
      reason: `chunks in memory have no files and live by another mechanism (${name})`,
    })),
  ];
}

/** Everything in a configuration that the model does not cover, in file order by kind. */
export function uncoveredSettings(
  sections: readonly Section[],
  instances: Instances,
): readonly UncoveredSetting[] {
  return [
    ...sections.flatMap((section) => [
      ...uncoveredSection(section),
      ...uncoveredInSection(section),
    ]),
    ...uncoveredDifferences(instances),
  ];
}
