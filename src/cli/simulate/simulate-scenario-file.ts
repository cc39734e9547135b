import { nodeConfigurationFiles } from "../../config/format/configuration-files.ts";
import { parseYaml, type YamlNode } from "../../config/format/yaml-node.ts";
import { formatPosition } from "../../config/position.ts";
import type { Limits } from "../../engine/simulation/scenario.ts";
import { BadInput } from "../bad-input.ts";
import { parsePhase, secondsOf, type WrittenPhase } from "./simulate-phases.ts";
import type { SimulationSettings } from "./simulate-settings.ts";
import { parseOffset, parseRate, parseRetryLimit, parseSeconds } from "./simulate-values.ts";
import { badPlace, booleanOf, itemsOf, readMap, textOf, wholeOf } from "./simulate-yaml.ts";

/**
 * Reads a scenario file; `docs/simulate.md` has its schema.
 *
 * @throws BadInput or ConfigurationError, with file and line
 */
export function settingsOfScenarioFile(file: string): SimulationSettings {
  const content = nodeConfigurationFiles.read(file);
  if (content.problem !== undefined) {
    throw new BadInput(`${file}: expected a scenario, but ${content.problem}`);
  }
  const [root, second] = parseYaml(file, content.text);
  if (root === undefined) throw new BadInput(`${file}:1: the scenario is empty`);
  if (second !== undefined) throw badPlace(second.position, "a scenario is a single document");
  return readScenario(root);
}

type Changeable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readScenario(root: YamlNode): SimulationSettings {
  const settings: Changeable<SimulationSettings> = {};
  readMap(root, "a scenario", {
    releases: (node) => {
      settings.releases = itemsOf(node).map((item) => textOf(item, "a release"));
    },
    seed: (node) => {
      settings.seed = wholeOf(node, "seed", 0);
    },
    limits: (node) => {
      settings.limits = readLimits(node);
    },
    flush: (node) => {
      settings.flush = parsed(node, "flush", parseSeconds, "seconds, such as 1 or 500ms");
    },
    outputs: (node) => {
      settings.outputs = filledList(node, "outputs").map(readOutput);
    },
    inputs: (node) => {
      settings.inputs = filledList(node, "inputs").map(readInput);
    },
    phases: (node) => {
      settings.phases = filledList(node, "phases").map(readPhase);
    },
    sample_every: (node) => {
      settings.sampleEvery = parsed(
        node,
        "sample_every",
        parseSeconds,
        "seconds, such as 10 or 1m",
      );
    },
  });
  return settings;
}

function readLimits(node: YamlNode): Partial<Limits> {
  const limits: Partial<Changeable<Limits>> = {};
  readMap(node, "limits", {
    tasks: (value) => {
      limits.taskMapSize = wholeOf(value, "tasks", 1);
    },
    max_chunks_up: (value) => {
      limits.maxChunksUp = wholeOf(value, "max_chunks_up", 1);
    },
    quota: (value) => {
      limits.overLimitQuota = wholeOf(value, "quota", 0);
    },
    retry_limit: (value) => {
      limits.retryLimit = readRetryLimit(value);
    },
    scheduler_base: (value) => {
      limits.schedulerBase = wholeOf(value, "scheduler_base", 1);
    },
    scheduler_cap: (value) => {
      limits.schedulerCap = wholeOf(value, "scheduler_cap", 1);
    },
    timers: (value) => {
      limits.timerLimit = wholeOf(value, "timers", 1);
    },
    pause_on_chunks_overlimit: (value) => {
      limits.pauseOnChunksOverlimit = booleanOf(value, "pause_on_chunks_overlimit");
    },
  });
  return limits;
}

function readOutput(
  node: YamlNode,
  index: number,
): NonNullable<SimulationSettings["outputs"]>[number] {
  let name = String.fromCharCode("a".charCodeAt(0) + index);
  let match = "*";
  let retryLimit: Limits["retryLimit"] | undefined;
  readMap(node, "an output", {
    name: (value) => {
      name = textOf(value, "name");
    },
    match: (value) => {
      match = textOf(value, "match");
    },
    retry_limit: (value) => {
      retryLimit = readRetryLimit(value);
    },
  });
  return { name, match, retryLimit };
}

function readInput(node: YamlNode): NonNullable<SimulationSettings["inputs"]>[number] {
  let tags = 1;
  let tag = "t.*";
  let rate: number | undefined;
  let offset: number | undefined;
  let pauseOnChunksOverlimit: boolean | undefined;
  readMap(node, "an input", {
    tag: (value) => {
      tag = textOf(value, "tag");
    },
    tags: (value) => {
      tags = wholeOf(value, "tags", 1);
    },
    rate: (value) => {
      rate = parsed(value, "rate", parseRate, "records a second, more than 0 and at most 1000");
    },
    offset: (value) => {
      offset = parsed(value, "offset", parseOffset, "seconds after a flush, such as 0 or 100ms");
    },
    pause_on_chunks_overlimit: (value) => {
      pauseOnChunksOverlimit = booleanOf(value, "pause_on_chunks_overlimit");
    },
  });
  if (tags > 1 && !tag.includes("*")) {
    throw badPlace(node.position, `tag "${tag}" needs a * to stand for ${tags} different tags`);
  }
  const names = Array.from({ length: tags }, (_, number) => tag.replaceAll("*", String(number)));
  return { tags: names, rate, offset, pauseOnChunksOverlimit };
}

function readPhase(node: YamlNode): WrittenPhase {
  const where = formatPosition(node.position);
  if (node.kind === "scalar") return parsePhase(textOf(node, "a phase"), where);
  const phase: Changeable<WrittenPhase> = {
    name: "",
    seconds: 0,
    down: [],
    feeding: true,
    restart: false,
    where,
  };
  readMap(node, "a phase", {
    name: (value) => {
      phase.name = textOf(value, "name");
    },
    for: (value) => {
      phase.seconds = secondsOf(textOf(value, "for"), formatPosition(value.position), "for");
    },
    down: (value) => {
      const outputs = itemsOf(value).map((item) => textOf(item, "an output in down"));
      phase.down = outputs.length === 1 && outputs[0] === "all" ? "all" : outputs;
    },
    input: (value) => {
      phase.feeding = booleanOf(value, "input");
    },
    restart: (value) => {
      phase.restart = booleanOf(value, "restart");
    },
  });
  if (phase.seconds === 0) throw badPlace(node.position, 'a phase needs "for", such as for: 10m');
  if (phase.name === "") {
    phase.name = phase.down.length > 0 ? "outage" : phase.feeding ? "healthy" : "drain";
  }
  return phase;
}

function readRetryLimit(node: YamlNode): Limits["retryLimit"] {
  return parsed(node, "retry_limit", parseRetryLimit, "no_limits, no_retries or a whole number");
}

function parsed<Value>(
  node: YamlNode,
  what: string,
  parse: (text: string) => Value | undefined,
  wanted: string,
): Value {
  const text = textOf(node, what);
  const value = parse(text);
  if (value === undefined)
    throw badPlace(node.position, `${what} must be ${wanted}, not "${text}"`);
  return value;
}

function filledList(node: YamlNode, what: string): readonly YamlNode[] {
  const items = itemsOf(node);
  if (node.kind === "scalar" && node.text === "") throw badPlace(node.position, `${what} is empty`);
  if (items.length === 0) throw badPlace(node.position, `${what} is empty`);
  return items;
}
