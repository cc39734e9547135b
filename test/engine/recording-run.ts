import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

import type { Limits, Phase } from "../../src/engine/simulation/scenario.ts";
import { realLimits } from "../../src/engine/simulation/scenario.ts";

/** What a recording of a real engine was made with, and how it ended. */
export interface RecordingRun {
  readonly name: string;
  /** The release of the engine that stands for the build. */
  readonly release: string;
  readonly limits: Limits;
  /** Seconds. */
  readonly flush: number;
  readonly tags: number;
  /** Records a second for each tag. */
  readonly rate: number;
  readonly outputs: number;
  readonly phases: readonly Phase[];
  /** A word or two, from its README. */
  readonly outcome: string;
  readonly retriesSucceeded: number;
  readonly chunksLeft: number;
  /** Deliveries over all outputs. */
  readonly delivered: number;
  readonly duplicated: number;
}

const folder = fileURLToPath(new URL("../fixtures/recording-runs/", import.meta.url));

function part(text: string, pattern: RegExp): readonly string[] {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`${pattern.source} is not in "${text}"`);
  return found.slice(1);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new Error("expected an object");
  return Object.fromEntries(Object.entries(value));
}

function number(value: unknown): number {
  if (typeof value !== "number") throw new Error(`expected a number, not ${String(value)}`);
  return value;
}

/** The events of the driver: what it did, when, and what it counted. */
function eventsOf(name: string): readonly Readonly<Record<string, unknown>>[] {
  const text = gunzipSync(readFileSync(`${folder}${name}/events.ndjson.gz`)).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => record(JSON.parse(line)));
}

function phasesOf(events: ReturnType<typeof eventsOf>): readonly Phase[] {
  const down = new Set<number>();
  const phases: Phase[] = [];
  let feeding = true;
  let downNow: readonly number[] = [];
  for (const event of events) {
    if (event["e"] === "sink") {
      const id = event["sink"] === "a" ? 0 : 1;
      if (event["mode"] === "down") down.add(id);
      else down.delete(id);
    } else if (event["e"] === "phase") {
      feeding = event["feed"] === true;
      downNow = [...down];
    } else if (event["e"] === "phase_end") {
      const seconds = number(event["secs"]);
      phases.push({ name: String(event["phase"]), seconds, down: downNow, feeding });
    }
  }
  return phases;
}

function releaseOf(readme: string): string {
  if (/^Build: .*published-fix/mu.test(readme)) return "published-fix";
  if (/^Build: .*corrected-fix/mu.test(readme)) return "corrected-fix";
  return /^Build: v5/mu.test(readme) ? "v5.1" : "v3.0.4";
}

function limitsOf(readme: string): Limits {
  const [up = "", map = "", quota = "", base = "", cap = ""] = part(
    readme,
    /^Limits: storage\.max_chunks_up (\d+), task map (\d+|built-in).*?, quota (\d+|-), .*scheduler base\/cap (\d+)\/(\d+), retry_limit no_limits/mu,
  );
  return {
    ...realLimits,
    maxChunksUp: Number(up),
    ...(map === "built-in" ? {} : { taskMapSize: Number(map) }),
    ...(quota === "-" ? {} : { overLimitQuota: Number(quota) }),
    schedulerBase: Number(base),
    schedulerCap: Number(cap),
  };
}

function recordingRun(name: string): RecordingRun {
  const readme = readFileSync(`${folder}${name}/README.md`, "utf8");
  const events = eventsOf(name);
  const final = events.find((event) => event["e"] === "final");
  const sinks = Object.values(record(final?.["sinks"])).map(record);
  const [tags, rate] = part(readme, /^Input: \w+, (\d+) tags x (\d+) records\/s/mu);
  const [outcome = ""] = part(readme, /^\*\*Outcome: (.*?)\*\*/mu);
  const [flush] = part(readme, /flush ([\d.]+) s/u);
  return {
    name,
    release: releaseOf(readme),
    limits: limitsOf(readme),
    flush: Number(flush),
    tags: Number(tags),
    rate: Number(rate),
    outputs: sinks.length,
    phases: phasesOf(events),
    outcome,
    retriesSucceeded: events
      .filter((event) => event["e"] === "phase_end")
      .reduce((sum, event) => sum + number(event["retry_ok"]), 0),
    chunksLeft: number(final?.["chunk_files_left"]),
    delivered: sinks.reduce((sum, sink) => sum + number(sink["distinct"]), 0),
    duplicated: sinks.reduce((sum, sink) => sum + number(sink["dups"]), 0),
  };
}

/** Every recording, in the order of their names. */
export const recordingRuns: readonly RecordingRun[] = readdirSync(folder).sort().map(recordingRun);
